//! Sentences that say what something is: "X is a …", "X refers to …", "… is called X", and the same in German and
//! Indonesian.

use std::ops::Range;

use super::phrase::{is_term, leading, trimmed, without_brackets};
use super::{Found, Run, TermKind};

/// Verbs that a definition follows, the surest first, with how surely it does.
const MEANS: &[(&str, u8)] = &[
    (" is defined as ", 76),
    (" are defined as ", 76),
    (" can be defined as ", 74),
    (" refers to ", 72),
    (" refer to ", 70),
    (" is the term for ", 72),
    (" wird definiert als ", 76),
    (" versteht man ", 60),
    (" bezeichnet ", 60),
    (" didefinisikan sebagai ", 76),
    (" adalah ", 60),
    (" ialah ", 60),
    (" merupakan ", 52),
    (" means ", 56),
    (" occurs when ", 56),
    (" is when ", 54),
    (" bedeutet ", 52),
    (" berarti ", 52),
    (" is the study of ", 62),
    (" is the scientific study of ", 64),
    (" is a process ", 60),
    (" is the process ", 60),
    (" is the ability ", 60),
    (" is the tendency ", 60),
    (" is a type of ", 58),
    (" is a form of ", 58),
    (" is any ", 56),
    (" is a ", 50),
    (" is an ", 50),
    (" are the ", 42),
    (" are those ", 46),
    (" is the ", 50),
    (" ist ein ", 50),
    (" ist eine ", 50),
    (" ist die ", 46),
    (" ist der ", 46),
    (" ist das ", 46),
    (" involves ", 40),
    (" describes ", 44),
    (" are ", 46),
];

/// Words that a term follows.
const NAMES: &[(&str, u8)] = &[
    (" is called ", 60),
    (" are called ", 60),
    (" was called ", 52),
    (" be called ", 52),
    // In passing, in a sentence that says something else.
    (" called ", 48),
    (" known as ", 48),
    (" referred to as ", 48),
    (" is termed ", 60),
    (" are termed ", 60),
    (" termed ", 48),
    (" heißt ", 56),
    (" nennt man ", 60),
    (" disebut ", 60),
    (" dinamakan ", 60),
    (" dikenal sebagai ", 60),
];

/// What explains a term that was just named.
const EXPLAINED: &[&str] = &[", which is ", ", which are ", ", which refers ", ", that is", ", or ", "—", ", i.e."];

/// What may stand between a term and the verb of its definition is a bracket of this length at most, in bytes.
const ASIDE: usize = 60;

/// A definition whose term is set in bold, or in italic letters; an eighth of what its words are worth comes on top.
const BOLD: u8 = 80;
const ITALIC: u8 = 62;
/// Bold letters in a sentence that has none of the words of a definition.
const BOLD_ALONE: u8 = 42;

/// What leads to a term of which a sentence tells how it works, and what follows it: "In osmosis, water moves …", "Bei
/// der Osmose wandert …".
const WITHIN: &[(&str, char)] =
    &[("In ", ','), ("During ", ','), ("Bei ", ' '), ("Beim ", ' '), ("Dalam ", ','), ("Pada ", ',')];

/// Words of a sentence that comes back to what was explained before, or puts it off; such a place is less sure.
const ELSEWHERE: &[&str] = &[
    "turn to",
    "this chapter",
    "this section",
    "next chapter",
    "next section",
    "you will see",
    "will be discussed",
    "we will discuss",
    "recall",
    "as we discussed",
    "as discussed",
    "as mentioned",
    "you learned",
    "you’ve learned",
    "you've learned",
    "previous section",
    "previous chapter",
    "earlier",
    "later in this",
    "you will learn",
];
const ELSEWHERE_LESS: u8 = 14;

/// What a sentence of a text defines, `all[at]`. One that opens with a word pointing back ("This is called …") has the
/// sentence before it in its definition; a term that is only introduced in bold letters ("We come to osmosis.") is
/// defined by the next sentence, if that goes on with it.
pub(super) fn definitions(text: &str, all: &[Range<usize>], at: usize, emphasis: &[Run]) -> Vec<Found> {
    let range = all[at].clone();
    let mut found = of_sentence(text, &range, emphasis);
    let sentence = &text[range.clone()];
    let elsewhere = is_elsewhere(sentence);
    let previous = at.checked_sub(1).map(|before| &all[before]).filter(|_| points_back(sentence));
    let whole = previous.map_or(range.start, |it| it.start)..range.end;
    for it in &mut found {
        let introduced = it.kind == TermKind::Emphasised && it.strength == BOLD_ALONE;
        let next = all.get(at + 1).filter(|_| introduced);
        let explained = next.and_then(|next| Some((next, explains(&text[next.clone()], &text[it.term.clone()])?)));
        if let Some((next, said)) = explained {
            it.definition = next.clone();
            it.strength = BOLD + said / 8;
            continue;
        }
        it.definition = whole.clone();
        if elsewhere && !introduced {
            it.strength = it.strength.saturating_sub(ELSEWHERE_LESS);
        }
    }
    found
}

