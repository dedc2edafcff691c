/// Numbers that look random and are the same each time (xorshift64*, Vigna 2016).
#[derive(Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    /// At least 0, less than 1.
    pub(super) fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
