//! Tells the format of a file by its content; its name helps only where the content can't tell.
//!
//! Looks at a few bytes at both ends and parses nothing, so it may run outside the child.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crate::error::Failure;
use crate::{Error, Format};

/// Bytes that are looked at from the start. A PDF's header stands in the first 1024, the names of an archive's first
/// parts and the first tags of a web page a little further.
const HEAD: u64 = 16 << 10;
/// Bytes that are looked at from the end, where an archive lists its parts.
const TAIL: u64 = 256 << 10;
/// How far into a file a PDF header may start; PDFium and other readers look no further.
const PDF_HEADER_WITHIN: usize = 1024;

/// The format of the file at `path`.
///
/// # Errors
/// An empty file, one that can't be read, and one of a kind that can't be read here.
pub fn detect(path: &Path) -> Result<Format, Error> {
    detect_failing(path).map_err(|failure| failure.about(path))
}

/// The format of an open file, which stands at its start afterwards; `path` is the name it has.
///
/// # Errors
/// Those of [`detect`].
pub fn detect_open(file: &mut File, path: &Path) -> Result<Format, Error> {
    format_in(file, path).map_err(|failure| failure.about(path))
}

pub(crate) fn detect_failing(path: &Path) -> Result<Format, Failure> {
    format_in(&mut File::open(path).map_err(|error| Failure::of_io(&error))?, path)
}

fn format_in(file: &mut File, path: &Path) -> Result<Format, Failure> {
    if !file.metadata().map_err(|error| Failure::of_io(&error))?.is_file() {
        let detail = "it is a folder or a device, no file".into();
        return Err(Failure::Unreadable { code: kernel::Code::Unreadable, detail });
    }
    let (head, tail) = ends(file).map_err(|error| Failure::of_io(&error))?;
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    format_of(&head, &tail, &extension)
}

fn ends(file: &mut File) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.by_ref().take(TAIL).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    Ok((head, tail))
}

/// `head` and `tail` are the first and last bytes of the file; they overlap in a small one.
fn format_of(head: &[u8], tail: &[u8], extension: &str) -> Result<Format, Failure> {
    if head.is_empty() {
        return Err(Failure::Empty);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return archive(head, tail).ok_or_else(|| unknown(extension));
    }
    if has(&head[..head.len().min(PDF_HEADER_WITHIN)], b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if is_picture(head) {
        return Ok(Format::Image);
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if has(head, &locked) || has(tail, &locked) {
            return Err(Failure::Unsupported("an Office file with a password".into()));
        }
        return Err(Failure::OldOffice);
    }
    if head.starts_with(b"{\\rtf") || head.starts_with(b"%!PS") || !is_text(head) {
        return Err(unknown(extension));
    }
    let promised = Format::of_extension(extension);
    match promised {
        Some(Format::Markdown | Format::Csv | Format::Text) => promised.ok_or_else(|| unknown(extension)),
        // Text under the name of something that is no text.
        Some(it) if it != Format::Html => Err(unknown(extension)),
        _ if promised == Some(Format::Html) || is_web_page(head) => Ok(Format::Html),
        _ => Ok(Format::Text),
    }
}

fn unknown(extension: &str) -> Failure {
    if extension == "pdf" { Failure::NotAPdf } else { Failure::UnknownFormat }
}

/// An archive of a kind that is known by the parts it lists.
fn archive(head: &[u8], tail: &[u8]) -> Option<Format> {
    // EPUB and OpenDocument say what they are in their first part, which is never compressed.
    if let Some(kind) = head.get(30..)
        && let Some(kind) = kind.strip_prefix(b"mimetype")
    {
        // An extra field may stand between the name and the content.
        let kind = &kind[..kind.len().min(120)];
        if has(kind, b"application/epub+zip") {
            return Some(Format::Epub);
        }
        if has(kind, b"application/vnd.oasis.opendocument.text") {
            return Some(Format::Odt);
        }
        if has(kind, b"application/vnd.oasis.opendocument") {
            return None;
        }
    }
    let lists = |name: &[u8]| has(tail, name) || has(head, name);
    let known: [(&[u8], Format); 5] = [
        (b"word/document", Format::Docx),
        (b"ppt/presentation.xml", Format::Pptx),
        (b"xl/workbook.xml", Format::Xlsx),
        (b"META-INF/container.xml", Format::Epub),
        (b"word/_rels/document.xml.rels", Format::Docx),
    ];
    known.into_iter().find(|(name, _)| lists(name)).map(|(_, format)| format)
}

fn is_picture(head: &[u8]) -> bool {
    const STARTS: [&[u8]; 6] = [b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"];
    let webp = head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    // Two letters are too few to know a bitmap by: four zeros and the length of its second header follow.
    let bitmap = head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) && head.get(15..18) == Some(&[0; 3]);
    webp || bitmap || STARTS.iter().any(|it| head.starts_with(it))
}

/// Text of any encoding: no zero bytes but in UTF-16, and hardly any control characters.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xFF\xFE")
        || head.starts_with(b"\xFE\xFF")
        || crate::formats::utf16_without_mark(head).is_some()
    {
        return true;
    }
    let control = |byte: &&u8| **byte < 32 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    !head.contains(&0) && head.iter().filter(control).count() * 100 <= head.len()
}

