/// SplitMix64 (Steele, Lea and Flood 2014): small, seeded, good enough for weights.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly from -1 to 1.
    pub(crate) fn unit(&mut self) -> f32 {
        // 24 bits are what a f32 holds exactly.
        (self.bits() >> 40) as f32 / (1 << 23) as f32 - 1.0
    }
}
