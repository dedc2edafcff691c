//! Statements that are true, or false by one small change.

use std::sync::LazyLock;

use library::quizzes::{ItemKind, Key};
use regex::Regex;
use retrieval::{fold, words};

use super::draft::{Draft, Manner, Seed};
use super::draw::below;
use super::gaps::{GAP, gapped, unlinked};
use super::rivals::rivals;
use super::subject::Subject;

/// How surely a true statement is true, one with another term is false, and one with another number or direction.
const TRUE: f32 = 0.95;
const SWAPPED: f32 = 0.9;
const TURNED: f32 = 0.85;
/// A statement that says what a term is, is worth more than one that tells something of it.
const TOLD: f32 = 0.85;

/// What can be asked this way: sentences that define a term first, then those that name one.
pub(super) fn seeds(subject: &Subject) -> Vec<Seed> {
    super::cloze::seeds(subject)
}

/// The item of a seed.
pub(super) fn draft(subject: &Subject, seed: &Seed, manner: Manner<'_>) -> Option<Draft> {
    let chance = manner.chance;
    let term = subject.terms.get(seed.term)?;
    let saying = term.sayings.get(seed.saying)?;
    let said = &*unlinked(subject.text.sentence(saying.sentence));
    let told = if saying.definition.is_some() { 1.0 } else { TOLD };
    let item = |stem: String, is_true: bool, trust: f32| Draft {
        kind: ItemKind::TrueFalse,
        stem,
        terms: Vec::new(),
        key: Key::One(is_true.to_string()),
        others: vec![(!is_true).to_string()],
        sentences: vec![saying.sentence],
        fillers: Vec::new(),
        trust: trust * told * subject.trust(saying),
    };
    if below(chance, said, 2) == 0 {
        return Some(item(said.to_owned(), true, TRUE));
    }
    let turned = || turned(said).or_else(|| recounted(said, chance)).map(|stem| item(stem, false, TURNED));
    let swapped = || {
        let stem = swapped(subject, seed, manner)?;
        Some(item(stem, false, SWAPPED))
    };
    match below(chance, &format!("change {said}"), 2) {
        0 => turned().or_else(swapped),
        _ => swapped(),
    }
}

/// The definition of a term said of another one.
fn swapped(subject: &Subject, seed: &Seed, manner: Manner<'_>) -> Option<String> {
    let term = subject.terms.get(seed.term)?;
    let saying = term.sayings.get(seed.saying)?;
    saying.definition.as_ref()?;
    let (stem, _) = gapped(&subject.text, saying.sentence, term)?;
    let other = rivals(subject, seed.term, manner, true).into_iter().find(|other| other.definition().is_some())?;
    Some(filled(&stem, &other.name))
}

/// A sentence with another term in its gaps: in capitals where it begins, and with its own article.
pub(super) fn filled(stem: &str, name: &str) -> String {
    let vowel = name.chars().next().is_some_and(|first| "aeiouAEIOU".contains(first));
    let vowel = vowel && !["uni", "use", "eu", "one", "ur"].iter().any(|it| fold(name).starts_with(it));
    let (large, small) = if vowel { ("An ", " an ") } else { ("A ", " a ") };
    let mut text = stem.to_owned();
    for article in [" a ", " an "] {
        text = text.replace(&format!("{article}{GAP}"), &format!("{small}{GAP}"));
    }
    for article in ["A ", "An "] {
        if let Some(rest) = text.strip_prefix(&format!("{article}{GAP}")) {
            text = format!("{large}{GAP}{rest}");
            break;
        }
    }
    match text.strip_prefix(GAP) {
        Some(rest) => {
            let mut letters = name.chars();
            let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            format!("{first}{}{rest}", letters.as_str()).replace(GAP, name)
        }
        None => text.replace(GAP, name),
    }
}

/// Pairs of words of which one turns what a sentence says into the opposite of what the other says.
const TURNS: [(&str, &str); 36] = [
    ("increase", "decrease"),
    ("increases", "decreases"),
    ("increased", "decreased"),
    ("increasing", "decreasing"),
    ("higher", "lower"),
    ("highest", "lowest"),
    ("largest", "smallest"),
    ("longest", "shortest"),
    ("strongest", "weakest"),
    ("greatest", "smallest"),
    ("faster", "slower"),
    ("stronger", "weaker"),
    ("strengthens", "weakens"),
    ("rise", "fall"),
    ("rises", "falls"),
    ("positive", "negative"),
    ("internal", "external"),
    ("inside", "outside"),
    ("inner", "outer"),
    ("always", "never"),
    ("maximum", "minimum"),
    ("voluntary", "involuntary"),
    ("conscious", "unconscious"),
    ("active", "passive"),
    ("short-term", "long-term"),
    ("northern", "southern"),
    ("eastern", "western"),
    ("majority", "minority"),
    ("upper", "lower"),
    ("anterior", "posterior"),
    ("superior", "inferior"),
    ("oldest", "youngest"),
    ("more", "less"),
    ("shorter", "longer"),
    ("rarely", "frequently"),
    ("presence", "absence"),
];

