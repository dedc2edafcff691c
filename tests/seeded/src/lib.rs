//! Random numbers that are the same for the same seed, for tests, measurements and what is made for them.

/// SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014): small, of even quality
/// from its first number on, and not for secrets.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers of a seed; every seed is as good as another.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits, each as likely to be set as not.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// At least 0, less than `end`; 0 where that is 0.
    #[inline]
    pub fn below(&mut self, end: usize) -> usize {
        (self.bits() % end.max(1) as u64) as usize
    }

    /// At least 0, less than 1, in steps that a f32 holds exactly.
    #[inline]
    pub fn share(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Two numbers of the standard normal distribution (Box and Muller, 1958).
    pub fn normal(&mut self) -> (f32, f32) {
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        let (sine, cosine) = (std::f32::consts::TAU * self.share()).sin_cos();
        (radius * cosine, radius * sine)
    }

    /// One of these; none where there are none.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Brings these into another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, these: &mut [T]) {
        for last in (1..these.len()).rev() {
            these.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_generator() {
        let mut random = Random::new(1_234_567);
        // The first of the reference implementation (Vigna, splitmix64.c) for this seed.
        assert_eq!(random.bits(), 6_457_827_717_110_365_317);
        assert_eq!(random.bits(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_seed_gives_the_same_again_and_another_one_another() {
        let first = |seed| {
            let mut random = Random::new(seed);
            (0..8).map(|_| random.below(100)).collect::<Vec<_>>()
        };
        assert_eq!(first(7), first(7));
        assert_ne!(first(7), first(8));
    }

    #[test]
    fn numbers_stay_in_their_range_and_reach_all_of_it() {
        let mut random = Random::new(3);
        let below: std::collections::HashSet<usize> = (0..200).map(|_| random.below(5)).collect();
        assert_eq!(below, (0..5).collect());
        let shares: Vec<f32> = (0..1000).map(|_| random.share()).collect();
        assert!(shares.iter().all(|share| (0.0..1.0).contains(share)));
        let mean = shares.iter().sum::<f32>() / 1000.0;
        assert!((mean - 0.5).abs() < 0.05, "{mean}");
        assert_eq!((random.below(0), random.one::<u8>(&[])), (0, None));
    }

    #[test]
    fn normal_numbers_have_mean_0_and_deviation_1() {
        let mut random = Random::new(3);
        let all: Vec<f32> = (0..2000).flat_map(|_| <[f32; 2]>::from(random.normal())).collect();
        let mean = all.iter().sum::<f32>() / all.len() as f32;
        let variance = all.iter().map(|it| (it - mean).powi(2)).sum::<f32>() / all.len() as f32;
        assert!(mean.abs() < 0.05 && (variance - 1.0).abs() < 0.1, "{mean} {variance}");
    }

    #[test]
    fn nothing_is_lost_by_another_order() {
        let mut these: Vec<u32> = (0..50).collect();
        Random::new(1).shuffle(&mut these);
        assert_ne!(these, (0..50).collect::<Vec<_>>());
        these.sort_unstable();
        assert_eq!(these, (0..50).collect::<Vec<_>>());
    }
}
