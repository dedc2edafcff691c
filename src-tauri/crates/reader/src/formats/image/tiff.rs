//! The pages of a TIFF: a chain of directories.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use tiff::TiffError;
use tiff::decoder::Decoder;
use tiff::tags::Tag;

use crate::error::Failure;

/// More pages than any scan has.
const MOST_PAGES: usize = 10_000;
/// Bits of the tag that tells what a picture is for: a small copy of another one, or its mask.
const SMALL_COPY: u32 = 1;
const MASK: u32 = 4;

/// Where the directory of each page begins. What can't be followed ends the list.
pub(super) fn directories(file: File) -> Result<Vec<u64>, Failure> {
    let mut decoder = Decoder::new(BufReader::new(file)).map_err(|error| match error {
        TiffError::UnsupportedError(error) => Failure::Unsupported(error.to_string()),
        TiffError::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => Failure::of_io(&error),
        _ => Failure::Damaged,
    })?;
    let mut found = Vec::new();
    for _ in 0..MOST_PAGES {
        let purpose = decoder.find_tag_unsigned::<u32>(Tag::NewSubfileType).ok().flatten().unwrap_or(0);
        if let Some(pointer) = decoder.ifd_pointer()
            && purpose & (SMALL_COPY | MASK) == 0
        {
            found.push(pointer.0);
        }
        if !decoder.more_images() || decoder.next_image().is_err() {
            break;
        }
    }
    if found.is_empty() { Err(Failure::Damaged) } else { Ok(found) }
}

/// A TIFF whose head points to one of its directories as the first, for decoders that know only the first.
pub(super) struct FromDirectory {
    file: File,
    head: Vec<u8>,
    at: u64,
}

impl FromDirectory {
    pub(super) fn new(mut file: File, directory: u64) -> Result<Self, Failure> {
        let mut head = Vec::new();
        let read = file.by_ref().take(16).read_to_end(&mut head).and_then(|_| file.seek(SeekFrom::Start(0)));
        read.map_err(|error| Failure::of_io(&error))?;
        let little = head.starts_with(b"II");
        let large = head.get(2..4).is_some_and(|it| it.contains(&43));
        let (field, bytes) = if large {
            (8..16, if little { directory.to_le_bytes() } else { directory.to_be_bytes() }.to_vec())
        } else {
            let directory = u32::try_from(directory).map_err(|_| Failure::Damaged)?;
            (4..8, if little { directory.to_le_bytes() } else { directory.to_be_bytes() }.to_vec())
        };
        head.truncate(field.end);
        head.get_mut(field).ok_or(Failure::Damaged)?.copy_from_slice(&bytes);
        Ok(Self { file, head, at: 0 })
    }
}

impl Read for FromDirectory {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head = usize::try_from(self.at).ok().and_then(|at| self.head.get(at..)).filter(|it| !it.is_empty());
        let read = match head {
            Some(mut head) => {
                let read = head.read(buffer)?;
                self.file.seek_relative(read as i64)?;
                read
            }
            None => self.file.read(buffer)?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for FromDirectory {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}