/// Whether a sentence can say what something is: a question or three words can't.
fn is_statement(sentence: &str) -> bool {
    !sentence.ends_with(['?', ':']) && sentence.split_whitespace().nth(3).is_some()
}

fn is_elsewhere(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ELSEWHERE.iter().any(|words| lower.contains(words))
}

/// How surely a sentence says what a term is that the one before it has introduced: it opens with the term, or tells
/// what happens in it.
fn explains(sentence: &str, term: &str) -> Option<u8> {
    if !is_statement(sentence) || is_elsewhere(sentence) {
        return None;
    }
    let behind = |opening: &str| {
        let rest = &sentence[trimmed(sentence, opening.len()..sentence.len()).start..];
        let own = rest.get(..term.len()).filter(|own| own.to_lowercase() == term.to_lowercase())?;
        Some(&rest[own.len()..]).filter(|behind| !behind.starts_with(char::is_alphanumeric))
    };
    let within = WITHIN.iter().filter(|(opening, _)| sentence.starts_with(opening));
    if within.filter_map(|(opening, mark)| Some((behind(opening)?, *mark))).any(|(it, mark)| it.starts_with(mark)) {
        return Some(0);
    }
    said_of("", behind("")?)
}

fn points_back(sentence: &str) -> bool {
    const OPENINGS: &[&str] =
        &["this", "these", "that", "such", "it", "they", "he", "she", "dies", "diese", "hal", "ini"];
    let first = sentence.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    OPENINGS.contains(&first.to_lowercase().as_str())
}

fn of_sentence(text: &str, range: &Range<usize>, emphasis: &[Run]) -> Vec<Found> {
    let sentence = &text[range.clone()];
    if !is_statement(sentence) {
        return Vec::new();
    }
    let mut found = emphasised(text, range, emphasis);
    let by_words = subject(text, range).into_iter().chain(named(text, range));
    for (term, strength) in by_words {
        let known = found.iter().any(|it| it.term.start < term.end && term.start < it.term.end);
        if !known {
            found.push(Found { term, definition: range.clone(), kind: TermKind::Sentence, strength });
        }
    }
    found
}

/// The terms that stand out by their letters. Italic letters stress words and name books too: they count only with
/// the words of a definition.
fn emphasised(text: &str, range: &Range<usize>, emphasis: &[Run]) -> Vec<Found> {
    let inside = |run: &&Run| run.start >= range.start && run.end <= range.end && run.end - run.start < range.len();
    emphasis
        .iter()
        .filter(inside)
        .filter_map(|run| {
            // A dash that the run takes in begins what is said of the term.
            let end = run.start + text.get(run.start..run.end)?.find('—').unwrap_or(run.end - run.start);
            let term = trimmed(text, without_brackets(text, trimmed(text, run.start..end)));
            let words = text.get(term.clone())?;
            if !is_term(words) || words.contains(',') {
                return None;
            }
            let said = said_of(&text[range.start..term.start], &text[end..range.end]);
            let strength = match (said, run.bold) {
                (Some(said), true) => BOLD + said / 8,
                (None, true) => BOLD_ALONE,
                (Some(said), false) if said > 0 => ITALIC + said / 8,
                (_, false) => return None,
            };
            Some(Found { term, definition: range.clone(), kind: TermKind::Emphasised, strength })
        })
        .collect()
}

