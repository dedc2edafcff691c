//! How answering has gone, told from the turns themselves: nothing is measured or kept beside them.

use kernel::Timestamp;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::TurnState;
use crate::{Error, stored};

/// The last so many turns are looked at.
const LATEST: u32 = 10_000;

/// Answers since a moment, of the last 10,000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Measures {
    /// Turns that have ended.
    pub turns: u32,
    /// Of these, those that the documents didn't answer.
    pub refused: u32,
    /// Those that somebody stopped, or the end of the app.
    pub stopped: u32,
    /// Those that could not be answered.
    pub failed: u32,
    /// Those that had been told before and were told again from memory.
    pub remembered: u32,
    /// Those in which another executor went on than the one that was asked.
    pub fell_back: u32,
    /// Statements of language models that were left out, because nothing supports them.
    pub unsupported: u32,
    /// Milliseconds until everything was found that the answer could rest on.
    pub retrieve: Percentiles,
    /// Of these, milliseconds in which the sentences of what was found were ranked.
    pub rank: Percentiles,
    /// Milliseconds to the first text.
    pub first_text: Percentiles,
    /// Milliseconds to the end.
    pub whole: Percentiles,
}

/// What half, 95 and 99 of a hundred stay below, by nearest rank; none where nothing was measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Percentiles {
    /// The median.
    pub p50: Option<u32>,
    /// The 95th percentile.
    pub p95: Option<u32>,
    /// The 99th percentile.
    pub p99: Option<u32>,
}

impl Percentiles {
    fn of(mut values: Vec<u32>) -> Self {
        values.sort_unstable();
        let at = |share: usize| values.get((values.len() * share).div_ceil(100).checked_sub(1)?).copied();
        Self { p50: at(50), p95: at(95), p99: at(99) }
    }
}

/// A turn as far as it is measured.
struct Measured {
    state: TurnState,
    answered: bool,
    remembered: bool,
    fell_back: bool,
    unsupported: u32,
    times: [Option<u32>; 4],
}

/// How answering has gone since a moment. Times of answers from memory count for nothing but the whole.
pub fn measures(connection: &Connection, since: Timestamp) -> Result<Measures, Error> {
    let mut turns = connection.prepare_cached(
        "SELECT state, answered, coalesce(json_extract(provenance, '$.remembered'), 0),
             json_extract(provenance, '$.fell_back') IS NOT NULL,
             coalesce(json_array_length(provenance, '$.unsupported'), 0),
             json_extract(provenance, '$.retrieve_ms'), json_extract(provenance, '$.rank_ms'),
             json_extract(provenance, '$.first_token_ms'), elapsed_ms
         FROM turns WHERE created >= ? AND state <> 'streaming' ORDER BY created DESC LIMIT ?",
    )?;
    let mut measures = Measures::default();
    let mut times: [Vec<u32>; 4] = Default::default();
    for turn in turns.query_map((since.0, LATEST), read)? {
        let turn = turn?;
        measures.turns += 1;
        measures.refused += u32::from(turn.state == TurnState::Complete && !turn.answered);
        measures.stopped += u32::from(turn.state == TurnState::Stopped);
        measures.failed += u32::from(turn.state == TurnState::Failed);
        measures.remembered += u32::from(turn.remembered);
        measures.fell_back += u32::from(turn.fell_back);
        measures.unsupported = measures.unsupported.saturating_add(turn.unsupported);
        for (at, time) in turn.times.into_iter().enumerate() {
            let is_whole = at == 3;
            times[at].extend(time.filter(|_| is_whole || !turn.remembered));
        }
    }
    [measures.retrieve, measures.rank, measures.first_text, measures.whole] = times.map(Percentiles::of);
    Ok(measures)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Measured> {
    Ok(Measured {
        state: stored::named(row, 0)?,
        answered: row.get(1)?,
        remembered: row.get(2)?,
        fell_back: row.get(3)?,
        unsupported: row.get(4)?,
        times: [row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let of = |values: &[u32]| Percentiles::of(values.to_vec());
        assert_eq!(of(&[]), Percentiles::default());
        assert_eq!(of(&[7]), Percentiles { p50: Some(7), p95: Some(7), p99: Some(7) });
        let hundred: Vec<u32> = (1..=100).rev().collect();
        assert_eq!(of(&hundred), Percentiles { p50: Some(50), p95: Some(95), p99: Some(99) });
    }
}
