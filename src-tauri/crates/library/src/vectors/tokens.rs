//! What single tokens of a passage mean: the signs of their vectors, for comparing a question with a passage word by
//! word.

use kernel::PassageId;
use rusqlite::{Connection, Transaction};

use super::{DIMENSIONS, Vector, put};
use crate::Error;

/// The signs of a token's vector: bit `n % 64` of number `n / 64` is set where number `n` of the vector is above zero.
/// 48 bytes.
pub type Signs = [u64; DIMENSIONS / 64];

const BYTES: usize = DIMENSIONS / 8;

/// What a model makes of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// The direction of its meaning.
    pub vector: Vector,
    /// The meaning of each token that tells something, in their order; empty for a model that gives none.
    pub tokens: Vec<Signs>,
}

/// Stores what a model made of passages, as [`put`] does: tokens come and go with their vector.
pub fn put_embedded(tx: &Transaction<'_>, model: &str, found: &[(PassageId, &Embedded)]) -> Result<u32, Error> {
    let vectors: Vec<(PassageId, &Vector)> = found.iter().map(|(passage, found)| (*passage, &found.vector)).collect();
    let stored = put(tx, model, &vectors)?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO token_signs (passage, model, signs)
         SELECT passage, model, ?3 FROM vectors WHERE passage = ?1 AND model = ?2
         ON CONFLICT (passage, model) DO UPDATE SET signs = excluded.signs",
    )?;
    for (passage, found) in found {
        let blob: Vec<u8> = found.tokens.iter().flatten().flat_map(|part| part.to_le_bytes()).collect();
        insert.execute((passage.0, model, blob))?;
    }
    Ok(stored)
}

/// The tokens of these passages by a model, in their order; none for a passage without.
pub fn tokens(connection: &Connection, model: &str, passages: &[PassageId]) -> Result<Vec<Vec<Signs>>, Error> {
    let mut query = connection.prepare_cached("SELECT signs FROM token_signs WHERE passage = ? AND model = ?")?;
    passages
        .iter()
        .map(|passage| {
            let mut rows = query.query((passage.0, model))?;
            let Some(row) = rows.next()? else {
                return Ok(Vec::new());
            };
            let (tokens, _) = row.get_ref(0)?.as_blob().unwrap_or_default().as_chunks::<BYTES>();
            Ok(tokens.iter().map(signs).collect())
        })
        .collect()
}

fn signs(bytes: &[u8; BYTES]) -> Signs {
    let (parts, _) = bytes.as_chunks::<8>();
    let mut signs = Signs::default();
    for (sign, part) in signs.iter_mut().zip(parts) {
        *sign = u64::from_le_bytes(*part);
    }
    signs
}