/// How surely a definition stands around a term, from the words before and behind it.
fn said_of(before: &str, behind: &str) -> Option<u8> {
    let behind = without_aside(behind).to_lowercase();
    let behind = format!(" {} ", behind.trim_start_matches(['”', '"', '’', ' ']));
    let verb = MEANS.iter().find(|(verb, _)| behind.starts_with(verb)).map(|(_, strength)| *strength);
    let run_in = before.trim().is_empty() && behind.trim_start().starts_with([':', '—', '–']);
    let before = format!(" {} ", before.trim_end_matches(['“', '"', '‘', ' ', '(']).to_lowercase());
    let before = ["a ", "an ", "the ", "die ", "der ", "das "]
        .iter()
        .find_map(|article| before.strip_suffix(&format!(" {article}")))
        .map_or(before.clone(), |before| format!("{before} "));
    let name = NAMES.iter().find(|(name, _)| before.ends_with(name)).map(|(_, strength)| *strength);
    let plain = [" is ", " are ", ", or "].iter().any(|end| before.ends_with(end));
    let in_other_words = EXPLAINED.iter().any(|it| behind.trim_start().starts_with(it));
    let is_subject = before.trim().is_empty();
    verb.max(name).or(run_in.then_some(64)).or((plain || in_other_words).then_some(40)).or(is_subject.then_some(0))
}

/// What follows a bracket, or a "; or Y," that says a term in other words.
fn without_aside(text: &str) -> &str {
    let rest = text.trim_start_matches([' ', ',', '”', '"']);
    let aside = if rest.starts_with('(') {
        rest.find(')').map(|at| at + 1)
    } else if rest.starts_with("or ") && text.starts_with(',') {
        rest.find(',').map(|at| at + 1)
    } else {
        None
    };
    aside.filter(|at| *at <= ASIDE).and_then(|at| rest.get(at..)).unwrap_or(text)
}

/// The subject of a sentence that says what its subject is.
fn subject(text: &str, range: &Range<usize>) -> Option<(Range<usize>, u8)> {
    let sentence = &text[range.clone()];
    // The first verb of the sentence decides: "X is made of what Y refers to" does not define Y.
    let (at, verb, strength) = MEANS
        .iter()
        .filter_map(|(verb, strength)| Some((sentence.find(verb)?, *verb, *strength)))
        .min_by_key(|(at, verb, _)| (*at, usize::MAX - verb.len()))?;
    if verb == " are " && ![" that ", " which ", " who ", " in which "].iter().any(|it| sentence[at..].contains(it)) {
        return None;
    }
    let end = range.start + at;
    let subject = opening(text, range.start, end);
    let subject = match verb {
        " versteht man " => behind_word(text, subject, "Unter"),
        " adalah " | " ialah " => behind_word(text, subject, "dimaksud dengan"),
        _ => subject,
    };
    let term = trimmed(text, without_brackets(text, trimmed(text, subject)));
    let words = text.get(term.clone())?;
    let alone = is_term(words) && !words.contains([',', ':', '“', '”']);
    (alone && words.split_whitespace().count() <= 6).then_some((term, strength))
}

/// The subject without what leads to it: "In psychology, …", "However, …".
fn opening(text: &str, start: usize, end: usize) -> Range<usize> {
    let part = &text[start..end];
    let first = part.split_whitespace().next().unwrap_or("");
    let leads = first.ends_with(',') || ["In", "For", "Within", "As", "Im", "In", "Dalam"].contains(&first);
    match part.rfind(", ").filter(|at| leads && *at < 60) {
        Some(comma) => start + comma + 2..end,
        None => start..end,
    }
}

fn behind_word(text: &str, range: Range<usize>, word: &str) -> Range<usize> {
    match text[range.clone()].rfind(word) {
        Some(at) => range.start + at + word.len()..range.end,
        None => range,
    }
}

/// The terms that a sentence gives to what it has described.
fn named(text: &str, range: &Range<usize>) -> Vec<(Range<usize>, u8)> {
    let sentence = &text[range.clone()];
    let mut found: Vec<(Range<usize>, u8)> = Vec::new();
    for (name, strength) in NAMES {
        for (at, _) in sentence.match_indices(name) {
            let from = range.start + at + name.len();
            let clear = *name != " called " || names_something(&sentence[..at]);
            let Some(term) = leading(text, from, range.end).filter(|_| clear) else {
                continue;
            };
            let known = found.iter().any(|(it, _)| it.start == term.start);
            let few = text[term.clone()].split_whitespace().count() <= 5;
            if few && !known && is_term(&text[term.clone()]) {
                found.push((term, *strength));
            }
        }
    }
    found
}

/// Whether the words before "called" describe something; "she called Paul" and "the bill called for" don't.
fn names_something(before: &str) -> bool {
    const SUBJECTS: &[&str] = &["he", "she", "it", "they", "we", "i", "you", "who", "and", "to", "so"];
    let last = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
    !SUBJECTS.contains(&last.as_str()) && last.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',')
}
