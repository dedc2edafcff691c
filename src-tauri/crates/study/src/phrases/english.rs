use library::quizzes::Verdict;

use super::Phrases;

/// What the marker says in English.
pub(super) struct English;

impl Phrases for English {
    fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Correct => "That is right.",
            Verdict::Partial => "A part of it is right.",
            Verdict::Incorrect => "That is not it.",
            Verdict::Unsure => "Compare it with the reference yourself: this can be read either way.",
        }
    }

    fn contradicted(&self, points: &str) -> String {
        format!("It can't be true beside this: {points}.")
    }

    fn missing(&self, points: &str) -> String {
        format!("Missing: {points}.")
    }

    fn not_in_full(&self, points: &str) -> String {
        format!("Not said in full: {points}.")
    }

    fn misspelt(&self, key: &str) -> String {
        format!("That is right; it is spelt “{key}”.")
    }

    fn not_answered(&self, key: &str) -> String {
        format!("Not answered. Right is: {key}.")
    }

    fn is_other(&self, key: &str) -> String {
        format!("That is not it. Right is: {key}.")
    }

    fn truth(&self, is_true: bool) -> &'static str {
        if is_true { "true" } else { "false" }
    }

    fn pairs(&self, right: usize, all: usize) -> String {
        match right {
            0 => "None of them goes together.".to_owned(),
            _ if right == all => "All of them go together.".to_owned(),
            some => format!("{some} of {all} go together."),
        }
    }

    fn other_language(&self) -> &'static str {
        "Questions can be made of English text only so far, and this is in another language."
    }

    fn too_few(&self, made: usize, drafts: usize) -> String {
        let one = if made == 1 { "question" } else { "questions" };
        let look = match drafts {
            0 => String::new(),
            1 => " One more should be looked at first.".to_owned(),
            drafts => format!(" {drafts} more should be looked at first."),
        };
        format!("There is not enough here that can be asked soundly: {made} {one} passed all checks.{look}")
    }

    fn without_model(&self, why: &str) -> String {
        format!("{why} The other questions were made without it.")
    }
}
