//! Small PDF files, made as the tests need them.

use std::fmt::Write;

use md5::{Digest, Md5};

/// A document in the making: objects, of which the first is the catalogue and the second the list of pages.
pub struct Pdf {
    objects: Vec<Object>,
    pages: Vec<usize>,
    title: Option<String>,
    password: Option<String>,
}

struct Object {
    dictionary: String,
    stream: Option<Vec<u8>>,
}

const CATALOG: usize = 1;
const PAGES: usize = 2;
const BODY_FONT: usize = 3;
const HEADING_FONT: usize = 4;

impl Default for Pdf {
    fn default() -> Self {
        Self::new()
    }
}

impl Pdf {
    /// A document without a page.
    pub fn new() -> Self {
        let mut pdf = Self { objects: Vec::new(), pages: Vec::new(), title: None, password: None };
        pdf.add(format!("/Type /Catalog /Pages {PAGES} 0 R"), None);
        // Filled last, when the pages are known.
        pdf.add(String::new(), None);
        for name in ["Helvetica", "Helvetica-Bold"] {
            pdf.add(format!("/Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding"), None);
        }
        pdf
    }

    /// Protects the file with a password (40-bit RC4, the oldest way and the simplest to write).
    pub fn protected(mut self, password: &str) -> Self {
        self.password = Some(password.to_owned());
        self
    }

    /// Sets the title in the file's metadata.
    pub fn titled(mut self, title: &str) -> Self {
        self.title = Some(title.to_owned());
        self
    }

    /// A page with a heading and paragraphs.
    pub fn page(mut self, heading: &str, paragraphs: &[&str]) -> Self {
        let mut content = String::new();
        let mut y = 740.0;
        let mut line = |content: &mut String, font: &str, size: f32, text: &str, gap: f32| {
            y -= gap;
            let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            writeln!(content, "BT /{font} {size} Tf 72 {y:.1} Td ({text}) Tj ET").unwrap();
        };
        if !heading.is_empty() {
            line(&mut content, "F2", 18.0, heading, 0.0);
        }
        for paragraph in paragraphs {
            let mut gap = 26.0;
            for text in wrapped(paragraph, 84) {
                line(&mut content, "F1", 11.0, &text, gap);
                gap = 13.5;
            }
        }
        self.add_page(&content, "");
        self
    }

    /// A page that is a picture, as a scanner makes them.
    pub fn scanned_page(mut self) -> Self {
        let image = "/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8";
        let image = self.add(image.to_owned(), Some(vec![0x7f; 64 * 64]));
        self.add_page("q 612 0 0 792 0 0 cm /Im0 Do Q", &format!("/XObject << /Im0 {image} 0 R >>"));
        self
    }

    /// A page with nothing on it.
    pub fn empty_page(mut self) -> Self {
        self.add_page("", "");
        self
    }

    fn add(&mut self, dictionary: String, stream: Option<Vec<u8>>) -> usize {
        self.objects.push(Object { dictionary, stream });
        self.objects.len()
    }

    fn add_page(&mut self, content: &str, resources: &str) {
        let content = self.add(String::new(), Some(content.into()));
        let page = self.add(
            format!(
                "/Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R /Resources << \
                 /Font << /F1 {BODY_FONT} 0 R /F2 {HEADING_FONT} 0 R >> {resources} >>"
            ),
            None,
        );
        self.pages.push(page);
    }

    /// The file.
    pub fn bytes(mut self) -> Vec<u8> {
        let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        self.objects[PAGES - 1].dictionary = format!("/Type /Pages /Kids [{}] /Count {}", kids.join(" "), kids.len());
        let lock = self.password.take().map(|password| Lock::new(&password));
        let mut trailer = format!("/Root {CATALOG} 0 R");
        if let Some(title) = self.title.take() {
            let number = self.objects.len() + 1;
            let title = match &lock {
                Some(lock) => lock.encrypt(number, title.as_bytes()),
                None => title.into_bytes(),
            };
            let info = self.add(format!("/Title <{}>", hex(&title)), None);
            write!(trailer, " /Info {info} 0 R").unwrap();
        }
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (number, Object { dictionary, stream }) in (1..).zip(&self.objects) {
            offsets.push(file.len());
            file.extend(format!("{number} 0 obj\n<< {dictionary} ").as_bytes());
            if let Some(stream) = stream {
                let stream = lock.as_ref().map_or_else(|| stream.clone(), |lock| lock.encrypt(number, stream));
                file.extend(format!("/Length {} >>\nstream\n", stream.len()).as_bytes());
                file.extend(stream);
                file.extend(b"\nendstream\nendobj\n");
            } else {
                file.extend(b">>\nendobj\n");
            }
        }
        if let Some(lock) = &lock {
            offsets.push(file.len());
            write!(trailer, " /Encrypt {} 0 R /ID [<{1}> <{1}>]", offsets.len(), hex(ID)).unwrap();
            file.extend(format!("{} 0 obj\n<< {} >>\nendobj\n", offsets.len(), lock.dictionary()).as_bytes());
        }
        let table = file.len();
        let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
        for offset in &offsets {
            writeln!(end, "{offset:010} 00000 n ").unwrap();
        }
        let size = offsets.len() + 1;
        writeln!(end, "trailer << /Size {size} {trailer} >>\nstartxref\n{table}\n%%EOF").unwrap();
        file.extend(end.as_bytes());
        file
    }
}

