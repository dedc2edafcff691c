//! Search among more passages than can be compared one by one: an inverted file of quantised vectors.
//!
//! The vectors are parted by k-means, and each is kept beside its part's centre as one bit a dimension (RaBitQ, Gao and
//! Long 2024: 64 bytes a passage, which stay in memory). A search looks into the parts nearest to the question and
//! compares the best of what it finds there by their whole vectors, so that the cosines it gives are exact.
//!
//! Measured with a million vectors that are as near to each other as those of a textbook's passages (`cargo xtask bench
//! -- --scale`): of the other kinds of index, eight bits a dimension found no more and took five times as long. What
//! came into the table after the index was made is compared one by one beside it, so nothing waits to be found. A room,
//! or a part of one, of few passages is compared one by one however large the library is.

use std::collections::HashMap;

use lancedb::index::Index;
use lancedb::index::scalar::BitmapIndexBuilder;
use lancedb::index::vector::IvfRqIndexBuilder;
use lancedb::query::VectorQuery;
use lancedb::table::{OptimizeAction, OptimizeOptions};
use lancedb::{DistanceType, Table};

use super::VectorIndex;
use super::seal::Seal;

/// Up to so many passages are compared one by one: about 30 ms on two cores.
pub(super) const EXACT_UP_TO: usize = 32_768;

/// Passages of a part. Four times as many parts are made in twice the time, and found in as much time for as good a
/// result.
const PART: u32 = 4096;

/// Of a dimension in a code. LanceDB's own choice is four times as large: more than may stay in memory of a million.
const BITS: u32 = 1;

/// Parts that a search looks into. Of the ten nearest among a million 98.9 in 100 are found; with half as many parts, 94.
const PROBES: usize = 160;

/// So many times the wanted passages are compared by their whole vectors.
const REFINE: u32 = 8;

/// The names of the indexes in the table.
const NEAREST: &str = "nearest";
const ROOMS: &str = "rooms";

/// How a search goes through the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    is_approximate: bool,
    /// How many rows fit the filter, where that was asked.
    rows: Option<usize>,
}

impl Way {
    pub(super) fn take(self, query: VectorQuery) -> lancedb::Result<VectorQuery> {
        if !self.is_approximate {
            return Ok(query.bypass_vector_index());
        }
        // As many more parts as it takes to find enough rows that fit.
        Ok(query.minimum_nprobes(PROBES)?.maximum_nprobes(None)?.refine_factor(REFINE))
    }

    /// A damaged approximate index may be read and find nothing.
    pub(super) fn expect(self, wanted: usize, found: usize) -> lancedb::Result<()> {
        // Half of the rows may have gone since they were counted.
        if found >= wanted.min(self.rows.unwrap_or_default() / 2) {
            return Ok(());
        }
        Err(lancedb::Error::Runtime { message: format!("it finds {found} passages where it should find {wanted}") })
    }
}

/// What a version of the table has, as far as searches have asked.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    version: u64,
    is_approximate: bool,
    /// Rows that fit a filter.
    rows: HashMap<String, usize>,
}

/// Filters whose rows are remembered: a person has few rooms open at a time.
const FILTERS: usize = 64;

impl Coverage {
    fn remember(&mut self, version: u64, within: &str, rows: usize) {
        if self.rows.len() >= FILTERS {
            self.rows.clear();
        }
        // Another search may have come upon a newer version meanwhile.
        if self.version == version {
            self.rows.insert(within.to_owned(), rows);
        }
    }
}

/// What is to be done about the approximate index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Made, or made anew: there is none, or it is of a library of quite another size.
    Make,
    /// What came since taken in.
    TakeIn,
    /// Taken away: few passages are left.
    Drop,
}

impl VectorIndex {
    /// How to search among the rows that fit the filter `within`.
    pub(super) async fn way(&self, table: &Table, within: &str) -> lancedb::Result<Way> {
        let version = table.version().await?;
        if self.coverage().version != version {
            let is_approximate = table.index_stats(NEAREST).await?.is_some();
            *self.coverage() = Coverage { version, is_approximate, rows: HashMap::new() };
        }
        let (is_approximate, rows) = {
            let coverage = self.coverage();
            (coverage.is_approximate, coverage.rows.get(within).copied())
        };
        if !is_approximate {
            return Ok(Way { is_approximate, rows: None });
        }
        let rows = match rows {
            Some(rows) => rows,
            None => {
                let rows = table.count_rows(Some(within.to_owned())).await?;
                self.coverage().remember(version, within, rows);
                rows
            }
        };
        Ok(Way { is_approximate: rows > self.exact_up_to(), rows: Some(rows) })
    }
}

/// What is to be done about the approximate index of a table, which was last made of `made_of` rows.
pub(super) async fn next_step(table: &Table, seal: &Seal, exact_up_to: usize) -> lancedb::Result<Option<Step>> {
    let rows = table.count_rows(None).await?;
    let Some(index) = table.index_stats(NEAREST).await? else {
        return Ok((rows > exact_up_to).then_some(Step::Make));
    };
    // It comes at one number and goes at half of it, so that no single document makes it come and go.
    Ok(if rows <= exact_up_to / 2 {
        Some(Step::Drop)
    } else if !(seal.made_of / 2..=seal.made_of.saturating_mul(2)).contains(&rows) {
        Some(Step::Make)
    } else if index.num_unindexed_rows > exact_up_to / 4 {
        Some(Step::TakeIn)
    } else {
        None
    })
}

/// Does it. The rows that the index is now made of, if it was made.
pub(super) async fn take(step: Step, table: &Table) -> lancedb::Result<Option<usize>> {
    match step {
        Step::Make => {
            let rows = table.count_rows(None).await?;
            let nearest = IvfRqIndexBuilder::default()
                .distance_type(DistanceType::Cosine)
                .target_partition_size(PART)
                .num_bits(BITS);
            table.create_index(&["vector"], Index::IvfRq(nearest)).name(NEAREST.into()).replace(true).execute().await?;
            let rooms = Index::Bitmap(BitmapIndexBuilder::default());
            table.create_index(&["room"], rooms).name(ROOMS.into()).replace(true).execute().await?;
            Ok(Some(rows))
        }
        Step::TakeIn => {
            // Into the one that is there: each further one would be searched by itself.
            table.optimize(OptimizeAction::Index(OptimizeOptions::merge(1))).await?;
            Ok(None)
        }
        Step::Drop => {
            table.drop_index(NEAREST).await?;
            table.drop_index(ROOMS).await?;
            Ok(None)
        }
    }
}
