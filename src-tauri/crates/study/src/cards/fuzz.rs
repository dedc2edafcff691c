//! Cards that are learnt together shall not be due together for ever.

/// Longest interval, in days.
pub(super) const LONGEST: u32 = 36_500;

/// How far an interval may be moved: this share of the part of it that lies between these days. As in py-fsrs 6.3.2
/// (`FUZZ_RANGES`) and in Anki.
const RANGES: [(f64, f64, f64); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f64::INFINITY, 0.05)];

/// An interval of whole days near `days`, told by `share`, from 0 up to 1.
pub(super) fn fuzzed(days: f32, share: f64) -> u32 {
    let days = f64::from(days).clamp(1.0, f64::from(LONGEST));
    let (least, most) = range(days);
    (f64::from(least) + share * f64::from(most - least + 1)).floor() as u32
}

/// The least and the greatest number of days that an interval may be moved to.
fn range(days: f64) -> (u32, u32) {
    let whole = days.round() as u32;
    if days < 2.5 {
        return (whole, whole);
    }
    let delta: f64 = 1.0 + RANGES.iter().map(|(from, to, share)| share * (days.min(*to) - from).max(0.0)).sum::<f64>();
    let least = ((days - delta).round() as u32).max(2);
    let most = ((days + delta).round() as u32).min(LONGEST);
    (least.min(most), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_moves_within_its_range_and_reaches_both_ends() {
        // delta: 1 + 0.15 * 4.5 + 0.1 * 13 + 0.05 * 80 = 6.975
        assert_eq!(range(100.0), (93, 107));
        assert_eq!((fuzzed(100.0, 0.0), fuzzed(100.0, 0.999_999)), (93, 107));
        assert_eq!((fuzzed(2.0, 0.9), fuzzed(0.1, 0.5)), (2, 1));
        assert_eq!(fuzzed(3.0, 0.0), 2);
        assert_eq!(fuzzed(f32::MAX, 0.999_999), LONGEST);
    }
}
