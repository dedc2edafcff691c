//! Follow-ups of structure questions: "and page 58?", "and in chapter 4?", "how many chapters does it have?".

use super::asked::{Asked, Of, Place, Which, recognise};
use super::wording::tidy;

/// `question` as it would be asked without the turns before it, where it is a question about structure, or one that
/// goes on with the `last` turn's; none for any other question.
pub(crate) fn follow_up(question: &str, last: Option<&str>) -> Option<String> {
    let rest = tidy(question);
    let rest = ["what about ", "how about "]
        .iter()
        .find_map(|opening| {
            rest.get(..opening.len()).filter(|it| it.eq_ignore_ascii_case(opening)).map(|_| &rest[opening.len()..])
        })
        .unwrap_or(&rest);
    let before = last.and_then(|last| Some((last, recognise(last)?)));
    if let (Some((last, before)), Some(next)) = (&before, before.as_ref().and_then(|(_, it)| neighbour(rest, it))) {
        return replaced(last, &place_of(before)?.words, &next);
    }
    let asked = recognise(rest)?;
    let Some((last, before)) = before else {
        return Some(as_asked(question, rest));
    };
    // "And chapter 4?" asks for the same as before; a page alone is asked for its content anyway.
    if let (Asked::On { place, book: None }, Some(old)) = (&asked, place_of(&before))
        && rest.eq_ignore_ascii_case(&place.words)
        && place.level == old.level
        && let Some(again) = replaced(last, &old.words, &place.words)
    {
        return Some(again);
    }
    let points_back = rest.split(' ').any(|word| word.eq_ignore_ascii_case("it"));
    let parts = matches!(&asked, Asked::Contents { of, .. } | Asked::Count { of, .. } | Asked::Terms { of } if *of == Of::default());
    if points_back
        && parts
        && let Some(place) = place_of(&before)
    {
        return replaced(rest, "it", &place.words).map(|it| sentence(&it));
    }
    match (book_of(&before), book_of(&asked)) {
        (Some(book), None) if points_back => replaced(rest, "it", book).map(|it| sentence(&it)),
        (Some(book), None) => Some(sentence(&format!("{rest} in {book}"))),
        _ => Some(as_asked(question, rest)),
    }
}

/// A question that stands alone, letter for letter, unless it opens as one that goes on.
fn as_asked(question: &str, rest: &str) -> String {
    const GOES_ON: &[&str] = &["and", "but", "so", "or", "also", "then", "what", "how", "dan", "und"];
    let first = question.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
    let goes_on = GOES_ON.contains(&first.to_lowercase().as_str());
    let begins = rest.split(' ').next().unwrap_or("").eq_ignore_ascii_case(first);
    if goes_on && !begins { sentence(rest) } else { question.trim().to_owned() }
}

fn place_of(asked: &Asked) -> Option<&Place> {
    match asked {
        Asked::On { place, .. } | Asked::Start { place, .. } => Some(place),
        Asked::Contents { of, .. } | Asked::Count { of, .. } | Asked::Terms { of } => of.place.as_ref(),
        Asked::Defined { .. } | Asked::Called { .. } => None,
    }
}

fn book_of(asked: &Asked) -> Option<&str> {
    match asked {
        Asked::On { book, .. } | Asked::Start { book, .. } => book.as_deref(),
        Asked::Contents { of, .. } | Asked::Count { of, .. } | Asked::Terms { of } => of.book.as_deref(),
        Asked::Defined { term } => term.book.as_deref(),
        Asked::Called { .. } => None,
    }
}

/// "The next page": the place behind the one that was asked about.
fn neighbour(rest: &str, before: &Asked) -> Option<String> {
    let place = place_of(before)?;
    let Which::Label(label) = &place.which else { return None };
    let number: u32 = label.parse().ok()?;
    let lower = rest.to_lowercase();
    let kind = place.words.split(' ').next()?;
    let mut words = lower.trim_start_matches("the ").split(' ');
    let step = words.next()?;
    let one_more = words.next().is_none_or(|word| word == kind || word == "one") && words.next().is_none();
    let other = match step {
        "next" | "following" => number.checked_add(1),
        "previous" | "last" => number.checked_sub(1),
        _ => None,
    };
    other.filter(|_| one_more).map(|other| format!("{kind} {other}"))
}

/// `text` with the first `old` in it replaced, whatever its case.
fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let is_word = |at: usize| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(lower[..at].chars().next_back()) && edge(lower[at + old.len()..].chars().next())
    };
    let at = lower.match_indices(old).map(|(at, _)| at).find(|at| is_word(*at))?;
    Some(format!("{}{new}{}", text.get(..at)?, text.get(at + old.len()..)?))
}

/// Begins with a capital and ends with a mark.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    let mark = if text.ends_with(['?', '.', '!']) { "" } else { "?" };
    format!("{first}{}{mark}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follow_up_takes_what_it_leaves_out_from_the_turn_before() {
        for (last, question, expected) in [
            ("What is on page 57?", "And page 58?", "What is on page 58?"),
            ("What is on page 57?", "what about the next page?", "What is on page 58?"),
            ("What sections does chapter 3 have?", "and chapter 4?", "What sections does chapter 4 have?"),
            ("What is chapter 3 about?", "What sections does it have?", "What sections does chapter 3 have?"),
            (
                "What are the chapters of Biology 2e?",
                "How many pages does it have?",
                "How many pages does Biology 2e have?",
            ),
            ("What are the chapters of Biology 2e?", "And what is on page 9?", "What is on page 9 in Biology 2e?"),
            ("What is osmosis?", "and where is memory defined?", "Where is memory defined?"),
        ] {
            assert_eq!(follow_up(question, Some(last)).as_deref(), Some(expected), "{last} {question}");
        }
    }

    #[test]
    fn other_questions_are_left_to_others() {
        for question in ["Why?", "What causes it?", "Where is it defined?", "The next one", "What about memory?"] {
            assert_eq!(follow_up(question, Some("What is osmosis?")), None, "{question}");
        }
        assert_eq!(follow_up("What is on page 57?", None).as_deref(), Some("What is on page 57?"));
    }
}
