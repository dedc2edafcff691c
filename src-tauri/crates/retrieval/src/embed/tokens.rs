use std::collections::HashMap;

use kernel::NativeParts;
use tokenizers::Tokenizer;

use super::tokenizer;
use crate::Error;

/// Words that are remembered; a book has some 20,000 different ones.
const REMEMBERED: usize = 65_536;

/// How many tokens of the model a text has, exactly.
///
/// The model's tokenizer never lets a token reach over white space, so the count of a text is the sum over its
/// words, and each different word is counted once.
pub struct TokenCounter {
    tokenizer: Tokenizer,
    words: HashMap<Box<str>, u32>,
}

impl TokenCounter {
    /// Loads the tokenizer of the model in `native`.
    ///
    /// # Errors
    /// When it is not there, or broken.
    pub fn load(native: &NativeParts) -> Result<Self, Error> {
        Ok(Self { tokenizer: tokenizer::load(&native.model(), None)?, words: HashMap::new() })
    }

    /// Tokens of `text`, without the two marks the model puts around it.
    pub fn count(&mut self, text: &str) -> u32 {
        text.split(separates).filter(|word| !word.is_empty()).map(|word| self.word(word)).sum()
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(&count) = self.words.get(word) {
            return count;
        }
        // The tokenizer fails on nothing that is UTF-8; a letter a token would be the worst case.
        let count =
            self.tokenizer.encode_fast(word, false).map_or_else(|_| word.chars().count(), |encoding| encoding.len());
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        if self.words.len() >= REMEMBERED {
            self.words.clear();
        }
        self.words.insert(word.into(), count);
        count
    }
}

/// White space as the tokenizer sees it: it drops control characters before it looks for spaces, so that a
/// vertical tab joins two words instead of parting them.
pub(super) fn separates(letter: char) -> bool {
    letter.is_whitespace() && (!letter.is_control() || matches!(letter, '\t' | '\n' | '\r'))
}

impl std::fmt::Debug for TokenCounter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenCounter").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::cell::RefCell;

    use proptest::prelude::*;

    use super::*;
    use crate::testing::native;

    #[test]
    fn a_sum_over_words_is_what_the_tokenizer_counts() {
        let Some(native) = native() else { return };
        let counter = RefCell::new(TokenCounter::load(&native).unwrap());
        let tokenizer = tokenizer::load(&native.model(), None).unwrap();
        let text = prop_oneof![
            "[ -~\\n\\t]{0,200}",
            "\\PC{0,80}",
            "(\\p{L}{1,12}[ \u{a0}\u{2009}\u{3000}\u{b}\u{85}\u{200b}\u{ad}.,-]){0,20}",
            "((Zürich|naïve|don’t|e\u{301}|[\\[]CLS[\\]]|[\\[]MASK[\\]]|##ing|心理学|3\\.14|x²)[ ,]){0,20}",
        ];
        proptest!(ProptestConfig::with_cases(400), |(text in text)| {
            let exact = tokenizer.encode(text.as_str(), false).unwrap().len();
            prop_assert_eq!(counter.borrow_mut().count(&text) as usize, exact);
            prop_assert_eq!(counter.borrow_mut().count(&text) as usize, exact, "the second time, from memory");
        });
    }
}
