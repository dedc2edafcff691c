//! Pages as pictures.

use image::DynamicImage;
use kernel::Rect;
use pdfium_render::prelude::{PdfPage, PdfPageObject, PdfPageObjectCommon, PdfPageObjectsCommon, PdfRenderConfig};

use crate::error::Failure;
use crate::picture;

const POINTS_PER_INCH: f32 = 72.0;
/// A picture that covers this share of the page is the page.
const WHOLE: f32 = 0.6;
/// More objects than this before its picture has no page that was scanned.
const OBJECTS: usize = 200;

/// The page in colour, as wide as asked; all of it or a part.
pub(super) fn png(page: &PdfPage<'_>, width_px: u32, part: Option<Rect>) -> Result<Vec<u8>, Failure> {
    let size = picture::sized((page.width().value, page.height().value), width_px);
    let drawn = picture::part(drawn(page, size)?, part);
    picture::png(&drawn.into_rgb8().into())
}

/// The page in grey and in the size that recognition wants.
pub(super) fn scan(page: &PdfPage<'_>) -> Result<Vec<u8>, Failure> {
    let inches = (page.width().value / POINTS_PER_INCH, page.height().value / POINTS_PER_INCH);
    let size = picture::for_recognition(inches, own_dpi(page));
    picture::png(&drawn(page, size)?.into_luma8().into())
}

fn drawn(page: &PdfPage<'_>, (width, height): (u32, u32)) -> Result<DynamicImage, Failure> {
    let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
    let config = PdfRenderConfig::new().set_fixed_size(side(width), side(height));
    page.render_with_config(&config).and_then(|bitmap| bitmap.as_image()).map_err(|_| Failure::Damaged)
}

/// How fine the picture is that covers the page.
fn own_dpi(page: &PdfPage<'_>) -> Option<f32> {
    let area = page.width().value * page.height().value;
    page.objects().iter().take(OBJECTS).find_map(|object| {
        let PdfPageObject::Image(image) = &object else {
            return None;
        };
        let bounds = object.bounds().ok()?;
        let covered = (bounds.width().value * bounds.height().value).abs();
        let pixels = f64::from(image.width().ok()?) * f64::from(image.height().ok()?);
        // By the area, as the picture may lie turned.
        let dpi = POINTS_PER_INCH * (pixels as f32 / covered).sqrt();
        (covered > WHOLE * area && dpi.is_finite()).then_some(dpi)
    })
}
