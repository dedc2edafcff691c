//! A picture of a page to its text.

use std::ffi::OsString;
use std::path::Path;

use kernel::Cancel;

use super::call::{RecognitionLimits, Stopped, Until, run};
use super::edges::without_edges;
use super::lines::seen_words;
use super::noise::without_noise;
use super::tsv::{self, PictureWord};
use super::{Language, Recogniser};
use crate::pdf::{Sheet, lay_out};
use crate::{Error, Page};

/// Below this confidence the page may lie turned: an upright page of print has 0.9, an upside-down one 0.3.
const DOUBTFUL: f32 = 0.7;
/// Tesseract's ways to cut a page: by itself, after looking which way it lies, and that look alone.
const CUT: &str = "3";
const CUT_AFTER_LOOKING: &str = "1";
const LOOK: &str = "0";
/// The largest picture that is taken.
const MOST_PIXELS: u64 = 64_000_000;

/// A page that is a picture.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    /// The file that it comes from, for messages.
    pub file: &'a Path,
    /// The page as it is stored; its number, label, size and status are kept.
    pub page: &'a Page,
    /// Its picture, a PNG as [`Renderer::scan`](crate::Renderer::scan) draws it.
    pub picture: &'a [u8],
}

impl Recogniser {
    /// The page with the text that its picture shows, its words, blocks and confidence; the text is empty and the
    /// confidence 0 where nothing can be read. `languages` are those of the document, the commonest first.
    ///
    /// # Errors
    /// A language that is not installed, a picture that is none, more time than the limit, that the person stopped it,
    /// or that the program failed.
    pub fn recognise(
        &self,
        scan: &Scan<'_>,
        languages: &[Language],
        limits: RecognitionLimits,
        cancel: &Cancel,
    ) -> Result<Page, Error> {
        self.read(scan, languages, Until::new(limits, cancel))
    }

    /// Finds out the languages of a document of which nothing is known but this page: recognises it in `first` (see
    /// [`Recogniser::first_languages`]), looks what language that is or, if it makes no sense, which script, and
    /// recognises it again where another one fits better. Gives the languages for the document's other pages as well.
    ///
    /// # Errors
    /// Those of [`Recogniser::recognise`].
    pub fn recognise_first(
        &self,
        scan: &Scan<'_>,
        first: &[Language],
        limits: RecognitionLimits,
        cancel: &Cancel,
    ) -> Result<(Page, Vec<Language>), Error> {
        let until = Until::new(limits, cancel);
        let page = self.read(scan, first, until)?;
        let sure = page.confidence.unwrap_or(0.0);
        let mut languages = self.languages_for(&page.text).installed;
        if sure < DOUBTFUL && self.knows_directions {
            let script = self.script(scan, until)?;
            let of_script = self.languages_of_script(&script);
            if !of_script.is_empty() {
                languages = of_script;
            }
        }
        if languages.is_empty() || languages == first {
            return Ok((page, first.to_vec()));
        }
        let again = self.read(scan, &languages, until)?;
        if again.confidence.unwrap_or(0.0) < sure { Ok((page, first.to_vec())) } else { Ok((again, languages)) }
    }

    fn read(&self, scan: &Scan<'_>, languages: &[Language], until: Until<'_>) -> Result<Page, Error> {
        let file = || scan.file.to_path_buf();
        if let Some(missing) = languages.iter().find(|it| !self.languages().contains(it)) {
            return Err(Error::LanguageMissing { file: file(), language: missing.code().to_owned() });
        }
        let pixels = size_of_png(scan.picture)
            .ok_or_else(|| scan.failed("its picture is none, or larger than anything that can be recognised"))?;
        let look = |cut| -> Result<Vec<PictureWord>, Error> {
            let tsv = self.call(scan, languages, cut, until)?;
            Ok(without_noise(tsv::words(&tsv, pixels.0, pixels.1)))
        };
        let mut words = look(CUT)?;
        if confidence(&words) < DOUBTFUL && self.knows_directions {
            let turned = look(CUT_AFTER_LOOKING)?;
            if certainty(&turned) > certainty(&words) {
                words = turned;
            }
        }
        Ok(page_of(scan.page, &words, pixels))
    }

