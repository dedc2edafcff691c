/// The same numbers for the same seed (SplitMix64, Steele and others 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits, each as likely to be set as not.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// At least 0, less than `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.bits() % end.max(1) as u64) as usize
    }

    /// At least 0, less than 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Two numbers of the standard normal distribution (Box and Muller 1958).
    pub(crate) fn normal(&mut self) -> (f32, f32) {
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        let (sine, cosine) = (std::f32::consts::TAU * self.share()).sin_cos();
        (radius * cosine, radius * sine)
    }
}
