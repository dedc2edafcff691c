//! FSRS as it is elsewhere.

use seeded::Random;

use super::super::{Memory, MemoryModel};

/// The numbers that `fsrs/reference.py` makes its histories of.
const SEED: u64 = 20_779;
const DAYS: [u32; 15] = [0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 21, 40, 90, 200, 400];
const RATINGS: [usize; 10] = [1, 1, 2, 2, 3, 3, 3, 3, 3, 4];

/// Largest difference, as a share: the reference counts in 64 bits, this crate in 32, over up to twenty answers.
const TOLERANCE: f64 = 1e-4;

#[test]
fn a_thousand_histories_are_remembered_as_py_fsrs_remembers_them() {
    let model = MemoryModel::default();
    let mut random = Random::new(SEED);
    let lines: Vec<&str> = include_str!("fsrs/reference.txt").lines().collect();
    assert_eq!(lines.len(), 1_000);
    let mut worst: f64 = 0.0;
    for (history, line) in lines.into_iter().enumerate() {
        let retention = (80 + random.below(16)) as f32 / 100.0;
        let mut memory: Option<Memory> = None;
        for answer in 0..=random.below(20) {
            let days = if answer > 0 { DAYS[random.below(DAYS.len())] } else { 0 };
            memory = Some(model.after(memory, days)[RATINGS[random.below(RATINGS.len())] - 1]);
        }
        let memory = memory.unwrap();
        let ours = [memory.stability, memory.difficulty, model.interval(memory, retention)];
        let theirs = line.split(' ').map(|number| number.parse::<f64>().unwrap());
        for (ours, theirs) in ours.into_iter().zip(theirs) {
            let difference = (f64::from(ours) - theirs).abs() / theirs;
            assert!(difference < TOLERANCE, "history {history}: {ours} and {theirs}");
            worst = worst.max(difference);
        }
    }
    assert!(worst > 0.0, "nothing was compared");
}
