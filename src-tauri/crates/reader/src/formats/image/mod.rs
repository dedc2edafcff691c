//! Pictures of pages: what they show has to be recognised.

mod decode;
mod draw;
mod resolution;
mod tiff;

use std::io;
use std::path::Path;

use image::metadata::Orientation;

use super::draft::UnitPage;
use super::{Document, Emit};
use crate::error::Failure;
use crate::{Format, Opened, Page, PageStatus};

use decode::PictureFile;
pub(crate) use draw::Pictures;

/// Pixels an inch of a picture that does not say: a scanner's middle setting.
const USUAL_DPI: f32 = 200.0;
const POINTS_PER_INCH: f32 = 72.0;

/// A file of pictures; all but TIFF hold one.
pub(crate) struct Image {
    file: PictureFile,
}

impl Image {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let file = PictureFile::open(path)?;
        file.look(1)?;
        Ok(Self { file })
    }
}

impl Document for Image {
    fn opened(&self) -> Opened {
        Opened::new(Format::Image, self.file.pages(), None, Vec::new())
    }

    fn units(&mut self, from: u32, avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        for number in from..=self.file.pages() {
            let look = if avoid.contains(&number) { None } else { self.file.look(number).ok() };
            let Some(look) = look else {
                emit(Page::unreadable(number))?;
                continue;
            };
            let (width, height) = look.points();
            emit(Page { status: PageStatus::Scanned, width, height, ..UnitPage::new(number, None).finish() })?;
        }
        Ok(())
    }
}

/// What the head of a picture says.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    /// Pixels across and down as they are stored.
    pixels: (u32, u32),
    /// Pixels an inch across and down, if the file says so credibly.
    dpi: Option<(f32, f32)>,
    /// How it has to be turned to be looked at.
    orientation: Orientation,
}

impl Look {
    /// Width and height in points as it is looked at.
    fn points(&self) -> (f32, f32) {
        let (x, y) = self.dpi.unwrap_or((USUAL_DPI, USUAL_DPI));
        let points = |pixels: u32, dpi: f32| pixels as f32 * POINTS_PER_INCH / dpi;
        self.upright((points(self.pixels.0, x), points(self.pixels.1, y)))
    }

    /// Two sides as they are stored to those that are looked at, and the other way round.
    fn upright<T>(&self, (across, down): (T, T)) -> (T, T) {
        use Orientation as O;
        match self.orientation {
            O::Rotate90 | O::Rotate270 | O::Rotate90FlipH | O::Rotate270FlipH => (down, across),
            O::NoTransforms | O::Rotate180 | O::FlipHorizontal | O::FlipVertical => (across, down),
        }
    }
}
