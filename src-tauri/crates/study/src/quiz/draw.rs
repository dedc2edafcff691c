//! Chance that is the same for the same seed, whatever was drawn before.

/// A number for something named `what`, even over all 64 bits: FNV-1a (Fowler, Noll and Vo) over its bytes, then the
/// finaliser of SplitMix64 (Steele, Lea and Flood, 2014) over that and the seed. Not for secrets.
pub(crate) fn draw(seed: u64, what: &str) -> u64 {
    let hashed = what
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let z = hashed ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// At least 0, less than `end`; 0 where that is 0.
pub(crate) fn below(seed: u64, what: &str, end: usize) -> usize {
    let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
    usize::try_from(draw(seed, what) % end).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_seed_and_a_name_give_the_same_again_and_others_another() {
        assert_eq!(draw(1, "cell"), draw(1, "cell"));
        assert_ne!(draw(1, "cell"), draw(2, "cell"));
        assert_ne!(draw(1, "cell"), draw(1, "cells"));
    }

    #[test]
    fn every_place_is_as_likely() {
        let mut counts = [0_usize; 4];
        for at in 0..4000 {
            counts[below(7, &format!("item {at}"), 4)] += 1;
        }
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
        assert_eq!(below(7, "none", 0), 0);
        let seeds: HashSet<u64> = (0..100).map(|seed| draw(seed, "")).collect();
        assert_eq!(seeds.len(), 100);
    }
}