    /// Which script the page is written in, as Tesseract names it; empty if it can't tell.
    fn script(&self, scan: &Scan<'_>, until: Until<'_>) -> Result<String, Error> {
        let said = match self.call(scan, &[], LOOK, until) {
            Ok(said) => said,
            // Too few letters are no fault.
            Err(Error::Recognition { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let said = String::from_utf8_lossy(&said).into_owned();
        Ok(said.lines().find_map(|it| it.strip_prefix("Script: ")).unwrap_or_default().trim().to_owned())
    }

    fn call(&self, scan: &Scan<'_>, languages: &[Language], cut: &str, until: Until<'_>) -> Result<Vec<u8>, Error> {
        let mut arguments = vec!["stdin", "stdout", "--psm", cut, "-c", "tessedit_create_tsv=1"];
        let joined: Vec<&str> = languages.iter().map(Language::code).collect();
        let joined = joined.join("+");
        if !languages.is_empty() {
            arguments.extend(["-l", &joined]);
        }
        let arguments: Vec<OsString> = arguments.into_iter().map(OsString::from).collect();
        match run(&self.program, &arguments, scan.picture, until) {
            Ok(output) if output.status.success() => Ok(output.stdout),
            Ok(output) => Err(scan.failed(&format!("Tesseract gave up ({}) {}", output.status, output.complaint))),
            Err(Stopped::Broken(error)) => Err(scan.failed(&format!("Tesseract can't be run: {error}"))),
            Err(Stopped::TooMuch) => Err(scan.failed("Tesseract wrote more than any page has")),
            Err(Stopped::Cancelled) => Err(Error::Cancelled(scan.file.to_path_buf())),
            Err(Stopped::Time(limit)) => Err(Error::RecognitionTime {
                file: scan.file.to_path_buf(),
                page: scan.page.number,
                seconds: limit.as_secs(),
            }),
        }
    }
}

impl Scan<'_> {
    fn failed(&self, detail: &str) -> Error {
        Error::Recognition { file: self.file.to_path_buf(), page: self.page.number, detail: detail.to_owned() }
    }
}

/// Width and height that a PNG's head tells (third edition, 11.2.1). Anything else is kept from the program, which takes
/// a text for a list of files to open.
fn size_of_png(picture: &[u8]) -> Option<(u32, u32)> {
    let head = picture.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let side = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (side(0)?, side(4)?);
    let pixels = u64::from(width) * u64::from(height);
    (1..=MOST_PIXELS).contains(&pixels).then_some((width, height))
}

/// The stored page with the text of these words, seen in a picture of this size.
fn page_of(stored: &Page, words: &[PictureWord], pixels: (u32, u32)) -> Page {
    let sheet = Sheet::plain(stored.width, stored.height);
    let seen = without_edges(seen_words(words, pixels, &sheet), &sheet);
    let laid_out = lay_out(&seen, &sheet, stored.number, stored.label.as_deref());
    let found = !laid_out.text.is_empty();
    Page {
        text: laid_out.text,
        words: laid_out.words,
        blocks: laid_out.blocks,
        emphasis: Vec::new(),
        confidence: Some(if found { confidence(words) } else { 0.0 }),
        ..stored.clone()
    }
}

/// How sure the program is of the words, each counted by its length.
fn confidence(words: &[PictureWord]) -> f32 {
    let letters: usize = words.iter().map(|it| it.text.chars().count()).sum();
    certainty(words) / letters.max(1) as f32
}

/// How many letters it has seen, each counted by how sure it is.
fn certainty(words: &[PictureWord]) -> f32 {
    words.iter().map(|it| it.confidence * it.text.chars().count() as f32).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;
    use crate::testing::page_of as stored_page;

    #[test]
    fn only_a_png_of_a_sane_size_is_handed_over() {
        let head = |width: u32, height: u32| {
            [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), &[8, 0, 0, 0, 0]]
                .concat()
        };
        assert_eq!(size_of_png(&head(2480, 3508)), Some((2480, 3508)));
        assert_eq!(size_of_png(&head(0, 3508)), None);
        assert_eq!(size_of_png(&head(100_000, 100_000)), None);
        assert_eq!(size_of_png(&head(1, 1)[..20]), None);
        assert_eq!(size_of_png(b"/etc/passwd\n/etc/hostname\n"), None);
    }

    #[test]
    fn a_page_without_words_is_known_to_have_none() {
        let page = page_of(&stored_page(3, &[]), &[], (100, 100));
        assert_eq!((page.number, page.text.as_str(), page.confidence), (3, "", Some(0.0)));
    }

    fn word() -> impl Strategy<Value = PictureWord> {
        let area = (0.0_f32..900.0, 0.0_f32..1200.0, 1.0_f32..400.0, 1.0_f32..400.0);
        ("\\PC{1,9}", area, 0.0_f32..=1.0, 0_usize..30).prop_filter_map(
            "a word",
            |(text, (x, y, w, h), confidence, line)| {
                let text: String = text.chars().filter(|it| !it.is_whitespace() && !it.is_control()).collect();
                let area = [x, y, (x + w).min(1000.0), (y + h).min(1400.0)];
                (!text.is_empty()).then_some(PictureWord { line, block: line / 5, area, confidence, text })
            },
        )
    }

    proptest! {
        #[test]
        fn words_anywhere_make_a_page_that_holds_together(mut words in prop::collection::vec(word(), 0..120)) {
            words.sort_by_key(|it| it.line);
            let page = page_of(&stored_page(1, &[]), &without_noise(words), (1000, 1400));
            let parts: Vec<&str> =
                page.blocks.iter().map(|it| &page.text[it.start as usize..it.end as usize]).collect();
            prop_assert_eq!(parts.join("\n"), page.text.as_str());
            for word in &page.words {
                prop_assert!(page.text.get(word.start as usize..word.end as usize).is_some());
                let edges = [word.rect.x0, word.rect.y0, word.rect.x1, word.rect.y1];
                prop_assert!(edges.iter().all(|it| (0.0..=1.0).contains(it)));
            }
            prop_assert!((0.0..=1.0).contains(&page.confidence.unwrap_or(-1.0)));
        }
    }
}
