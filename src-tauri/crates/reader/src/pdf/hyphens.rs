//! Whether a hyphen at the end of a line belongs to the word.

use std::collections::HashSet;

use super::words::Words;

/// Words of the document, lower case: what it writes with and without a hyphen elsewhere.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashSet<String>);

/// First parts that English mostly ties with a hyphen; only asked when the document itself says nothing.
const TIED: &[&str] = &["self", "non", "ex", "well", "half", "all", "cross", "quasi"];

impl Vocabulary {
    /// Takes in the words of a page; parts of divided words are no words.
    pub(super) fn add(&mut self, words: &Words) {
        let mut after_division = false;
        for token in &words.tokens {
            let word = bare(words.word(token));
            let divided = token.hyphen || words.word(token).ends_with('-');
            if !divided && !after_division && word.len() > 1 && !self.0.contains(word) {
                self.0.insert(word.to_lowercase());
            }
            after_division = divided;
        }
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(&word.to_lowercase())
    }

    /// Whether `first` and `second`, divided at the end of a line, keep the hyphen between them.
    pub(super) fn keeps_hyphen(&self, page: &Self, first: &str, second: &str) -> bool {
        let (first, second) = (front(first), back(second));
        let known = |word: &str| self.has(word) || page.has(word);
        let (tied, closed) = (format!("{first}-{second}"), format!("{first}{second}"));
        if known(&closed) {
            return false;
        }
        if known(&tied) {
            return true;
        }
        let starts_new = second.chars().next().is_none_or(|letter| letter.is_uppercase() || letter.is_numeric());
        let ends_otherwise = !first.chars().next_back().is_some_and(char::is_alphabetic);
        if starts_new || ends_otherwise || first.contains('-') || second.contains('-') {
            return true;
        }
        if TIED.contains(&first.to_lowercase().as_str()) {
            return true;
        }
        // Two words of the document that stand alone elsewhere are more often tied than divided, if they are long.
        first.len() > 3 && second.len() > 3 && known(first) && known(second)
    }
}

/// Without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// The last unbroken part in front of the hyphen.
fn front(word: &str) -> &str {
    word.trim_end_matches(['-', '\u{2010}']).trim_start_matches(|letter: char| !letter.is_alphanumeric())
}

fn back(word: &str) -> &str {
    word.trim_end_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Vocabulary {
        Vocabulary(words.iter().map(|&word| word.to_owned()).collect())
    }

    #[test]
    fn the_documents_own_words_decide() {
        let known = of(&["behavior", "short-sighted", "twofold"]);
        let page = of(&[]);
        assert!(!known.keeps_hyphen(&page, "be", "havior,"));
        assert!(known.keeps_hyphen(&page, "(short", "sighted"));
        assert!(!known.keeps_hyphen(&page, "two", "fold"));
    }

    #[test]
    fn names_numbers_and_usual_prefixes_keep_it() {
        let none = of(&[]);
        assert!(none.keeps_hyphen(&none, "Jean", "Paul"));
        assert!(none.keeps_hyphen(&none, "1980", "95"));
        assert!(none.keeps_hyphen(&none, "self", "esteem"));
        assert!(!none.keeps_hyphen(&none, "psy", "chology"));
    }
}
