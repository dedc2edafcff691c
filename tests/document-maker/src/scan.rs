//! Pages as a scanner sees them: a little askew, on grey paper, with noise, and without a letter of text.

use std::io::Cursor;

use image::codecs::jpeg::{JpegEncoder, PixelDensity};
use image::{GrayImage, ImageEncoder, ImageError, ImageFormat, Luma};
use tiff::TiffError;
use tiff::encoder::colortype::Gray8;
use tiff::encoder::{Rational, TiffEncoder};
use tiff::tags::ResolutionUnit;

use crate::hostile::packed_spaces;
use crate::pdf::FIRST_OWN;
use crate::{Leaf, Pdf};
use seeded::Random;

/// What happens to a page on the way through the scanner.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wear {
    /// Degrees clockwise by which it lies askew.
    pub skew: f32,
    /// How far a pixel is from the right shade at the most, 0 to 255.
    pub noise: u8,
    /// The paper's distance from white, 0 to 255.
    pub ground: u8,
    /// Another seed is other noise.
    pub seed: u64,
}

/// Of JPEGs: that of an office scanner.
const QUALITY: u8 = 80;
/// Every so many pixels one is a speck.
const SPECKS: usize = 20_000;

impl Wear {
    /// The page after it was scanned.
    pub fn scanned(&self, page: &GrayImage) -> GrayImage {
        let (width, height) = page.dimensions();
        let mut random = Random::new(self.seed);
        let (sin, cos) = self.skew.to_radians().sin_cos();
        let (cx, cy) = (width as f32 / 2.0, height as f32 / 2.0);
        let paper = 255.0 - f32::from(self.ground);
        GrayImage::from_fn(width, height, |x, y| {
            // From the scan back to the page.
            let (dx, dy) = (x as f32 - cx, y as f32 - cy);
            let ink = shade(page, cx + dx * cos + dy * sin, cy - dx * sin + dy * cos) / 255.0;
            let noise = if self.noise == 0 {
                0.0
            } else if random.below(SPECKS) == 0 {
                -200.0
            } else {
                // Of two, so that most pixels are nearly right.
                let one = |random: &mut Random| random.below(usize::from(self.noise) + 1) as f32 / 2.0;
                one(&mut random) - one(&mut random)
            };
            Luma([(ink * paper + noise).clamp(0.0, 255.0) as u8])
        })
    }

    /// Where a point of the page comes to lie on the scan; both as shares of a page of this width and height.
    pub fn place(&self, (x, y): (f32, f32), (width, height): (f32, f32)) -> (f32, f32) {
        let (sin, cos) = self.skew.to_radians().sin_cos();
        let (dx, dy) = ((x - 0.5) * width, (y - 0.5) * height);
        (0.5 + (dx * cos - dy * sin) / width, 0.5 + (dx * sin + dy * cos) / height)
    }
}

/// The shade between pixels; white beyond the edge.
fn shade(page: &GrayImage, x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (right, down) = (x - left, y - top);
    let at = |x: f32, y: f32| {
        let inside = x >= 0.0 && y >= 0.0 && x < page.width() as f32 && y < page.height() as f32;
        if inside { f32::from(page.get_pixel(x as u32, y as u32).0[0]) } else { 255.0 }
    };
    let row = |y: f32| at(left, y) * (1.0 - right) + at(left + 1.0, y) * right;
    row(top) * (1.0 - down) + row(top + 1.0) * down
}

/// A PDF whose pages are these pictures, of so many pixels an inch, and nothing else.
///
/// # Errors
/// A picture that can't be written, as one without a pixel.
pub fn scan(pictures: &[GrayImage], dpi: f32) -> Result<Pdf, ImageError> {
    let mut pdf = Pdf::new();
    for (picture, number) in pictures.iter().zip(FIRST_OWN..) {
        let (across, down) = picture.dimensions();
        let (width, height) = (across as f32 * 72.0 / dpi, down as f32 * 72.0 / dpi);
        let dictionary = format!(
            "/Type /XObject /Subtype /Image /Width {across} /Height {down} /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /Filter /DCTDecode"
        );
        pdf.own.push((dictionary, jpeg(picture)?));
        pdf = pdf.leaf(Leaf {
            width,
            height,
            content: format!("q {width} 0 0 {height} 0 0 cm /Scan Do Q").into_bytes(),
            resources: format!("/XObject << /Scan {number} 0 R >>"),
            ..Leaf::default()
        });
    }
    Ok(pdf)
}

/// A picture file of this kind.
///
/// # Errors
/// A kind that can't be written.
pub fn picture(picture: &GrayImage, kind: ImageFormat) -> Result<Vec<u8>, ImageError> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, kind)?;
    Ok(file.into_inner())
}

/// A JPEG with this density in its head and an Exif block that says how to turn it (1 is not at all, 6 a quarter
/// clockwise).
///
/// # Errors
/// A picture without a pixel.
pub fn photo(picture: &GrayImage, dpi: u16, orientation: u8) -> Result<Vec<u8>, ImageError> {
    // A TIFF of one entry: tag 0x112, a number of two bytes.
    let exif = [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[orientation], &[0; 6]].concat();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder.set_pixel_density(PixelDensity::dpi(dpi));
    // A JPEG can hold it.
    let _ = encoder.set_exif_metadata(exif);
    encoder.encode_image(picture)?;
    Ok(bytes)
}

/// A TIFF of several pages, of so many pixels an inch.
///
/// # Errors
/// A picture without a pixel.
pub fn tiff(pictures: &[GrayImage], dpi: u32) -> Result<Vec<u8>, TiffError> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file)?;
    for picture in pictures {
        let mut page = encoder.new_image::<Gray8>(picture.width(), picture.height())?;
        page.resolution(ResolutionUnit::Inch, Rational { n: dpi, d: 1 });
        page.write_data(picture.as_raw())?;
    }
    Ok(file.into_inner())
}

/// A PNG of a few kilobytes that is all white and unpacks to this size.
pub fn picture_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let summed = [kind, content].concat();
        bytes.extend(length.to_be_bytes());
        bytes.extend(&summed);
        bytes.extend(crc32(&summed).to_be_bytes());
    };
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat());
    chunk(b"IDAT", &packed_spaces(4000));
    chunk(b"IEND", &[]);
    bytes
}

/// The sum of a PNG's chunk (PNG, third edition, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |it, _| if it & 1 == 1 { (it >> 1) ^ 0xedb8_8320 } else { it >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

fn jpeg(picture: &GrayImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture)?;
    Ok(bytes)
}
