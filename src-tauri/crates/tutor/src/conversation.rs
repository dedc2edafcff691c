//! Follow-ups: "and what causes it?" becomes a question that stands alone, from the turns before.
//!
//! Rules, no model: a pronoun without an antecedent in its own question stands for the topic of the
//! conversation, a question that says nothing by itself asks about that topic, and "what about X?" asks the
//! last question again about X. Questions about structure have follow-ups of their own. A question that stands alone is left as it is, letter for letter.

use crate::topic::{self, is_auxiliary, topic};
use crate::{structure, words};

/// Questions longer than this carry their own context.
const LONGEST_FOLLOW_UP: usize = 18;

/// Pronouns that stand for a thing or a person, and their possessives.
const PRONOUNS: [&str; 10] = ["it", "they", "them", "he", "she", "him", "this", "that", "these", "those"];
const POSSESSIVES: [&str; 4] = ["its", "their", "his", "her"];

/// Nouns that only point back: "this theory", "that process".
const POINTERS: &str = "theory theories process processes effect effects approach approaches concept concepts \
    idea ideas term terms method methods thing things phenomenon condition conditions person people group \
    model models view views event events topic subject one ones";

/// `question` as it would be asked without the turns before it; `earlier` are their standalone questions,
/// the oldest first.
pub(crate) fn standalone(question: &str, earlier: &[String]) -> String {
    let question = question.trim();
    if let Some(standing_alone) = structure::follow_up(question, earlier.last().map(String::as_str)) {
        return standing_alone;
    }
    let Some((last, topic)) = earlier.iter().rev().take(5).find_map(|turn| topic(turn).map(|topic| (turn, topic)))
    else {
        return question.to_owned();
    };
    let (_, rest) = without_opening(question);
    if rest.split_whitespace().count() > LONGEST_FOLLOW_UP {
        return question.to_owned();
    }
    if let Some(other) = topic::what_about(rest)
        && !points_back(other)
    {
        return asked_about(last, &topic, other);
    }
    asked_of(question, &topic).unwrap_or_else(|| question.to_owned())
}

/// `question` with what it is about put into it: in place of its pronouns, or behind a question that says nothing by
/// itself. None where it names its own subject.
pub(crate) fn asked_of(question: &str, topic: &str) -> Option<String> {
    let (_, rest) = without_opening(question.trim());
    if rest.split_whitespace().count() > LONGEST_FOLLOW_UP {
        return None;
    }
    if let Some(replaced) = replace_pronouns(rest, topic) {
        return Some(sentence(&replaced));
    }
    topic::lacks_a_subject(rest).then(|| about(rest, topic))
}

/// Whether a question has a pronoun, so that it may lean on what was said before.
pub(crate) fn has_pronoun(question: &str) -> bool {
    question.split_whitespace().map(folded).any(|word| {
        PRONOUNS.contains(&word.as_str())
            || POSSESSIVES.contains(&word.as_str())
            || matches!(word.as_str(), "one" | "ones")
    })
}

/// The question without "and", "but", "so" … in front, and whether there was one.
fn without_opening(question: &str) -> (bool, &str) {
    let mut rest = question;
    loop {
        let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let opens =
            matches!(word.to_lowercase().as_str(), "and" | "but" | "so" | "also" | "then" | "or" | "ok" | "okay");
        if !opens || word.len() == rest.len() {
            return (rest.len() < question.len(), rest);
        }
        rest = rest[word.len()..].trim_start_matches([',', ' ']);
    }
}

fn points_back(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let word = folded(word);
        PRONOUNS.contains(&word.as_str()) || POSSESSIVES.contains(&word.as_str())
    })
}

/// The last question, asked about something else.
fn asked_about(last: &str, topic: &str, other: &str) -> String {
    let other = other.trim_end_matches(['?', '.', '!', ' ']);
    // The topic stands behind its article.
    let bare = ["the ", "a ", "an "].iter().find_map(|article| other.strip_prefix(article)).unwrap_or(other);
    let at = last.to_lowercase().find(&topic.to_lowercase());
    match at.and_then(|at| Some((last.get(..at)?, last.get(at + topic.len()..)?))) {
        Some((before, after)) if before.ends_with("the ") => format!("{before}{bare}{after}"),
        Some((before, after)) => format!("{before}{other}{after}"),
        None => format!("{last} ({other})"),
    }
}

