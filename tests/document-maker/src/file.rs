//! The file itself: numbered objects, and the table that says where they stand.

use crate::protect::Lock;

/// A file to which one object after the other is added; the first is the catalog.
pub(crate) struct File {
    out: Vec<u8>,
    /// Where each object begins.
    places: Vec<usize>,
    lock: Option<Lock>,
}

impl File {
    /// A file without an object, closed with the password if there is one.
    pub(crate) fn new(password: Option<&str>) -> Self {
        Self { out: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), places: Vec::new(), lock: password.map(Lock::new) }
    }

    /// The number of the object that is added next.
    pub(crate) fn next_number(&self) -> usize {
        self.places.len() + 1
    }

    /// A text as a string of the object that is added next.
    pub(crate) fn text(&self, text: &str) -> String {
        let marked: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        format!("<{}>", hex(&self.closed(&marked)))
    }

    /// Adds an object and gives its number.
    pub(crate) fn add(&mut self, dictionary: &str, stream: Option<&[u8]>) -> usize {
        let number = self.next_number();
        let stream = stream.map(|it| self.closed(it));
        self.places.push(self.out.len());
        self.out.extend(format!("{number} 0 obj\n<< {dictionary} ").bytes());
        match stream {
            Some(stream) => {
                self.out.extend(format!("/Length {} >>\nstream\n", stream.len()).bytes());
                self.out.extend(stream);
                self.out.extend(b"\nendstream\nendobj\n");
            }
            None => self.out.extend(b">>\nendobj\n"),
        }
        number
    }

    /// The whole file; `info` is the number of its metadata.
    pub(crate) fn end(mut self, info: Option<usize>) -> Vec<u8> {
        let mut trailer = "/Root 1 0 R".to_owned();
        if let Some(info) = info {
            trailer += &format!(" /Info {info} 0 R");
        }
        if let Some(dictionary) = self.lock.as_ref().map(Lock::dictionary) {
            let id = hex(Lock::ID);
            trailer += &format!(" /Encrypt {} 0 R /ID [ <{id}> <{id}> ]", self.add(&dictionary, None));
        }
        let table = self.out.len();
        let size = self.next_number();
        let mut end = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for place in &self.places {
            end += &format!("{place:010} 00000 n \n");
        }
        end += &format!("trailer\n<< /Size {size} {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        self.out.extend(end.bytes());
        self.out
    }

    /// Content of the object that is added next, encrypted if the file is.
    fn closed(&self, content: &[u8]) -> Vec<u8> {
        self.lock.as_ref().map_or_else(|| content.to_vec(), |lock| lock.encrypt(self.next_number(), content))
    }
}

/// Two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
