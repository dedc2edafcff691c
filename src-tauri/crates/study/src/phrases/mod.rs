//! What is said of answers and of the making of questions, in each language of the interface: a method for each
//! sentence, so that no language lacks one.

mod english;
mod indonesian;

use kernel::InterfaceLanguage;
use library::quizzes::Verdict;

use english::English;
use indonesian::Indonesian;

/// The sentences of a language.
pub(crate) fn phrases(language: InterfaceLanguage) -> &'static dyn Phrases {
    match language {
        InterfaceLanguage::En => &English,
        InterfaceLanguage::Id => &Indonesian,
    }
}

/// Sentences about an answer, and about the making of questions. Points come as one text, without a mark at its end.
pub(crate) trait Phrases: Send + Sync {
    /// What an answer is worth.
    fn verdict(&self, verdict: Verdict) -> &'static str;
    /// Points that can't be true beside the answer.
    fn contradicted(&self, points: &str) -> String;
    /// Points that the answer does not name.
    fn missing(&self, points: &str) -> String;
    /// Points that the answer names in part.
    fn not_in_full(&self, points: &str) -> String;
    /// Right but for a slip of a letter.
    fn misspelt(&self, key: &str) -> String;
    /// Passed over.
    fn not_answered(&self, key: &str) -> String;
    /// Something else is right.
    fn is_other(&self, key: &str) -> String;
    /// How a statement is: true or false.
    fn truth(&self, is_true: bool) -> &'static str;
    /// How many pairs go together, of how many.
    fn pairs(&self, right: usize, all: usize) -> String;

    /// No questions can be made of the language of a text.
    fn other_language(&self) -> &'static str;
    /// There are fewer questions than were asked for.
    fn too_few(&self, made: usize, drafts: usize) -> String;
    /// A language model failed; `why` says how, in English.
    fn without_model(&self, why: &str) -> String;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(phrases: &dyn Phrases) -> Vec<String> {
        let verdicts = [Verdict::Correct, Verdict::Partial, Verdict::Incorrect, Verdict::Unsure];
        let whole = verdicts.map(|verdict| phrases.verdict(verdict)).into_iter();
        let whole = whole.chain([true, false].map(|is_true| phrases.truth(is_true))).map(str::to_owned);
        let filled = [
            phrases.contradicted("x"),
            phrases.missing("x"),
            phrases.not_in_full("x"),
            phrases.misspelt("x"),
            phrases.not_answered("x"),
            phrases.is_other("x"),
        ];
        let pairs = [(0, 3), (1, 3), (2, 3), (3, 3), (1, 1)].map(|(right, all)| phrases.pairs(right, all));
        let few = [(0, 0), (1, 1), (2, 2)].map(|(made, drafts)| phrases.too_few(made, drafts));
        let making = [phrases.other_language().to_owned(), phrases.without_model("x")];
        whole.chain(filled).chain(pairs).chain(few).chain(making).collect()
    }

    #[test]
    fn every_sentence_is_said_in_each_language() {
        let (english, indonesian) = (all(phrases(InterfaceLanguage::En)), all(phrases(InterfaceLanguage::Id)));
        for (english, indonesian) in english.iter().zip(&indonesian) {
            assert_ne!(english, indonesian);
        }
    }

    #[test]
    fn too_few_questions_are_counted_as_the_language_counts() {
        let [english, indonesian] = [InterfaceLanguage::En, InterfaceLanguage::Id].map(phrases);
        let begins = "There is not enough here that can be asked soundly:";
        assert_eq!(english.too_few(2, 0), format!("{begins} 2 questions passed all checks."));
        assert_eq!(
            english.too_few(1, 1),
            format!("{begins} 1 question passed all checks. One more should be looked at first.")
        );
        assert_eq!(
            indonesian.too_few(1, 2),
            "Di sini tidak cukup banyak yang bisa ditanyakan dengan baik: 1 soal lolos semua pemeriksaan. 2 soal lagi \
             perlu diperiksa dulu."
        );
    }
}
