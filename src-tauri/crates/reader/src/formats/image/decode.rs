//! The pixels of a picture, within limits.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use image::error::ImageError;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::tiff::{FromDirectory, directories};
use super::{Look, resolution};
use crate::error::Failure;

/// A sheet of A3 at 600 dpi has 70 million, the largest cameras 200 million.
const MOST_PIXELS: u64 = 220_000_000;
/// What the decoded picture may take, and as much again while it is decoded.
const MOST_BYTES: u64 = 320 << 20;

/// A file of one or more pictures.
#[derive(Debug)]
pub(super) struct PictureFile {
    path: PathBuf,
    kind: ImageFormat,
    /// Where the directory of each page begins; only in TIFF.
    directories: Vec<u64>,
}

/// A file, or one directory of it.
trait Source: BufRead + Seek {}
impl<T: BufRead + Seek> Source for T {}

impl PictureFile {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let mut head = Vec::new();
        open(path)?.take(32).read_to_end(&mut head).map_err(|error| Failure::of_io(&error))?;
        let kind = match image::guess_format(&head) {
            Ok(kind) => kind,
            // A TIFF for more than four gigabytes is unknown to the guess.
            Err(_) if head.starts_with(b"II+\0") || head.starts_with(b"MM\0+") => ImageFormat::Tiff,
            Err(_) => return Err(Failure::Damaged),
        };
        let directories = if kind == ImageFormat::Tiff { directories(open(path)?)? } else { Vec::new() };
        Ok(Self { path: path.to_path_buf(), kind, directories })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn pages(&self) -> u32 {
        u32::try_from(self.directories.len()).unwrap_or(u32::MAX).max(1)
    }

    /// Reads the head of a picture.
    pub(super) fn look(&self, page: u32) -> Result<Look, Failure> {
        let mut decoder = self.decoder(page)?;
        let pixels = decoder.dimensions();
        let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
        let dpi = resolution::of(&mut self.source(page)?, self.kind);
        Ok(Look { pixels, dpi, orientation })
    }

    /// The picture as it is stored, in grey or in colour, on white where it was see-through.
    pub(super) fn pixels(&self, page: u32) -> Result<DynamicImage, Failure> {
        let decoder = self.decoder(page)?;
        let image = DynamicImage::from_decoder(decoder).map_err(failure)?;
        Ok(match image {
            DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => image,
            DynamicImage::ImageLuma16(_) => image.into_luma8().into(),
            it if it.color().has_alpha() => on_white(it),
            it => it.into_rgb8().into(),
        })
    }

    fn decoder(&self, page: u32) -> Result<impl ImageDecoder, Failure> {
        let mut limits = Limits::default();
        limits.max_alloc = Some(2 * MOST_BYTES);
        let mut reader = ImageReader::with_format(self.source(page)?, self.kind);
        reader.limits(limits);
        let decoder = reader.into_decoder().map_err(failure)?;
        let (width, height) = decoder.dimensions();
        if width == 0 || height == 0 {
            return Err(Failure::Damaged);
        }
        if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES {
            return Err(Failure::Bomb(format!("a picture of {width} × {height} pixels")));
        }
        Ok(decoder)
    }

    fn source(&self, page: u32) -> Result<Box<dyn Source>, Failure> {
        let at = (page as usize).checked_sub(1).filter(|_| page <= self.pages()).ok_or(Failure::NoSuchPage(page))?;
        let file = open(&self.path)?;
        Ok(match self.directories.get(at) {
            Some(&directory) => Box::new(BufReader::new(FromDirectory::new(file, directory)?)),
            None => Box::new(BufReader::new(file)),
        })
    }
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| Failure::of_io(&error))
}

fn failure(error: ImageError) -> Failure {
    match error {
        ImageError::Limits(_) => Failure::Bomb("a picture that needs more memory than it may have".into()),
        ImageError::Unsupported(error) => Failure::Unsupported(format!("a kind of picture that is rare: {error}")),
        // The file is there, so an end that comes too early is the file's own.
        ImageError::IoError(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => Failure::of_io(&error),
        _ => Failure::Damaged,
    }
}

/// Puts a see-through picture on white paper.
fn on_white(image: DynamicImage) -> DynamicImage {
    let mut image = image.into_rgba8();
    for pixel in image.pixels_mut() {
        let alpha = u32::from(pixel.0[3]);
        for value in &mut pixel.0[..3] {
            // At most 255, as both parts together are a mean of bytes.
            *value = ((u32::from(*value) * alpha + 255 * (255 - alpha)) / 255) as u8;
        }
        pixel.0[3] = 255;
    }
    DynamicImage::ImageRgba8(image).into_rgb8().into()
}
