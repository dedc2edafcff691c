//! Random matrices in the formats of a GGUF file.

use seeded::Random;

use crate::gguf::Tensor;

/// What a weight is stored as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Four bytes a weight.
    Full,
    /// Q8_0, as models on a personal computer are: 34 bytes for 32 weights.
    Quantised,
}

/// The weights of a block of Q8_0, which share one scale.
const BLOCK: u64 = 32;

/// Evenly from -1 to 1.
fn unit(random: &mut Random) -> f32 {
    2.0 * random.share() - 1.0
}

/// A matrix of `rows` outputs for `columns` inputs that keeps the size of what goes through: its weights have the
/// standard deviation `gain` / √columns.
pub(crate) fn matrix(
    name: String,
    (columns, rows): (u64, u64),
    gain: f32,
    precision: Precision,
    random: &mut Random,
) -> Tensor {
    // An even distribution from -a to a has the standard deviation a / √3.
    let most = gain * (3.0 / columns as f32).sqrt();
    let count = columns * rows;
    let (kind, bytes) = match precision {
        Precision::Full => (0, (0..count).flat_map(|_| (most * unit(random)).to_le_bytes()).collect()),
        Precision::Quantised => {
            let (scale, bits) = power_of_two(most / 127.0);
            let steps = (most / scale).min(127.0);
            let mut bytes = Vec::with_capacity((count / BLOCK * 34) as usize);
            for _ in 0..count / BLOCK {
                bytes.extend(bits.to_le_bytes());
                bytes.extend((0..BLOCK).map(|_| (steps * unit(random)) as i8 as u8));
            }
            (8, bytes)
        }
    };
    Tensor { name, shape: vec![columns, rows], kind, bytes }
}

/// The scales of a normalisation that changes nothing.
pub(crate) fn ones(name: String, length: u64) -> Tensor {
    Tensor { name, shape: vec![length], kind: 0, bytes: (0..length).flat_map(|_| 1_f32.to_le_bytes()).collect() }
}

/// The least power of two that isn't below `value`, and its bits as a half-precision number.
fn power_of_two(value: f32) -> (f32, u16) {
    let exponent = (value.log2().ceil() as i32).clamp(-14, 15);
    (2_f32.powi(exponent), ((exponent + 15) as u16) << 10)
}
