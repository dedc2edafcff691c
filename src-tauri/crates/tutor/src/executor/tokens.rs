//! Tokens of the built-in executor: the words of the text, which is all it reads. Those of other models are estimated
//! where their tokenizer is out of reach.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use llm_chain::tokens::{TokenCollection, Tokenizer, TokenizerError};
use unicode_segmentation::UnicodeSegmentation;

/// Numbers the words it meets, so that a text can be cut between words and put together again.
#[derive(Debug, Default)]
pub(crate) struct WordTokens(Mutex<Vocabulary>);

#[derive(Debug, Default)]
struct Vocabulary {
    numbers: HashMap<String, usize>,
    words: Vec<String>,
}

impl WordTokens {
    /// How many words, marks and spaces a text has.
    pub(crate) fn count(text: &str) -> u32 {
        u32::try_from(text.split_word_bounds().count()).unwrap_or(u32::MAX)
    }
}

/// At most so many tokens has a text for a model whose tokenizer is out of reach: one for three ASCII characters (byte
/// pair encodings of English come to four) and two for any other.
pub(crate) fn estimate(text: &str) -> u32 {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    let others = text.chars().filter(|c| !c.is_ascii()).count();
    u32::try_from(ascii.div_ceil(3) + 2 * others).unwrap_or(u32::MAX)
}

impl Tokenizer for WordTokens {
    fn tokenize_str(&self, doc: &str) -> Result<TokenCollection, TokenizerError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tokens: Vec<usize> = doc.split_word_bounds().map(|word| known.number(word)).collect();
        Ok(tokens.into())
    }

    fn to_string(&self, tokens: TokenCollection) -> Result<String, TokenizerError> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens
            .as_usize()?
            .into_iter()
            .map(|number| known.words.get(number).map(String::as_str))
            .collect::<Option<String>>()
            .ok_or(TokenizerError::ToStringError)
    }
}

impl Vocabulary {
    fn number(&mut self, word: &str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.words.len();
        self.words.push(word.to_owned());
        self.numbers.insert(word.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_text_is_cut_between_words_and_comes_back_whole() {
        let tokens = WordTokens::default();
        let text = "Water boils; ice doesn’t.";
        assert_eq!(tokens.to_string(tokens.tokenize_str(text).unwrap()).unwrap(), text);
        assert_eq!(tokens.split_text(text, 3, 0).unwrap().concat(), text);
    }
}
