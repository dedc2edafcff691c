//! Vectors that lie to each other as those of real passages do.

use retrieval::{DIMENSIONS, Embedded, Vector};

use seeded::Random;

/// Passages of a book, a chapter and a section.
const BOOK: usize = 2_000;
const CHAPTER: usize = 60;
const SECTION: usize = 6;
/// How far each leads a passage in its direction.
const WEIGHTS: [f32; 3] = [0.4, 0.45, 0.5];
/// How far its own words lead it away: at least, and by how much more at most.
const OWN: (f32, f32) = (0.35, 0.4);
/// How the spread falls from dimension to dimension: as the principal components of real vectors do.
const DECAY: f32 = 0.45;

/// A library's worth of them, one after the other: each is the sum of its book's, its chapter's and its section's
/// direction and one of its own, of length 1.
///
/// The numbers above were chosen to give the cosines of the 1,796 passages of a textbook of psychology by
/// all-MiniLM-L6-v2. Nearest neighbour (5th, 50th and 95th percentile): 0.60, 0.75, 0.85 there, 0.61, 0.74, 0.84 here;
/// tenth: 0.41, 0.54, 0.65 and 0.40, 0.50, 0.62; sixtieth: 0.29, 0.40, 0.49 and 0.30, 0.38, 0.48; any two: 0.00, 0.16,
/// 0.38 and -0.10, 0.14, 0.37.
pub(crate) struct Vectors {
    random: Random,
    spread: Vector,
    made: usize,
    directions: [Vector; 3],
}

impl Vectors {
    pub(crate) fn new(seed: u64) -> Self {
        let mut spread: Vector = std::array::from_fn(|at| (at as f32 + 1.0).powf(-DECAY));
        normalise(&mut spread);
        Self { random: Random::new(seed), spread, made: 0, directions: [[0.0; DIMENSIONS]; 3] }
    }

    /// The next passage's.
    pub(crate) fn next(&mut self) -> Vector {
        for (level, passages) in [BOOK, CHAPTER, SECTION].into_iter().enumerate() {
            if self.made.is_multiple_of(passages) {
                self.directions[level] = self.direction();
            }
        }
        self.made += 1;
        let own = OWN.0 + OWN.1 * self.random.share();
        let mut vector = self.direction().map(|number| own * number);
        for (direction, weight) in self.directions.iter().zip(WEIGHTS) {
            add(&mut vector, direction, weight);
        }
        normalise(&mut vector);
        vector
    }

    /// The next passage, with so many tokens. What their signs are makes no difference to how long they take.
    pub(crate) fn embedded(&mut self, tokens: usize) -> Embedded {
        let vector = self.next();
        let tokens = (0..tokens).map(|_| std::array::from_fn(|_| self.random.bits())).collect();
        Embedded { vector, tokens }
    }

    /// A question about a passage: as near to it as real ones are (a cosine of about 0.8).
    pub(crate) fn question(&mut self, about: &Vector) -> Vector {
        let mut vector = *about;
        let away = self.direction();
        add(&mut vector, &away, 0.75);
        normalise(&mut vector);
        vector
    }

    fn direction(&mut self) -> Vector {
        let mut direction = self.spread;
        for pair in direction.chunks_exact_mut(2) {
            let (first, second) = self.random.normal();
            pair[0] *= first;
            pair[1] *= second;
        }
        direction
    }
}

fn add(vector: &mut Vector, other: &Vector, weight: f32) {
    for (number, other) in vector.iter_mut().zip(other) {
        *number += weight * other;
    }
}

fn normalise(vector: &mut Vector) {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|number| *number /= length);
}
