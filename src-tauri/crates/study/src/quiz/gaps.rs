//! A sentence with one of its terms blanked out.

use retrieval::{fold, is_stop_word, words};

use super::definition::is_akin;
use super::term::Term;
use super::text::Text;

/// What stands for the term.
pub(super) const GAP: &str = "_____";
/// Telling words that have to be left.
const LEFT: usize = 5;

/// A sentence with every occurrence of a term blanked out, and the words of the gap as they stand there; none where
/// the term can be told from what is left, or where its gaps would need different words.
pub(super) fn gapped(text: &Text, sentence: usize, term: &Term) -> Option<(String, String)> {
    let said = text.sentence(sentence);
    let own = &text.sentences.get(sentence)?.words;
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(window) = own.get(at..at + term.stems.len()) {
        if window.iter().map(|word| word.stem).eq(term.stems.iter().copied()) {
            ranges.push(window.first()?.start as usize..window.last()?.end as usize);
            at += term.stems.len();
        } else {
            at += 1;
        }
    }
    let key = said.get(ranges.first()?.clone())?;
    if !is_form(key, &term.name) || ranges.len() > 2 {
        return None;
    }
    let mut stem = String::new();
    let mut from = 0;
    for range in &ranges {
        if !said.get(range.clone())?.eq_ignore_ascii_case(key) {
            return None;
        }
        stem.push_str(said.get(from..range.start)?);
        stem.push_str(GAP);
        from = range.end;
    }
    stem.push_str(said.get(from..)?);
    // "_____-like", "_____ (REM)", "_____’s" show what is missing, or a part of it.
    let beside = |it: &str| stem.contains(it);
    let shows = beside("_____ (")
        || beside("_____-")
        || beside("-_____")
        || beside("(_____)")
        || beside("_____’")
        || beside("_____'");
    (!shows && !gives_away(&stem, key) && telling(&stem) >= LEFT).then(|| (stem, key.to_owned()))
}

/// Whether words are those of a name, but for a plural's ending and capitals.
fn is_form(words: &str, name: &str) -> bool {
    let bare = |text: &str| -> String {
        let folded = fold(text).into_owned();
        let ending = folded.strip_suffix("ies").map(|stem| format!("{stem}y"));
        ending.unwrap_or_else(|| {
            folded.strip_suffix("es").or(folded.strip_suffix('s')).unwrap_or(&folded).trim_end_matches('e').to_owned()
        })
    };
    bare(words) == bare(name)
}

/// Whether a word that is left is of the family of one that is gone, or their initials.
pub(super) fn gives_away(left: &str, key: &str) -> bool {
    let gone: Vec<String> = words(key).map(|(_, word)| fold(word).into_owned()).collect();
    let initials: String = gone.iter().filter_map(|word| word.chars().next()).collect();
    words(left).map(|(_, word)| fold(word).into_owned()).filter(|word| !is_stop_word(word)).any(|word| {
        gone.iter().any(|own| !is_stop_word(own) && is_akin(own, &word))
            || gone.len() > 1 && (word == initials || word.strip_suffix('s') == Some(&initials))
    })
}

fn telling(text: &str) -> usize {
    words(text).filter(|(_, word)| !is_stop_word(&fold(word))).count()
}
