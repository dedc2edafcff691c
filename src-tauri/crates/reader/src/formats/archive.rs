//! Zip archives, read with distrust: nothing is written to disk, and nothing unpacks to more than it may.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::error::Failure;

/// What an archive may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ArchiveLimits {
    /// Parts that it may list.
    pub(crate) entries: usize,
    /// Bytes that one part may unpack to.
    pub(crate) part: u64,
    /// Bytes that all parts which are read may unpack to.
    pub(crate) all: u64,
    /// Unpacked bytes for each packed one, once a part has unpacked to [`ArchiveLimits::free`].
    pub(crate) ratio: u64,
    /// Bytes of a part that may come from however few.
    pub(crate) free: u64,
}

/// Far above what honest documents need: a long book has a few hundred parts and some ten megabytes of text, which
/// packs to a tenth; a sheet of equal rows may pack to a hundredth. Deflate can do no better than 1 in 1032.
impl Default for ArchiveLimits {
    fn default() -> Self {
        Self { entries: 50_000, part: 256 << 20, all: 1 << 30, ratio: 300, free: 8 << 20 }
    }
}

/// A part that is held in memory as a whole may be this large.
const WHOLE: u64 = 64 << 20;

/// An open archive.
pub(crate) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    limits: ArchiveLimits,
    /// Bytes that each part has unpacked to, the largest of several readings.
    unpacked: Vec<u64>,
    all: u64,
}

impl Archive {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        Self::with_limits(path, ArchiveLimits::default())
    }

    pub(crate) fn with_limits(path: &Path, limits: ArchiveLimits) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(|error| Failure::of_io(&error))?;
        let listed = listed(&mut file).map_err(|error| Failure::of_io(&error))?;
        if listed.is_some_and(|it| it > limits.entries as u64) {
            return Err(too_many(limits));
        }
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|error| refusal(&error))?;
        if zip.len() > limits.entries {
            return Err(too_many(limits));
        }
        // Of two parts with one name only one is read, and other programs may read the other.
        if listed.is_some_and(|it| it > zip.len() as u64) {
            return Err(Failure::Archive("it has two parts of the same name".into()));
        }
        let unpacked = vec![0; zip.len()];
        Ok(Self { zip, limits, unpacked, all: 0 })
    }

    /// The names of all parts, in the order of the archive.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.zip.file_names()
    }

    /// The number of a part; letters may differ in size, as some programs write them.
    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.zip.index_for_name(name).or_else(|| {
            let found = self.zip.file_names().find(|it| it.eq_ignore_ascii_case(name))?;
            self.zip.index_for_name(found)
        })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// A part, to be unpacked while it is read; none if there is none of that name.
    ///
    /// Reading it fails with [`io::ErrorKind::FileTooLarge`] when it unpacks to more than it may.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Part<'_>>, Failure> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let Some(own) = self.unpacked.get_mut(index) else {
            return Ok(None);
        };
        let file = self.zip.by_index(index).map_err(|error| refusal(&error))?;
        let packed = file.compressed_size();
        Ok(Some(Part { file, limits: self.limits, packed, read: 0, own, all: &mut self.all }))
    }

    /// A part as a whole; none if there is none of that name.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        let Some(part) = self.part(name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        part.take(WHOLE + 1).read_to_end(&mut bytes).map_err(|error| of_part(&error))?;
        if bytes.len() as u64 > WHOLE {
            return Err(Failure::Bomb(format!("a part of more than {} MB", WHOLE >> 20)));
        }
        Ok(Some(bytes))
    }
}

/// A part that is being unpacked.
pub(crate) struct Part<'a> {
    file: ZipFile<'a, BufReader<File>>,
    limits: ArchiveLimits,
    packed: u64,
    read: u64,
    own: &'a mut u64,
    all: &'a mut u64,
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read += read as u64;
        if self.read > *self.own {
            *self.all += self.read - *self.own;
            *self.own = self.read;
        }
        let limits = &self.limits;
        let bomb = |what: String| Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
        if self.read > limits.part {
            return bomb(format!("a part of more than {} MB", limits.part >> 20));
        }
        if *self.all > limits.all {
            return bomb(format!("parts of more than {} MB together", limits.all >> 20));
        }
        if self.read > limits.free && self.read / limits.ratio > self.packed {
            return bomb(format!("a part packed more than {} times", limits.ratio));
        }
        Ok(read)
    }
}

/// What a failed read of a part means.
pub(crate) fn of_part(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::FileTooLarge { Failure::Bomb(error.to_string()) } else { Failure::Damaged }
}

