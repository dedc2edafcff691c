//! Files that are no good models.

use seeded::Random;

/// Text under a model's name.
pub fn not_a_gguf() -> Vec<u8> {
    b"version https://example.org/large-file\nsize 4683073184\n".repeat(40)
}

/// The first so many thousandths of a file.
pub fn truncated(mut bytes: Vec<u8>, thousandths: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() * thousandths / 1000);
    bytes
}

/// A file of which so many bytes among the first `within` are others.
pub fn flipped(mut bytes: Vec<u8>, within: usize, count: usize, seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    let within = within.clamp(1, bytes.len());
    for _ in 0..count {
        let bits = random.bits();
        let place = (bits >> 8) as usize % within;
        // At least one bit changes.
        bytes[place] ^= (bits as u8).max(1);
    }
    bytes
}
