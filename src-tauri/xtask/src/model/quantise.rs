//! Weights as signed bytes with one scale for each output channel: w ≈ byte × scale, zero stays zero.

/// A matrix of signed bytes; row-major `rows × columns`.
#[derive(Debug, PartialEq)]
pub(crate) struct Quantised {
    /// The bytes, in -127..=127.
    pub(crate) values: Vec<i8>,
    /// One factor per channel.
    pub(crate) scales: Vec<f32>,
}

/// Quantises each row by its own scale: for tables that are looked up row by row.
pub(crate) fn by_row(weights: &[f32], columns: usize) -> Quantised {
    let scales: Vec<f32> = weights.chunks_exact(columns).map(|row| scale(row.iter().copied())).collect();
    let values = weights
        .chunks_exact(columns)
        .zip(&scales)
        .flat_map(|(row, &scale)| row.iter().map(move |&w| to_byte(w, scale)))
        .collect();
    Quantised { values, scales }
}

/// Quantises each column by its own scale: for the right-hand side of a matrix product.
pub(crate) fn by_column(weights: &[f32], columns: usize) -> Quantised {
    let scales: Vec<f32> = (0..columns).map(|c| scale(weights.iter().skip(c).step_by(columns).copied())).collect();
    let values = weights
        .chunks_exact(columns)
        .flat_map(|row| row.iter().zip(&scales).map(|(&w, &scale)| to_byte(w, scale)))
        .collect();
    Quantised { values, scales }
}

fn scale(weights: impl Iterator<Item = f32>) -> f32 {
    let largest = weights.fold(0.0_f32, |largest, w| largest.max(w.abs()));
    if largest > 0.0 { largest / 127.0 } else { 1.0 }
}

fn to_byte(weight: f32, scale: f32) -> i8 {
    (weight / scale).round_ties_even().clamp(-127.0, 127.0) as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: [f32; 6] = [0.5, -3.0, 0.0, -0.25, 1.0, 0.0];

    #[test]
    fn a_column_is_off_by_at_most_half_a_step() {
        let q = by_column(&WEIGHTS, 3);
        for (i, w) in WEIGHTS.iter().enumerate() {
            let step = q.scales[i % 3];
            assert!((f32::from(q.values[i]) * step - w).abs() <= step / 2.0 + 1e-6, "weight {i}");
        }
        assert_eq!(q.values[1], -127, "the largest weight of a column takes the whole range");
        assert_eq!(q.scales[2], 1.0, "a column of zeros has a scale that divides");
    }

    #[test]
    fn a_row_has_its_own_scale() {
        let q = by_row(&WEIGHTS, 3);
        assert_eq!(q.scales.len(), 2);
        assert_eq!(q.values[1], -127);
        assert_eq!(q.values[4], 127);
    }
}
