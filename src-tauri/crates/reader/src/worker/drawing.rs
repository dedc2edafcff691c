//! Pages as pictures, whatever the file is.

use kernel::Rect;
use kernel::child::WirePath;

use crate::Format;
use crate::detect::detect_failing;
use crate::error::Failure;
use crate::formats::Pictures;
use crate::pdf::{Engine, OpenDocuments, Pdf};

/// The documents of which pages are drawn, the last few of them open.
pub(super) struct Drawing<'a> {
    pdfs: Result<OpenDocuments<'a>, Failure>,
    pictures: Pictures,
}

/// A page to draw.
pub(super) struct Target<'a> {
    pub(super) path: &'a WirePath,
    pub(super) password: Option<&'a str>,
    /// From 1.
    pub(super) page: u32,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(engine: Result<&'a Engine, Failure>) -> Self {
        Self { pdfs: engine.map(OpenDocuments::new), pictures: Pictures::default() }
    }

    /// A PNG in colour of a page that is so many pixels wide, or of a part of it.
    pub(super) fn picture(
        &mut self,
        target: &Target<'_>,
        width_px: u32,
        part: Option<Rect>,
    ) -> Result<Vec<u8>, Failure> {
        match format(target)? {
            Format::Image => self.pictures.png(&target.path.path(), target.page, width_px, part),
            _ => self.pdf(target)?.picture(target.page, width_px, part),
        }
    }

    /// A grey PNG in the size that recognition wants.
    pub(super) fn scan(&mut self, target: &Target<'_>) -> Result<Vec<u8>, Failure> {
        match format(target)? {
            Format::Image => self.pictures.scan(&target.path.path(), target.page),
            _ => self.pdf(target)?.scan(target.page),
        }
    }

    /// Width and height in points.
    pub(super) fn size(&mut self, target: &Target<'_>) -> Result<(f32, f32), Failure> {
        match format(target)? {
            Format::Image => self.pictures.size(&target.path.path(), target.page),
            _ => self.pdf(target)?.size(target.page),
        }
    }

    fn pdf(&mut self, target: &Target<'_>) -> Result<&Pdf<'a>, Failure> {
        match &mut self.pdfs {
            Ok(open) => open.get(&target.path.path(), target.password),
            Err(failure) => Err(failure.clone()),
        }
    }
}

/// The format of a file whose pages can be drawn.
fn format(target: &Target<'_>) -> Result<Format, Failure> {
    match detect_failing(&target.path.path())? {
        format @ (Format::Pdf | Format::Image) => Ok(format),
        _ => Err(Failure::NoPicture),
    }
}
