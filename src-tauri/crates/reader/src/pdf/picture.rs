//! Pages as pictures.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use pdfium_render::prelude::{PdfPage, PdfRenderConfig};

use crate::error::Failure;

/// A page taller than this many times its width is cut down in width instead.
const TALLEST_PX: f32 = 8192.0;

pub(super) fn png(page: &PdfPage<'_>, width_px: u32) -> Result<Vec<u8>, Failure> {
    let (width, height) = (page.width().value.max(1.0), page.height().value.max(1.0));
    let scale = (width_px as f32 / width).min(TALLEST_PX / height);
    let size = |points: f32| ((points * scale).round() as i32).max(1);
    let config = PdfRenderConfig::new().set_fixed_size(size(width), size(height));
    let image = page
        .render_with_config(&config)
        .and_then(|bitmap| bitmap.as_image())
        .map_err(|_| Failure::Damaged)?
        .into_rgb8();
    let mut out = Vec::with_capacity(image.len() / 8);
    PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Up)
        .write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::Rgb8)
        .map_err(|error| Failure::Unsupported(error.to_string()))?;
    Ok(out)
}