/// The sentence with one word of direction turned into its opposite; none where it has none or several.
fn turned(said: &str) -> Option<String> {
    let mut found = None;
    for (one, other) in TURNS {
        for (from, to) in [(one, other), (other, one)] {
            for (range, word) in words(said).filter(|(range, _)| said.get(range.clone()).is_some()) {
                let whole = said.get(range.start..range.start + from.len().min(said.len() - range.start));
                let hyphenated = from.contains('-') && whole == Some(from);
                if word == from || hyphenated {
                    // A second one may turn the first back.
                    if found.is_some() {
                        return None;
                    }
                    found = Some((range.start..range.start + from.len(), to));
                }
            }
        }
    }
    let (range, to) = found?;
    // "More than", "no more", "more and more", "the more …" have no plain opposite.
    let idiom = ["more", "less"].iter().any(|it| said.get(range.clone()) == Some(it));
    let behind = said.get(range.end..)?.trim_start();
    if idiom && ["than", "and", "or", "of", "often", "recently", "importantly"].iter().any(|it| behind.starts_with(it))
    {
        return None;
    }
    Some(format!("{}{to}{}", said.get(..range.start)?, said.get(range.end..)?))
}

/// The sentence with its only number changed; none where it has none or several.
fn recounted(said: &str, chance: u64) -> Option<String> {
    static NUMBER: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?:^|[\s$€£(])(\d{1,3}(?:,\d{3})+|\d+)(?:[\s%)]|,\s|\.$)").ok());
    let all: Vec<_> = NUMBER.as_ref()?.captures_iter(said).collect();
    let digits = said.chars().filter(char::is_ascii_digit).count();
    let [only] = &all[..] else { return None };
    let number = only.get(1)?;
    if digits != number.as_str().chars().filter(char::is_ascii_digit).count() {
        return None;
    }
    let value: u64 = number.as_str().replace(',', "").parse().ok()?;
    let grouped = number.as_str().contains(',');
    let is_year = (1000..2100).contains(&value) && !grouped;
    let by = 11 + below(chance, said, 20) as u64;
    let other = match value {
        _ if is_year => {
            if value + by < 2020 {
                value + by
            } else {
                value - by
            }
        }
        0..=2 => return None,
        3..=9 => value + 3,
        _ if said.get(number.end()..)?.trim_start().starts_with(['%', 'p']) && value > 50 => value / 2,
        _ => value.checked_mul(2)?,
    };
    let written = if grouped { thousands(other) } else { other.to_string() };
    Some(format!("{}{written}{}", said.get(..number.start())?, said.get(number.end()..)?))
}

fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_of_direction_is_turned() {
        assert_eq!(
            turned("Heat increases the pressure of a gas.").as_deref(),
            Some("Heat decreases the pressure of a gas.")
        );
        assert_eq!(turned("It stays in long-term memory.").as_deref(), Some("It stays in short-term memory."));
        for said in ["Heat increases what cold decreases.", "A gas has more than one pressure.", "Heat moves a gas."] {
            assert_eq!(turned(said), None, "{said}");
        }
    }

    #[test]
    fn the_only_number_is_changed() {
        for (said, expected) in [
            ("A day on it lasts 58 hours.", Some("A day on it lasts 116 hours.")),
            ("About 80 percent of it is water.", Some("About 40 percent of it is water.")),
            ("It is 149,600 km away.", Some("It is 299,200 km away.")),
            ("It lasted from 1914 to 1918.", None),
            ("It has 2 moons.", None),
            ("It has no moons.", None),
        ] {
            assert_eq!(recounted(said, 1).as_deref(), expected, "{said}");
        }
        assert!(recounted("The war ended in 1648.", 1).is_some_and(|it| !it.contains("1648")));
    }

    #[test]
    fn another_term_brings_its_article_and_capital() {
        assert_eq!(filled("A _____ is a place.", "isthmus"), "An isthmus is a place.");
        assert_eq!(filled("_____ is slow.", "erosion"), "Erosion is slow.");
        assert_eq!(filled("It is an _____ of old.", "river"), "It is a river of old.");
    }
}
