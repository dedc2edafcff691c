//! The model of memory: FSRS-6, with its default parameters or those fitted to a room.

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSError, MemoryState};
use kernel::CardId;
use library::cards::{CardState, Fitted, Rating, Review};

/// How well something is remembered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days after which it is recalled with a probability of 90 %.
    pub stability: f32,
    /// From 1 to 10.
    pub difficulty: f32,
}

impl Memory {
    fn state(self) -> MemoryState {
        MemoryState { stability: self.stability, difficulty: self.difficulty }
    }
}

impl From<MemoryState> for Memory {
    fn from(state: MemoryState) -> Self {
        Self { stability: state.stability, difficulty: state.difficulty }
    }
}

/// FSRS with its parameters.
pub struct MemoryModel {
    fsrs: FSRS,
    decay: f32,
}

impl MemoryModel {
    /// With the parameters of a room; without any, or with some that are none, the default ones.
    pub fn new(fitted: Option<&Fitted>) -> Self {
        fitted.and_then(|fitted| Self::with(&fitted.parameters).ok()).unwrap_or_default()
    }

    /// With these parameters.
    ///
    /// # Errors
    /// `InvalidParameters` unless there are 17, 19 or 21, all of them numbers.
    pub fn with(parameters: &[f32]) -> Result<Self, FSRSError> {
        let filled = fsrs::check_and_fill_parameters(parameters)?;
        let decay = filled.get(20).copied().unwrap_or(fsrs::FSRS6_DEFAULT_DECAY);
        Ok(Self { fsrs: FSRS::new(parameters)?, decay })
    }

    /// The memory after each of the four answers, `elapsed` days after the last one.
    pub fn after(&self, memory: Option<Memory>, elapsed: u32) -> [Memory; 4] {
        // The retention only matters for intervals, which are not asked for.
        match self.fsrs.next_states(memory.map(Memory::state), 0.9, elapsed) {
            Ok(next) => [next.again, next.hard, next.good, next.easy].map(|state| state.memory.into()),
            // A stored state that is no number: begin again.
            Err(_) if memory.is_some() => self.after(None, elapsed),
            Err(_) => [Memory { stability: 1.0, difficulty: 5.0 }; 4],
        }
    }

    /// The days after which something is recalled with the probability `retention`.
    pub fn interval(&self, memory: Memory, retention: f32) -> f32 {
        self.fsrs.next_interval(Some(memory.stability), retention, 3)
    }

    /// The probability that something is recalled after so many days.
    pub fn retrievability(&self, memory: Memory, days: f32) -> f32 {
        fsrs::current_retrievability(memory.state(), days, self.decay)
    }

    /// The memory that events of one card have left, in their order: always by the present parameters, so that new
    /// ones hold for what was answered before as well. What came from elsewhere counts as it came.
    pub fn replay(&self, events: &[Review]) -> Option<Memory> {
        let mut memory = None;
        for event in events {
            memory = match (event.rating, event.state) {
                (Some(rating), _) => Some(self.one(memory, event.elapsed_days.unwrap_or(0), rating)),
                (None, CardState::New) => None,
                (None, _) => stored(event).or(memory),
            };
        }
        memory
    }

    fn one(&self, memory: Option<Memory>, elapsed: u32, rating: Rating) -> Memory {
        let [again, hard, good, easy] = self.after(memory, elapsed);
        match rating {
            Rating::Again => again,
            Rating::Hard => hard,
            Rating::Good => good,
            Rating::Easy => easy,
        }
    }

    /// What a card of another program with an interval and an ease factor (SM-2) is remembered like.
    pub fn from_sm2(&self, ease: f32, interval: f32) -> Option<Memory> {
        self.fsrs.memory_state_from_sm2(ease, interval, 0.9).ok().map(Memory::from)
    }
}

impl Default for MemoryModel {
    fn default() -> Self {
        // The crate's own parameters: its constructor has nothing to refuse in them.
        Self { fsrs: FSRS::default(), decay: DEFAULT_PARAMETERS[20] }
    }
}

/// What an event that is no answer says of the memory.
fn stored(event: &Review) -> Option<Memory> {
    let (stability, difficulty) = (event.stability? as f32, event.difficulty? as f32);
    (stability > 0.0 && difficulty > 0.0).then_some(Memory { stability, difficulty })
}

/// A number from 0 up to 1 that is the same for the same card at the same answer (SplitMix64's last step).
pub(super) fn share(card: CardId, reps: u32) -> f64 {
    let mut z = (card.0 as u64)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(u64::from(reps).wrapping_mul(0xd1b5_4a32_d192_ed03));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}
