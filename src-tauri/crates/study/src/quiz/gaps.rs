//! A sentence with one of its terms blanked out.

use retrieval::{fold, is_stop_word, words};

use super::phrase::{is_akin, telling};
use super::sentence::is_plain;
use super::subject::Subject;
use super::term::{MARKED, Term};
use super::text::{Text, singular};

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
    if singular(key) != singular(&term.name) || ranges.len() > 2 {
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
    let stem = unlinked(&stem);
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

/// A sentence without the empty brackets that stand where a link to a figure stood.
pub(super) fn unlinked(said: &str) -> String {
    said.replace(" ()", "")
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

/// Telling words of a sentence that tells something of a term without saying what it is.
const TELLING: usize = 8;
/// Words before a name that stand there as often as this are a part of it.
const JOINED: usize = 2;

/// Whether a sentence says something of a term that asks for it alone, as far as its words show: plainly, in many words,
/// of the term itself and not of a thing that the term describes or that stands in a row with it. Where the sentence
/// neither opens with the term nor gives it its name, two more terms, names or numbers have to tell what it is about; otherwise one.
pub(super) fn is_fact(subject: &Subject, term: &Term, sentence: usize) -> bool {
    let said = subject.text.sentence(sentence);
    if !subject.is_statement(sentence) || !is_plain(said) || telling(said) < TELLING || term.usage.is_quality {
        return false;
    }
    let Some((stem, _)) = gapped(&subject.text, sentence, term) else { return false };
    let mut parts = stem.split(GAP);
    let (before, behind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let opens = matches!(before, "" | "The " | "A " | "An ");
    let naming = ["known as", "called", "termed", "referred to as"].iter().any(|name| {
        let bare = before.trim_end().trim_end_matches(" the").trim_end_matches(" a").trim_end_matches(" an");
        bare.ends_with(name)
    });
    // What the document neither marks nor defines is no key of a sentence that only tells something of it.
    if term.strength < MARKED && term.definition().is_none() {
        return false;
    }
    let needed = if naming {
        0
    } else if opens {
        1
    } else {
        2
    };
    // "The pressure is …", of what mostly has no article, is one that was spoken of before.
    let recalled = before == "The " && !term.usage.has_article;
    !recalled
        && !stands_in_a_row(before, behind)
        && !describes(&subject.text, term, behind)
        && !is_part(subject, term, before, behind)
        && (opens || has_verb(said))
        && subject.anchors(sentence, &term.name) >= needed
}

/// Whether a sentence has a verb that can be told from its form: captions have none.
fn has_verb(said: &str) -> bool {
    const VERBS: [&str; 18] = [
        "is", "are", "was", "were", "has", "have", "had", "does", "did", "will", "became", "becomes", "made", "makes",
        "led", "began", "gave", "took",
    ];
    words(said).any(|(_, word)| VERBS.contains(&word) || word.ends_with("ed"))
}

/// Whether what stands beside the gap could stand in it.
fn stands_in_a_row(before: &str, behind: &str) -> bool {
    let joins = |word: Option<&str>| word.is_some_and(|word| matches!(&*fold(word), "and" | "or"));
    let last = words(before).last().map(|(_, word)| word);
    joins(last)
        || joins(words(behind).next().map(|(_, word)| word))
        || before.ends_with(", ")
        || behind.starts_with(", ")
}

/// Whether the gap stands before a noun that it describes: no verb follows that its term could be the subject of.
fn describes(text: &Text, term: &Term, behind: &str) -> bool {
    let mut next = words(behind).map(|(_, word)| word);
    let (first, second) = (next.next().unwrap_or_default(), fold(next.next().unwrap_or_default()).into_owned());
    let is_verb = is_stop_word(&fold(first)) || first.ends_with('s') || first.ends_with("ed") || term.usage.is_plural;
    let verb_follows = ["is", "are", "was", "were", "has", "have", "can", "may", "will"].contains(&second.as_str());
    let joined = behind.starts_with(' ') && !first.is_empty();
    let is_noun = !is_stop_word(&fold(first)) && text.has_noun(first);
    joined
        && (!is_verb || is_noun || first.starts_with(char::is_uppercase) || !is_stop_word(&fold(first)) && verb_follows)
}

/// Whether the gap is a part of a longer name: behind a capital, or behind a word that often stands before the term.
fn is_part(subject: &Subject, term: &Term, before: &str, behind: &str) -> bool {
    let mut all = words(before).map(|(_, word)| word);
    let (opening, last) = (all.next(), words(before).last().map(|(_, word)| word));
    let Some(last) = last.filter(|_| before.ends_with(' ')) else { return false };
    let is_name = last.starts_with(char::is_uppercase) && opening != Some(last);
    let text = &subject.text;
    let stem = text.stem_of(last).filter(|_| !is_stop_word(&fold(last)));
    let joined = stem.map_or(0, |stem| {
        let name = [&[stem], term.stems.as_slice()].concat();
        term.mentions.iter().filter(|mention| text.occurrence(**mention, &name).is_some()).count()
    });
    is_name || joined >= JOINED || behind.starts_with('-')
}