fn is_web_page(head: &[u8]) -> bool {
    let plain: Vec<u8> = head.iter().copied().filter(|it| *it != 0).take(4096).collect();
    let lower = String::from_utf8_lossy(&plain).to_ascii_lowercase();
    let start = lower.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || ((start.starts_with("<?xml") || start.starts_with("<!--")) && start.contains("<html"))
}

fn has(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|it| it == what)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(content: &[u8], extension: &str) -> Result<Format, Failure> {
        format_of(content, content, extension)
    }

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(of(b"%PDF-1.7", "txt"), Ok(Format::Pdf));
        assert_eq!(of(b"\x89PNG\r\n\x1a\nrest", "pdf"), Ok(Format::Image));
        assert_eq!(of(b"<!DOCTYPE html><p>Hello", "txt"), Ok(Format::Text));
        assert_eq!(of(b"<!DOCTYPE html><p>Hello", "php"), Ok(Format::Html));
        assert_eq!(of(b"# Hello", "md"), Ok(Format::Markdown));
        assert_eq!(of(b"Hello", ""), Ok(Format::Text));
        assert_eq!(of(b"BM has two letters that a bitmap begins with", "txt"), Ok(Format::Text));
        assert_eq!(of(b"a;b\n1;2", "csv"), Ok(Format::Csv));
        assert_eq!(
            of("Grüße".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice(), "txt"),
            Ok(Format::Text)
        );
    }

    #[test]
    fn what_can_not_be_read_is_refused_by_the_right_name() {
        assert_eq!(of(b"", "md"), Err(Failure::Empty));
        assert_eq!(of(b"These are my notes", "pdf"), Err(Failure::NotAPdf));
        assert_eq!(of(b"These are my notes", "docx"), Err(Failure::UnknownFormat));
        assert_eq!(of(b"PK\x03\x04 a zip archive, say", "pdf"), Err(Failure::NotAPdf));
        assert_eq!(of(b"\x7FELF\0\0\0", "txt"), Err(Failure::UnknownFormat));
        assert_eq!(of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", "doc"), Err(Failure::OldOffice));
        let locked: Vec<u8> = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
            .iter()
            .copied()
            .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert!(matches!(of(&locked, "docx"), Err(Failure::Unsupported(_))));
    }

    #[test]
    fn a_format_is_the_same_under_its_own_name() {
        for (content, extension) in
            [(&b"x y"[..], "txt"), (b"x y", "md"), (b"x y", "htm"), (b"x,y", "tsv"), (b"x", "log")]
        {
            let format = of(content, extension).unwrap();
            assert_eq!(of(content, format.name()), Ok(format));
        }
    }
}
