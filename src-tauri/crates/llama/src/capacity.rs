//! How many tokens of context a model gets on a machine.

use crate::header::Header;
use crate::protocol::Failure;

/// Fewer are of no use with passages in the prompt.
const LEAST: u32 = 2048;

/// What llama.cpp works with beside weights and cache: for the batches that are used here, some tens of MB, and more
/// with vocabularies of 250,000 tokens.
const WORKING_BYTES: u64 = 256 << 20;

/// The context is rounded up to it by llama.cpp.
const STEP: u32 = 256;

/// The tokens of context: what the model was trained with, at most `cap`; halved, down to 2048, until weights, cache
/// and working memory fit into what is available.
///
/// # Errors
/// Not even the least fits.
pub(crate) fn context(header: &Header, file_bytes: u64, available: u64, cap: u32) -> Result<u32, Failure> {
    let trained = header.number("context_length").and_then(|n| u32::try_from(n).ok()).filter(|&n| n > 0);
    let mut context = trained.unwrap_or(cap).min(cap).max(1);
    let weights = file_bytes.saturating_mul(header.parts());
    loop {
        let cache = cache_bytes_per_token(header).saturating_mul(u64::from(context.next_multiple_of(STEP)));
        let needed = weights.saturating_add(cache).saturating_add(WORKING_BYTES);
        if needed <= available {
            return Ok(context);
        }
        if context <= LEAST {
            return Err(Failure::TooBig { needed, available });
        }
        context = (context / 2).max(LEAST);
    }
}

/// The keys and values of one token in all layers, two bytes a number. An architecture that keeps less (by windows or
/// states) is taken for one that keeps all.
fn cache_bytes_per_token(header: &Header) -> u64 {
    let number = |key| header.number(key);
    let layers = number("block_count").unwrap_or(0);
    let heads = number("attention.head_count").unwrap_or(1).max(1);
    let of_head = number("embedding_length").unwrap_or(0) / heads;
    let key = number("attention.key_length").unwrap_or(of_head);
    let value = number("attention.value_length").unwrap_or(of_head);
    let pairs = number("attention.head_count_kv").unwrap_or(heads);
    layers.saturating_mul(pairs).saturating_mul(key.saturating_add(value)).saturating_mul(2)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use model_maker::Model;

    use super::*;

    fn header(context: u32) -> Header {
        let model = Model { context, ..Model::tiny() };
        Header::read(&mut model.bytes().as_slice()).unwrap()
    }

    #[test]
    fn the_context_is_the_trained_one_up_to_the_cap() {
        assert_eq!(context(&header(2000), 1, u64::MAX, 8192), Ok(2000));
        assert_eq!(context(&header(131_072), 1, u64::MAX, 8192), Ok(8192));
    }

    #[test]
    fn scarce_memory_halves_the_context_and_at_last_refuses() {
        // Two layers, two pairs of 16 + 16 numbers of two bytes: 256 bytes a token.
        let fits = |tokens: u64| WORKING_BYTES + 1000 + tokens * 256;
        let got = |available| context(&header(8192), 1000, available, 8192);
        assert_eq!(got(fits(8192)), Ok(8192));
        assert_eq!(got(fits(8191)), Ok(4096));
        assert_eq!(got(fits(2048)), Ok(2048));
        assert_eq!(got(fits(2047)), Err(Failure::TooBig { needed: fits(2048), available: fits(2047) }));
    }
}
