//! Pictures in the size that somebody wants to see.

use std::path::Path;

use image::imageops::{FilterType, thumbnail};
use image::{DynamicImage, GenericImageView};
use kernel::Rect;

use super::Look;
use super::decode::PictureFile;
use crate::error::Failure;
use crate::picture;

/// A larger picture is read again for each drawing.
const KEPT_BYTES: usize = 160 << 20;
/// The long side of A4: where nothing else is known, a picture shows a page of that size.
const PAGE_INCHES: f32 = 11.69;

/// Draws the pages of picture files, and keeps the last one for another size.
#[derive(Default)]
pub(crate) struct Pictures {
    last: Option<Kept>,
}

struct Kept {
    file: PictureFile,
    page: u32,
    look: Look,
    image: DynamicImage,
}

impl Pictures {
    /// Width and height of a page in points.
    pub(crate) fn size(&self, path: &Path, page: u32) -> Result<(f32, f32), Failure> {
        Ok(PictureFile::open(path)?.look(page)?.points())
    }

    /// The page as a PNG in colour, as wide as asked.
    pub(crate) fn png(
        &mut self,
        path: &Path,
        page: u32,
        width_px: u32,
        part: Option<Rect>,
    ) -> Result<Vec<u8>, Failure> {
        let kept = self.take(path, page)?;
        let size = picture::sized(kept.look.points(), width_px);
        let png = picture::png(&picture::part(kept.drawn(size), part));
        self.keep(kept);
        png
    }

    /// The page as a grey PNG of the size that recognition wants.
    pub(crate) fn scan(&mut self, path: &Path, page: u32) -> Result<Vec<u8>, Failure> {
        let kept = self.take(path, page)?;
        let (across, down) = kept.look.upright(kept.look.pixels);
        let (across, down) = (across as f32, down as f32);
        let (x, y) = match kept.look.dpi {
            Some(dpi) => kept.look.upright(dpi),
            None => (across.max(down) / PAGE_INCHES, across.max(down) / PAGE_INCHES),
        };
        let size = picture::for_recognition((across / x, down / y), Some(x.min(y)));
        let grey = DynamicImage::ImageLuma8(kept.drawn(size).into_luma8());
        self.keep(kept);
        picture::png(&grey)
    }

    fn take(&mut self, path: &Path, page: u32) -> Result<Kept, Failure> {
        if let Some(kept) = self.last.take()
            && kept.page == page
            && kept.file.path() == path
        {
            return Ok(kept);
        }
        let file = PictureFile::open(path)?;
        let look = file.look(page)?;
        let image = file.pixels(page)?;
        Ok(Kept { file, page, look, image })
    }

    fn keep(&mut self, kept: Kept) {
        self.last = (kept.image.as_bytes().len() <= KEPT_BYTES).then_some(kept);
    }
}

impl Kept {
    /// The picture in this size, turned to be looked at.
    fn drawn(&self, size: (u32, u32)) -> DynamicImage {
        let (width, height) = self.look.upright(size);
        let (across, down) = self.image.dimensions();
        let mut image = if (width, height) == (across, down) {
            self.image.clone()
        } else if width <= across && height <= down {
            // Without the intermediate picture of floats that a better filter makes of the large one.
            match &self.image {
                DynamicImage::ImageLuma8(grey) => thumbnail(grey, width, height).into(),
                other => thumbnail(other, width, height).into(),
            }
        } else {
            self.image.resize_exact(width, height, FilterType::CatmullRom)
        };
        image.apply_orientation(self.look.orientation);
        image
    }
}