/// Every pronoun that stands for the topic replaced by it; `None` when there is none.
fn replace_pronouns(question: &str, topic: &str) -> Option<String> {
    let parts: Vec<&str> = question.split_whitespace().collect();
    let mut out: Vec<String> = Vec::with_capacity(parts.len());
    let mut replaced = false;
    let mut index = 0;
    while index < parts.len() {
        let part = parts[index];
        let core = folded(part);
        let next = parts.get(index + 1).map(|word| folded(word)).unwrap_or_default();
        let tail = &part[part.trim_end_matches(|c: char| !c.is_alphanumeric()).len()..];
        let free = !has_antecedent(&parts[..index]);
        let demonstrative = matches!(core.as_str(), "this" | "that" | "these" | "those");
        if free && demonstrative && POINTERS.split(' ').any(|noun| !noun.is_empty() && noun == next) {
            let tail = &parts[index + 1][parts[index + 1].trim_end_matches(|c: char| !c.is_alphanumeric()).len()..];
            out.push(format!("{topic}{tail}"));
            (replaced, index) = (true, index + 2);
            continue;
        }
        // "her" is also a pronoun; before a noun it says whose.
        if free && POSSESSIVES.contains(&core.as_str()) && !next.is_empty() && tail.is_empty() {
            out.push(possessive(topic));
            replaced = true;
        } else if free && stands_alone(&core, &next) && !is_expletive(&core, &next, parts.get(index + 2)) {
            out.push(format!("{topic}{tail}"));
            replaced = true;
        } else {
            out.push(part.to_owned());
        }
        index += 1;
    }
    replaced.then(|| out.join(" "))
}

/// Whether a pronoun is one here: "that" before a noun or a clause is not.
fn stands_alone(core: &str, next: &str) -> bool {
    match core {
        "this" | "that" | "these" | "those" => next.is_empty() || is_auxiliary(next) || topic::says_little(next),
        "her" => next.is_empty(),
        _ => PRONOUNS.contains(&core),
    }
}

/// "Is it true that …", "is it possible to …": this "it" stands for nothing.
fn is_expletive(core: &str, next: &str, after: Option<&&str>) -> bool {
    let adjective = !is_auxiliary(next) && !next.ends_with("ed");
    core == "it" && adjective && after.is_some_and(|after| matches!(*after, "that" | "to" | "if" | "whether"))
}

/// An earlier clause of the same question names something that the pronoun can stand for.
fn has_antecedent(before: &[&str]) -> bool {
    let boundary = before.iter().rposition(|word| {
        word.ends_with([',', ';', '.', ':', '?'])
            || matches!(folded(word).as_str(), "and" | "but" | "or" | "if" | "when" | "because" | "while")
    });
    boundary.is_some_and(|end| {
        let clause = before[..=end].join(" ");
        words::content(&clause).iter().any(|word| !topic::says_little(&word.word))
    })
}

/// "Why?" about X.
fn about(question: &str, topic: &str) -> String {
    let open = question.trim_end_matches(['?', '.', '!', ' ']);
    let mark = if question.ends_with(['.', '!']) { "." } else { "?" };
    let joint = if open.to_lowercase().ends_with(" of") || open.to_lowercase().ends_with(" about") {
        " "
    } else if open.split_whitespace().count() == 1 {
        ": "
    } else {
        " of "
    };
    sentence(&format!("{open}{joint}{topic}{mark}"))
}

fn possessive(topic: &str) -> String {
    if topic.ends_with('s') { format!("{topic}’") } else { format!("{topic}’s") }
}

fn folded(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(earlier: &[&str], question: &str) -> String {
        let earlier: Vec<String> = earlier.iter().map(|turn| (*turn).to_owned()).collect();
        standalone(question, &earlier)
    }

    #[test]
    fn pronouns_take_the_topic_of_the_turn_before() {
        for (last, question, expected) in [
            ("What is photosynthesis?", "and what causes it?", "What causes photosynthesis?"),
            ("What is the nitrogen cycle?", "Why is it important?", "Why is nitrogen cycle important?"),
            ("Who was Gregor Mendel?", "What did he discover?", "What did Gregor Mendel discover?"),
            ("What are mitochondria?", "What is their function?", "What is mitochondria’s function?"),
            ("Explain plate tectonics.", "Who proposed this theory?", "Who proposed plate tectonics?"),
            ("What is osmosis?", "How does that work?", "How does osmosis work?"),
        ] {
            assert_eq!(after(&[last], question), expected);
        }
    }

    #[test]
    fn questions_that_say_nothing_alone_ask_about_the_topic() {
        let last = "What is a black hole?";
        assert_eq!(after(&[last], "Why?"), "Why: black hole?");
        assert_eq!(after(&[last], "Give an example"), "Give an example of black hole?");
        assert_eq!(after(&[last], "And the causes?"), "The causes of black hole?");
    }

    #[test]
    fn what_about_asks_the_last_question_again() {
        assert_eq!(
            after(&["What is the function of the liver?"], "What about the kidneys?"),
            "What is the function of the kidneys?"
        );
    }

    #[test]
    fn questions_that_stand_alone_stay_letter_for_letter() {
        for question in [
            "What is the law of supply and demand?",
            "What is a glacier and how does it move?",
            "Is it true that water expands when frozen?",
            "Which theory says that the earth is a sphere?",
            "Is it possible to measure happiness?",
            "Who wrote the Critique of Pure Reason?",
        ] {
            assert_eq!(after(&["What is osmosis?"], question), question);
        }
        assert_eq!(after(&[], "What causes it?"), "What causes it?");
    }

    #[test]
    fn the_topic_lives_on_over_several_turns() {
        let first = "What is inflation?";
        let second = after(&[first], "What causes it?");
        assert_eq!(second, "What causes inflation?");
        assert_eq!(after(&[first, &second], "And how is it measured?"), "How is inflation measured?");
    }
}
