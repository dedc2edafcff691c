//! The order that a person gives things: each row has a position with room between it and the next, so that moving one
//! writes one row.

use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::Error;

/// Between two neighbours at first. So many halvings fit in between; positions stay whole numbers that JavaScript knows
/// exactly.
pub(crate) const GAP: i64 = 1 << 20;

/// Rows of a table in the order of their positions.
pub(crate) struct Ordered {
    /// The table.
    pub(crate) table: &'static str,
    /// Its key.
    pub(crate) key: &'static str,
    /// Which rows of it, as a condition.
    pub(crate) which: String,
    /// Which way rows of one position stand, by their keys: `ASC` or `DESC`.
    pub(crate) ties: &'static str,
}

impl Ordered {
    /// A position before all others.
    pub(crate) fn first(&self, connection: &Connection) -> Result<i64, Error> {
        Ok(between(None, self.end(connection, "min", 0)?).unwrap_or_default())
    }

    /// A position behind all others.
    pub(crate) fn last(&self, connection: &Connection) -> Result<i64, Error> {
        Ok(between(self.end(connection, "max", 0)?, None).unwrap_or_default())
    }

    /// Puts a row before another one, or behind all without one. Where two neighbours have no number between them any
    /// more, all are given new ones.
    pub(crate) fn place(&self, tx: &Transaction<'_>, row: i64, before: Option<i64>) -> Result<(), Error> {
        if before == Some(row) {
            return Ok(());
        }
        let position = match before {
            None => between(self.end(tx, "max", row)?, None),
            Some(next) => {
                let (earlier, at) = self.neighbours(tx, row, next)?;
                between(earlier, Some(at))
            }
        };
        match position {
            Some(position) => self.set(tx, row, position),
            None => self.spread(tx, row, before),
        }
    }

    fn end(&self, connection: &Connection, end: &str, but: i64) -> Result<Option<i64>, Error> {
        let Self { table, key, which, .. } = self;
        let sql = format!("SELECT {end}(position) FROM {table} WHERE {which} AND {key} <> ?");
        Ok(connection.prepare_cached(&sql)?.query_row([but], |row| row.get(0))?)
    }

    /// The positions of what stands before `next`, `row` apart, and of `next` itself.
    fn neighbours(&self, tx: &Transaction<'_>, row: i64, next: i64) -> Result<(Option<i64>, i64), Error> {
        let Self { table, key, which, ties } = self;
        let at: i64 = tx
            .prepare_cached(&format!("SELECT position FROM {table} WHERE {which} AND {key} = ?"))?
            .query_row([next], |found| found.get(0))
            .optional()?
            .ok_or_else(|| Error::not_found(self.key, next))?;
        let (precedes, back) = if *ties == "ASC" { ("<", "DESC") } else { (">", "ASC") };
        let earlier = tx
            .prepare_cached(&format!(
                "SELECT position FROM {table}
                 WHERE {which} AND {key} <> ?1 AND (position < ?2 OR (position = ?2 AND {key} {precedes} ?3))
                 ORDER BY position DESC, {key} {back} LIMIT 1"
            ))?
            .query_row((row, at, next), |found| found.get(0))
            .optional()?;
        Ok((earlier, at))
    }

    fn set(&self, tx: &Transaction<'_>, row: i64, position: i64) -> Result<(), Error> {
        let sql = format!("UPDATE {} SET position = ? WHERE {} = ?", self.table, self.key);
        tx.prepare_cached(&sql)?.execute((position, row))?;
        Ok(())
    }

    fn spread(&self, tx: &Transaction<'_>, row: i64, before: Option<i64>) -> Result<(), Error> {
        let Self { table, key, which, ties } = self;
        let sql = format!("SELECT {key} FROM {table} WHERE {which} AND {key} <> ? ORDER BY position, {key} {ties}");
        let mut rows: Vec<i64> =
            tx.prepare_cached(&sql)?.query_map([row], |found| found.get(0))?.collect::<Result<_, _>>()?;
        let at = rows.iter().position(|other| Some(*other) == before).unwrap_or(rows.len());
        rows.insert(at, row);
        for (row, position) in rows.into_iter().zip((0..).step_by(GAP as usize)) {
            self.set(tx, row, position)?;
        }
        Ok(())
    }
}

/// A number between two neighbours; none where there is none left.
fn between(earlier: Option<i64>, later: Option<i64>) -> Option<i64> {
    match (earlier, later) {
        (None, None) => Some(0),
        (None, Some(later)) => later.checked_sub(GAP),
        (Some(earlier), None) => earlier.checked_add(GAP),
        (Some(earlier), Some(later)) => (later - earlier > 1).then(|| earlier + (later - earlier) / 2),
    }
}
