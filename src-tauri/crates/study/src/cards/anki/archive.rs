use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use kernel::Code;
use zip::ZipArchive;
use zip::result::ZipError;

use super::protobuf::{self, Value};
use crate::Error;

/// Largest database of a package, unpacked, in bytes; a test need not fill the disk to reach it.
const LARGEST_DATABASE: u64 = if cfg!(test) { 16 << 20 } else { 1 << 30 };
/// Largest list of its pictures and sounds.
const LARGEST_LIST: u64 = 64 << 20;
/// Largest picture or sound: what the library takes.
const LARGEST_MEDIUM: u64 = 32 << 20;
/// Most members of the archive.
const MOST_MEMBERS: usize = 200_000;

/// A package that was opened: what its pictures and sounds are called, and its database in a file of ours.
pub(super) struct Archive {
    path: PathBuf,
    zip: ZipArchive<File>,
    /// The member of the archive by the name that notes use.
    media: HashMap<String, String>,
    /// Whether members are compressed by Zstandard, besides what the archive does.
    is_zstd: bool,
}

impl Archive {
    /// Opens a package and unpacks its database into the file given, which is there and empty.
    pub(super) fn open(path: &Path, database: &Path) -> Result<Self, Error> {
        let file = File::open(path).map_err(|error| Error::unreadable(path, Code::of_io(&error), error))?;
        let mut zip = ZipArchive::new(file).map_err(|error| broken(path, error))?;
        if zip.len() > MOST_MEMBERS {
            return Err(Error::unreadable(path, Code::Invalid, "it has more members than any package"));
        }
        let has = |name: &str| zip.index_for_name(name).is_some();
        let forms = ["collection.anki21b", "collection.anki21", "collection.anki2"];
        let Some(name) = forms.into_iter().find(|name| has(name)) else {
            return Err(Error::unreadable(path, Code::Damaged, "it is no package of Anki: it has no collection"));
        };
        let is_zstd = name.ends_with('b');
        let io = |error: io::Error| Error::unreadable(path, Code::of_io(&error), error);
        let mut unpacked = File::options().write(true).truncate(true).open(database).map_err(io)?;
        unpack(path, &mut zip, name, is_zstd, LARGEST_DATABASE, &mut unpacked)?;
        let media = media(path, &mut zip, is_zstd)?;
        Ok(Self { path: path.to_owned(), zip, media, is_zstd })
    }

    /// What is in the picture or sound of that name; none where the package lacks it.
    pub(super) fn medium(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(member) = self.media.get(name).filter(|member| self.zip.index_for_name(member).is_some()) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        unpack(&self.path, &mut self.zip, member, self.is_zstd, LARGEST_MEDIUM, &mut bytes)?;
        Ok(Some(bytes))
    }
}

/// Writes a member to `out`, and stops at `most` bytes.
fn unpack(
    path: &Path,
    zip: &mut ZipArchive<File>,
    name: &str,
    is_zstd: bool,
    most: u64,
    out: &mut impl Write,
) -> Result<(), Error> {
    let member = zip.by_name(name).map_err(|error| broken(path, error))?;
    let damaged = |error: io::Error| match error.kind() {
        io::ErrorKind::StorageFull => Error::unreadable(path, Code::NoSpace, "the disk is full"),
        _ => Error::unreadable(path, Code::Damaged, format_args!("its {name} is broken: {error}")),
    };
    let copied = if is_zstd {
        let plain = zstd::Decoder::new(member).map_err(damaged)?;
        io::copy(&mut plain.take(most + 1), out)
    } else {
        io::copy(&mut member.take(most + 1), out)
    };
    if copied.map_err(damaged)? > most {
        let why = format_args!("its {name} unpacks to more than {} MB", most >> 20);
        return Err(Error::unreadable(path, Code::Invalid, why));
    }
    out.flush().map_err(damaged)
}

fn broken(path: &Path, error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Error::unreadable(path, Code::Encrypted, "it is encrypted; export it without a password")
        }
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Error::unreadable(path, Code::of_io(&error), error)
        }
        other => Error::unreadable(path, Code::Damaged, format_args!("it is no package of Anki, or broken: {other}")),
    }
}

/// The members of the archive by the names of what they hold. The names are compared with those in notes and never
/// become paths.
fn media(path: &Path, zip: &mut ZipArchive<File>, is_zstd: bool) -> Result<HashMap<String, String>, Error> {
    if zip.index_for_name("media").is_none() {
        return Ok(HashMap::new());
    }
    let mut list = Vec::new();
    unpack(path, zip, "media", is_zstd, LARGEST_LIST, &mut list)?;
    let damaged = || Error::unreadable(path, Code::Damaged, "its list of pictures and sounds is broken");
    if !is_zstd {
        let names: HashMap<String, String> = serde_json::from_slice(&list).map_err(|_| damaged())?;
        return Ok(names.into_iter().map(|(member, name)| (name, member)).collect());
    }
    let entries = protobuf::fields(&list).ok_or_else(damaged)?;
    let entries = entries.into_iter().filter_map(|(number, value)| match value {
        Value::Bytes(entry) if number == 1 => Some(entry),
        _ => None,
    });
    Ok(entries.enumerate().filter_map(|(at, entry)| Some((protobuf::text(entry, 1)?, at.to_string()))).collect())
}
