//! A model's tokenizer.

use std::path::Path;

use tokenizers::{Tokenizer, TruncationParams};

use super::files::TOKENIZER;
use crate::Error;

/// The tokenizer of the model in `folder`, for one text after the other; it reads `most` tokens of a text, or all.
pub(super) fn load(folder: &Path, most: Option<usize>) -> Result<Tokenizer, Error> {
    let path = folder.join(TOKENIZER);
    if !path.is_file() {
        return Err(Error::PartMissing { what: "The embedding model", path });
    }
    let broken = |error: tokenizers::Error| Error::PartBroken {
        what: "The embedding model's tokenizer",
        path: path.clone(),
        reason: error.to_string(),
    };
    let mut tokenizer = Tokenizer::from_file(&path).map_err(broken)?;
    tokenizer.with_padding(None);
    let truncation = most.map(|max_length| TruncationParams { max_length, ..Default::default() });
    tokenizer.with_truncation(truncation).map_err(broken)?;
    Ok(tokenizer)
}
