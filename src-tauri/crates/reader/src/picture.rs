//! Pictures of pages on their way out of the child: how large, and as which bytes.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder};
use kernel::Rect;

use crate::error::Failure;

/// A page taller than this many pixels at the width asked for is cut down in width instead.
const TALLEST_PX: f32 = 8192.0;

/// Pixels an inch at which letters of a book are some 30 pixels high, as Tesseract was trained on.
const RECOGNISED_DPI: f32 = 300.0;
/// A picture of this many pixels an inch is recognised as it is: drawing it anew would only blur it.
const GOOD_DPI: std::ops::RangeInclusive<f32> = 200.0..=400.0;
/// How much larger than it is a coarse picture is drawn at the most; more shows nothing new.
const ENLARGED: f32 = 2.5;
/// A coarse picture is not enlarged beyond this: A4 at 300 dpi, so a "page" of three metres is none.
const MOST_ENLARGED_PX: f32 = 9e6;
/// A2 at 250 dpi; what recognition costs grows with it.
const MOST_PX: f32 = 25e6;
/// Tesseract takes no side longer than 32767.
const LONGEST_PX: f32 = 16384.0;

/// The size in pixels of a page of this size (in any unit) that is drawn `width_px` wide.
pub(crate) fn sized((width, height): (f32, f32), width_px: u32) -> (u32, u32) {
    let (width, height) = (width.max(1.0), height.max(1.0));
    pixels((width, height), (width_px as f32 / width).min(TALLEST_PX / height))
}

/// The size in pixels in which a page of this size in inches is recognised best. `own_dpi` is how fine the picture is
/// that fills it, if one does.
pub(crate) fn for_recognition((width, height): (f32, f32), own_dpi: Option<f32>) -> (u32, u32) {
    let (width, height) = (width.max(0.1), height.max(0.1));
    let area = width * height;
    let (dpi, most) = match own_dpi {
        Some(own) if GOOD_DPI.contains(&own) => (own, MOST_PX),
        Some(own) if own < *GOOD_DPI.start() => {
            ((ENLARGED * own).min(RECOGNISED_DPI), (own * own * area).clamp(MOST_ENLARGED_PX, MOST_PX))
        }
        _ => (RECOGNISED_DPI, MOST_PX),
    };
    let dpi = dpi.min((most / area).sqrt()).min(LONGEST_PX / width.max(height));
    pixels((width, height), dpi)
}

fn pixels((width, height): (f32, f32), scale: f32) -> (u32, u32) {
    // Both are far below the largest number.
    let of = |side: f32| ((side * scale).round() as u32).max(1);
    (of(width), of(height))
}

/// The part of a picture that is asked for, its edges moved out to whole pixels; all of it where none is.
pub(crate) fn part(image: DynamicImage, part: Option<Rect>) -> DynamicImage {
    let Some(part) = part else {
        return image;
    };
    let (width, height) = (image.width(), image.height());
    // Fractions of a side to its pixels; what is no number becomes the first.
    let span = |from: f32, to: f32, side: u32| {
        let from = ((from * side as f32).floor() as u32).min(side.saturating_sub(1));
        let to = ((to * side as f32).ceil() as u32).clamp(from + 1, side.max(from + 1));
        (from, to - from)
    };
    let ((x, across), (y, down)) = (span(part.x0, part.x1, width), span(part.y0, part.y1, height));
    image.crop_imm(x, y, across, down)
}

/// A grey or coloured picture as a PNG.
pub(crate) fn png(image: &DynamicImage) -> Result<Vec<u8>, Failure> {
    let bytes = image.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 8);
    PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Up)
        .write_image(bytes, image.width(), image.height(), image.color().into())
        .map_err(|error| Failure::Unsupported(error.to_string()))?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: (f32, f32) = (8.27, 11.69);

    #[test]
    fn a_page_is_as_wide_as_asked_unless_it_is_a_strip() {
        assert_eq!(sized((612.0, 792.0), 612), (612, 792));
        assert_eq!(sized((10.0, 1000.0), 1000), (82, 8192));
    }

    #[test]
    fn a_part_has_whole_pixels_and_at_least_one() {
        let cut = |x0, y0, x1, y1| {
            let cut = part(DynamicImage::new_rgb8(100, 50), Some(Rect { x0, y0, x1, y1 }));
            (cut.width(), cut.height())
        };
        assert_eq!(cut(0.101, 0.5, 0.199, 1.0), (10, 25));
        assert_eq!(cut(0.9, 0.2, 7.0, 0.2), (10, 1));
        assert_eq!(cut(f32::NAN, 1.0, -3.0, f32::NAN), (1, 1));
    }

    #[test]
    fn letters_are_recognised_in_the_size_that_is_known_best() {
        assert_eq!(for_recognition(A4, None), (2481, 3507));
        assert_eq!(for_recognition(A4, Some(600.0)), (2481, 3507));
        assert_eq!(for_recognition(A4, Some(240.0)), (1985, 2806));
        // A coarse one is enlarged, but not beyond what it can show.
        assert_eq!(for_recognition(A4, Some(150.0)), (2481, 3507));
        assert_eq!(for_recognition(A4, Some(72.0)).0, (8.27 * 180.0_f32).round() as u32);
    }

    #[test]
    fn a_page_of_metres_is_kept_small() {
        // A scan of 2480 × 3508 pixels that calls itself 72 dpi.
        let (width, height) = for_recognition((34.4, 48.7), Some(72.0));
        assert!((2400..2700).contains(&width) && height < 3800, "{width} × {height}");
        let (width, height) = for_recognition((1.0, 500.0), None);
        assert!(height <= 16384 && width >= 1);
        let (width, height) = for_recognition((200.0, 200.0), None);
        assert!(width * height <= 25_100_000);
    }
}
