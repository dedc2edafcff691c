//! Bytes of any encoding to UTF-8, as they stream by.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are looked at to guess an encoding that is declared nowhere.
const LOOKED_AT: u64 = 1 << 20;
const CHUNK: usize = 32 << 10;

/// Reads UTF-8, whatever the source holds; what can't be decoded becomes U+FFFD.
pub(crate) struct Utf8<R> {
    source: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// Raw bytes that are not decoded yet: `raw[from..to]`.
    from: usize,
    to: usize,
    text: Vec<u8>,
    taken: usize,
    over: bool,
}

/// The text of XML: its first line is looked at before it is read.
pub(crate) type XmlText<R> = Utf8<io::Chain<io::Cursor<Vec<u8>>, R>>;

impl<R: Read> Utf8<R> {
    /// A byte order mark in the source goes before `encoding`.
    pub(crate) fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder(),
            raw: vec![0; CHUNK],
            from: 0,
            to: 0,
            text: Vec::new(),
            taken: 0,
            over: false,
        }
    }

    /// XML says its encoding in its first line; without a word it is UTF-8.
    pub(crate) fn xml(mut source: R) -> io::Result<XmlText<R>> {
        let mut head = Vec::new();
        source.by_ref().take(512).read_to_end(&mut head)?;
        let encoding = Encoding::for_bom(&head)
            .map(|(encoding, _)| encoding)
            .or_else(|| utf16_without_mark(&head))
            .or_else(|| declared(&head, b"encoding="))
            .unwrap_or(UTF_8);
        Ok(Utf8::new(io::Cursor::new(head).chain(source), encoding))
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.taken = 0;
        while self.text.is_empty() && !self.over {
            if self.from == self.to {
                self.to = self.source.read(&mut self.raw)?;
                self.from = 0;
            }
            let last = self.to == 0;
            let input = self.raw.get(self.from..self.to).unwrap_or_default();
            let most = self.decoder.max_utf8_buffer_length(input.len()).unwrap_or(4 * CHUNK).max(16);
            self.text.resize(most, 0);
            let (_, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.text, last);
            self.from += read;
            self.text.truncate(written);
            self.over = last;
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.text.len() {
            self.refill()?;
        }
        let ready = self.text.get(self.taken..).unwrap_or_default();
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.taken += count;
        Ok(count)
    }
}

/// The encoding of a text file; `web` looks for what a web page declares.
pub(crate) fn encoding_of(file: &mut File, web: bool) -> io::Result<&'static Encoding> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    file.by_ref().take(LOOKED_AT).read_to_end(&mut head)?;
    let whole = (head.len() as u64) < LOOKED_AT;
    file.seek(SeekFrom::Start(0))?;
    Ok(guessed(&head, whole, web))
}

fn guessed(head: &[u8], whole: bool, web: bool) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(head) {
        return encoding;
    }
    let start = &head[..head.len().min(4096)];
    if web && let Some(encoding) = declared(start, b"charset=").or_else(|| declared(start, b"encoding=")) {
        return encoding;
    }
    match std::str::from_utf8(head) {
        Ok(_) => return UTF_8,
        // Only the last letter is cut in two.
        Err(error) if error.error_len().is_none() && !whole => return UTF_8,
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(head, whole);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without its mark: every other byte of Western text is zero.
pub(crate) fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let start = &head[..head.len().min(256) & !1];
    if start.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|it| **it == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), start.len() / 2);
    if even == 0 && odd * 10 >= pairs * 7 {
        Some(UTF_16LE)
    } else if odd == 0 && even * 10 >= pairs * 7 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding named behind `mark`, with or without quotes.
fn declared(head: &[u8], mark: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    let at = lower.windows(mark.len()).position(|it| it == mark)? + mark.len();
    let label: Vec<u8> = lower[at..]
        .iter()
        .copied()
        .skip_while(|it| matches!(it, b'"' | b'\'' | b' '))
        .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b':' | b'.'))
        .collect();
    let encoding = Encoding::for_label(&label)?;
    // Who can read the declaration byte by byte is not looking at UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn decoded(bytes: &[u8], web: bool) -> String {
        let mut text = String::new();
        Utf8::new(bytes, guessed(bytes, true, web)).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn encodings_are_recognised() {
        let text = "Die Prüfung über Gedächtnis und Gefühle fällt aus. ".repeat(20);
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode(&text);
        assert_eq!(decoded(&latin, false), text);
        assert_eq!(decoded(text.as_bytes(), false), text);
        let marked: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&marked, false), text);
        let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&bare, false), text);
    }

    #[test]
    fn a_web_page_and_xml_say_theirs() {
        let page = "<meta charset=\"iso-8859-2\"><p>Zażółć</p>";
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode(page);
        assert_eq!(decoded(&bytes, true), page);
        let xml = "<?xml version='1.0' encoding='windows-1251'?><p>Память</p>";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(xml);
        let mut text = String::new();
        Utf8::xml(&*bytes).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, xml);
    }

    #[test]
    fn a_long_text_streams_through() {
        let text = "äöü€𝄞 ".repeat(50_000);
        assert_eq!(decoded(text.as_bytes(), false), text);
    }
}