/// What the specification pads passwords with.
const PADDING: [u8; 32] = *b"\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\
    \x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A";
const ID: &[u8; 16] = b"a test's own id.";
const PERMISSIONS: i32 = -4;

/// The standard security handler, revision 2.
struct Lock {
    key: Vec<u8>,
    owner: Vec<u8>,
    user: Vec<u8>,
}

impl Lock {
    fn new(password: &str) -> Self {
        let padded: Vec<u8> = password.bytes().chain(PADDING).take(32).collect();
        let owner = rc4(&Md5::digest(&padded)[..5], &padded);
        let permissions = PERMISSIONS.to_le_bytes();
        let all = [&padded[..], &owner, &permissions, ID].concat();
        let key = Md5::digest(all)[..5].to_vec();
        let user = rc4(&key, &PADDING);
        Self { key, owner, user }
    }

    fn encrypt(&self, object: usize, content: &[u8]) -> Vec<u8> {
        let number = u32::try_from(object).unwrap().to_le_bytes();
        let key = Md5::digest([&self.key[..], &number[..3], &[0, 0]].concat());
        rc4(&key[..10], content)
    }

    fn dictionary(&self) -> String {
        let (owner, user) = (hex(&self.owner), hex(&self.user));
        format!("/Filter /Standard /V 1 /R 2 /P {PERMISSIONS} /O <{owner}> /U <{user}>")
    }
}

fn rc4(key: &[u8], content: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
    };
    content.iter().map(|byte| byte ^ next()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let full = lines.last().is_some_and(|line| !line.is_empty() && line.len() + word.len() + 1 > width);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A book of `pages` pages, each with a sentence of its own that `needle(page)` finds.
pub fn book(title: &str, pages: u32) -> Vec<u8> {
    let mut pdf = Pdf::new().titled(title);
    for page in 1..=pages {
        let own = format!("The {} is the animal that only page {page} of this book tells about.", needle(page));
        let more: Vec<String> = (0..4).map(|paragraph| filler(page * 31 + paragraph)).collect();
        let mut paragraphs = vec![own.as_str()];
        paragraphs.extend(more.iter().map(String::as_str));
        pdf = pdf.page(&format!("Chapter {page}"), &paragraphs);
    }
    pdf.bytes()
}

/// A word that stands on one page of a [`book`] and on no other.
pub fn needle(page: u32) -> String {
    let syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu"];
    let mut word = String::from("qu");
    let mut rest = page + 1000;
    while rest > 0 {
        word.push_str(syllables[(rest % 10) as usize]);
        rest /= 10;
    }
    word
}

/// Some sentences that differ from page to page.
fn filler(seed: u32) -> String {
    let subjects = ["river", "engine", "market", "cell", "planet", "poem", "crystal", "court"];
    let verbs = ["changes", "supports", "divides", "measures", "protects", "describes", "follows"];
    let objects = ["the valley", "every citizen", "its neighbours", "a slow process", "the evidence", "our memory"];
    let pick = |list: &[&'static str], n: u32| list[n as usize % list.len()];
    (0..4)
        .map(|n| {
            let n = seed.wrapping_mul(7).wrapping_add(n * 13);
            let (subject, verb, object) = (pick(&subjects, n), pick(&verbs, n / 3), pick(&objects, n / 5));
            format!("In case {n} the {subject} {verb} {object} when number {} is counted.", n % 97)
        })
        .collect::<Vec<_>>()
        .join(" ")
}