fn too_many(limits: ArchiveLimits) -> Failure {
    Failure::Bomb(format!("more than {} parts", limits.entries))
}

fn refusal(error: &ZipError) -> Failure {
    match error {
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => {
            Failure::Unsupported("an archive with a password".into())
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Failure::Archive("it is packed in a way that its format does not know".into())
        }
        ZipError::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => Failure::Bomb(error.to_string()),
        _ => Failure::Damaged,
    }
}

/// How many parts the archive says it lists, before anything is made of them; none if that stands nowhere.
fn listed(file: &mut File) -> io::Result<Option<u64>> {
    /// The end record and the longest comment behind it.
    const END: u64 = 22 + 0xffff;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut tail = Vec::new();
    file.by_ref().take(END).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    let Some(end) = tail.windows(4).rposition(|it| it == b"PK\x05\x06") else {
        return Ok(None);
    };
    let count = tail.get(end + 10..end + 12).map(|it| u64::from(u16::from_le_bytes([it[0], it[1]])));
    // The largest number means that a longer one stands elsewhere; a document has no need of that.
    Ok(count)
}

/// Where `target`, written in the part `from`, leads: a name in the archive, or none if it leads out of it.
///
/// An address in the network is none, and `..` never rises above the archive's root.
pub(crate) fn resolved(from: &str, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'))
    });
    if scheme || target.starts_with("//") {
        return None;
    }
    let target = percent_decoded(target);
    let mut parts: Vec<&str> = Vec::new();
    let folder = match from.rsplit_once('/') {
        Some((folder, _)) if !target.starts_with('/') => folder,
        _ => "",
    };
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|it| char::from(*it).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, Vec<u8>)]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut zip = ZipWriter::new(file.reopen().unwrap());
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap();
        file
    }

    #[test]
    fn targets_never_leave_the_archive() {
        assert_eq!(resolved("OEBPS/book.opf", "text/one%20two.xhtml#x").as_deref(), Some("OEBPS/text/one two.xhtml"));
        assert_eq!(resolved("ppt/slides/slide1.xml", "../notes/n1.xml").as_deref(), Some("ppt/notes/n1.xml"));
        assert_eq!(resolved("a/b.xml", "/word/document.xml").as_deref(), Some("word/document.xml"));
        for outside in ["../../etc/passwd", "http://example.org/x", "file:///etc/passwd", "//host/x"] {
            assert_eq!(resolved("a/b.xml", outside), None, "{outside}");
        }
    }

    #[test]
    fn a_bomb_ends_at_each_of_the_limits() {
        let file = archive(&[("zeros", vec![0; 3 << 20]), ("more", vec![1; 3 << 20]), ("small", b"x".to_vec())]);
        let limits = ArchiveLimits::default();
        let read = |limits: ArchiveLimits| {
            let mut archive = Archive::with_limits(file.path(), limits)?;
            archive.bytes("zeros")?;
            archive.bytes("more").map(|it| it.unwrap().len())
        };
        assert_eq!(read(limits), Ok(3 << 20));
        for limits in [
            ArchiveLimits { part: 2 << 20, ..limits },
            ArchiveLimits { all: 5 << 20, ..limits },
            ArchiveLimits { free: 1 << 20, ..limits },
            ArchiveLimits { entries: 2, ..limits },
        ] {
            assert!(matches!(read(limits), Err(Failure::Bomb(_))), "{limits:?}");
        }
    }

    #[test]
    fn reading_a_part_twice_costs_it_once() {
        let file = archive(&[("a", vec![7; 1000])]);
        let mut archive = Archive::with_limits(file.path(), ArchiveLimits { all: 1500, ..Default::default() }).unwrap();
        for _ in 0..5 {
            assert_eq!(archive.bytes("A").unwrap().unwrap().len(), 1000);
        }
        assert_eq!(archive.bytes("b"), Ok(None));
    }

    #[test]
    fn two_parts_of_one_name_are_refused() {
        let file = archive(&[("aa", vec![1]), ("ab", vec![2])]);
        let mut bytes = std::fs::read(file.path()).unwrap();
        for at in 0..bytes.len() - 1 {
            if &bytes[at..at + 2] == b"ab" {
                bytes[at + 1] = b'a';
            }
        }
        std::fs::write(file.path(), bytes).unwrap();
        assert!(matches!(Archive::open(file.path()), Err(Failure::Archive(_))));
    }
}
