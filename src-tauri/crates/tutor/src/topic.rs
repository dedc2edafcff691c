//! What a question is about: the noun phrase that a follow-up's "it" stands for.

use crate::words;

/// Auxiliaries, and the verbs and nouns that questions of any subject are made of.
const AUXILIARIES: &str = "is are was were be been am do does did has have had can could will would shall should \
    may might must";
const FRAME: &str = "cause causes caused causing affect affects affected work works worked happen happens \
    happened occur occurs occurred mean means meant use used uses measure measured measures discover \
    discovered propose proposed invent invented introduce introduced develop developed found founded write \
    wrote create created define defined differ differs difference differences function functions purpose role \
    important importance example examples cause reason reasons result results effect effects kind kinds type \
    types part parts step steps stage stages main basic major more further again detail details definition \
    explain describe summarize summary say says said show shows make makes made know known called call study \
    studied studies help helps include includes advantage advantages disadvantage disadvantages symptom \
    symptoms treat treated treatment treatments feature features characteristic characteristics many much \
    long often exactly really mention give simple simply elaborate continue";

/// Words that join the parts of one noun phrase.
const JOINTS: [&str; 4] = ["of", "the", "in", "for"];

/// Whether the word is a form of be, do, have or a modal verb.
pub(crate) fn is_auxiliary(word: &str) -> bool {
    AUXILIARIES.split_whitespace().any(|known| known == word)
}

/// Whether a content word belongs to asking rather than to a subject.
pub(crate) fn says_little(word: &str) -> bool {
    FRAME.split_whitespace().any(|known| known == word)
}

/// The noun phrase a question is about: its last longest run of words that belong to a subject.
/// "Why is the nitrogen cycle important?" is about "nitrogen cycle".
pub(crate) fn topic(question: &str) -> Option<String> {
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    let mut words = question.split_whitespace().peekable();
    while let Some(raw) = words.next() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = word.to_lowercase();
        let little = words::is_stop(&folded) || says_little(&folded);
        let ends = raw.ends_with([',', ';', ':', '?', '.']);
        let inside = runs.last().is_some_and(|run| !run.is_empty());
        let goes_on = words.peek().is_some_and(|next| {
            let next = next.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            next == "the" || !(words::is_stop(&next) || says_little(&next))
        });
        if !little && !word.is_empty() {
            if let Some(run) = runs.last_mut() {
                run.push(word);
            }
        } else if inside && goes_on && JOINTS.contains(&folded.as_str()) && !ends {
            if let Some(run) = runs.last_mut() {
                run.push(word);
            }
            continue;
        } else {
            runs.push(Vec::new());
        }
        if ends {
            runs.push(Vec::new());
        }
    }
    runs.into_iter()
        .map(|mut run| {
            while run.last().is_some_and(|word| JOINTS.contains(&word.to_lowercase().as_str())) {
                run.pop();
            }
            run
        })
        .filter(|run| !run.is_empty())
        .max_by_key(|run| (run.len() > 1, run.iter().any(|word| is_name(word))))
        .map(|run| run.join(" "))
}

/// "What about X?", "How about X?": X.
pub(crate) fn what_about(question: &str) -> Option<&str> {
    let folded = question.to_ascii_lowercase();
    ["what about ", "how about "]
        .iter()
        .find(|opening| folded.starts_with(**opening))
        .and_then(|opening| question.get(opening.len()..))
        .filter(|rest| !rest.trim_matches(['?', ' ', '.']).is_empty())
}

/// "the causes?": a phrase of asking, without anything it could be about.
pub(crate) fn lacks_a_subject(question: &str) -> bool {
    words::content(question).iter().all(|word| says_little(&word.word))
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topic_is_the_phrase_that_belongs_to_a_subject() {
        for (question, expected) in [
            ("What is photosynthesis?", "photosynthesis"),
            ("Why is the nitrogen cycle important?", "nitrogen cycle"),
            ("Who discovered the structure of DNA?", "structure of DNA"),
            ("How does the law of supply work?", "law of supply"),
            ("What did Gregor Mendel discover?", "Gregor Mendel"),
        ] {
            assert_eq!(topic(question).as_deref(), Some(expected));
        }
        assert_eq!(topic("Why is it important?"), None);
    }
}
