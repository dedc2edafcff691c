//! How many pixels an inch a picture has, as its file says.

use std::io::{BufRead, Read, Seek, SeekFrom};

use image::ImageFormat;
use tiff::decoder::Decoder;
use tiff::decoder::ifd::Value;
use tiff::tags::Tag;

const METRES_PER_INCH: f32 = 0.0254;
const CENTIMETRES_PER_INCH: f32 = 2.54;
/// What programs and cameras write that do not know is 72 or 96.
const LEAST: f32 = 100.0;
/// Faxes have half as many one way.
const LEAST_OTHER_WAY: f32 = 50.0;
const MOST: f32 = 2400.0;
/// More parts than this before the pixels are a trap.
const PARTS: usize = 200;

/// Pixels an inch across and down; none where the file does not say or what it says can't be.
pub(super) fn of<R: BufRead + Seek>(file: &mut R, kind: ImageFormat) -> Option<(f32, f32)> {
    file.seek(SeekFrom::Start(0)).ok()?;
    let (x, y) = match kind {
        ImageFormat::Png => png(file),
        ImageFormat::Jpeg => jpeg(file),
        ImageFormat::Bmp => bmp(file),
        ImageFormat::Tiff => tiff(file),
        _ => None,
    }?;
    (x.max(y) >= LEAST && x.min(y) >= LEAST_OTHER_WAY && x.max(y) <= MOST).then_some((x, y))
}

/// PNG (third edition), 11.3.4.3: pHYs holds pixels a metre across and down and then 1.
fn png<R: BufRead + Seek>(file: &mut R) -> Option<(f32, f32)> {
    file.seek(SeekFrom::Start(8)).ok()?;
    for _ in 0..PARTS {
        let [length, kind] = [bytes::<4>(file)?, bytes::<4>(file)?];
        match &kind {
            b"pHYs" => {
                let (x, y) = (u32::from_be_bytes(bytes(file)?), u32::from_be_bytes(bytes(file)?));
                let per_metre = bytes(file)? == [1];
                return per_metre.then_some((x as f32 * METRES_PER_INCH, y as f32 * METRES_PER_INCH));
            }
            b"IDAT" => return None,
            _ => {
                // Its content and the sum behind it.
                file.seek_relative(i64::from(u32::from_be_bytes(length)) + 4).ok()?;
            }
        }
    }
    None
}

/// JFIF 1.02, page 5: unit (1 an inch, 2 a centimetre), then pixels across and down.
fn jpeg<R: BufRead + Seek>(file: &mut R) -> Option<(f32, f32)> {
    file.seek(SeekFrom::Start(2)).ok()?;
    for _ in 0..PARTS {
        let [0xff, kind] = bytes(file)? else {
            return None;
        };
        let length = i64::from(u16::from_be_bytes(bytes(file)?)).checked_sub(2).filter(|it| *it >= 0)?;
        match kind {
            0xe0 if length >= 12 => {
                let name: [u8; 5] = bytes(file)?;
                let _version: [u8; 2] = bytes(file)?;
                let [unit] = bytes(file)?;
                let (x, y) = (f32::from(u16::from_be_bytes(bytes(file)?)), f32::from(u16::from_be_bytes(bytes(file)?)));
                let factor = match unit {
                    1 => 1.0,
                    2 => CENTIMETRES_PER_INCH,
                    _ => return None,
                };
                return (&name == b"JFIF\0").then_some((x * factor, y * factor));
            }
            // The pixels begin.
            0xda => return None,
            _ => file.seek_relative(length).ok()?,
        }
    }
    None
}

/// Pixels a metre across and down stand 38 bytes behind the start.
fn bmp<R: BufRead + Seek>(file: &mut R) -> Option<(f32, f32)> {
    file.seek(SeekFrom::Start(38)).ok()?;
    let (x, y) = (i32::from_le_bytes(bytes(file)?), i32::from_le_bytes(bytes(file)?));
    Some((x as f32 * METRES_PER_INCH, y as f32 * METRES_PER_INCH))
}

/// TIFF 6.0, pages 38 and 41: pixels a unit, which is an inch unless it is 3, a centimetre.
fn tiff<R: BufRead + Seek>(file: &mut R) -> Option<(f32, f32)> {
    let mut decoder = Decoder::new(file).ok()?;
    let mut number = |tag| match decoder.find_tag(tag).ok().flatten()? {
        Value::Rational(over, under) if under > 0 => Some(over as f32 / under as f32),
        other => other.into_f32().ok(),
    };
    let (x, y) = (number(Tag::XResolution)?, number(Tag::YResolution)?);
    let factor = match decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten() {
        Some(3) => CENTIMETRES_PER_INCH,
        Some(1) => return None,
        _ => 1.0,
    };
    Some((x * factor, y * factor))
}

fn bytes<const N: usize>(from: &mut impl Read) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
