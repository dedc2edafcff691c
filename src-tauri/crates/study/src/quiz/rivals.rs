//! Which other terms could be taken for a term, and are not it: what wrong options are made of.

use std::collections::HashSet;

use retrieval::{fold, is_stop_word, words};

use super::Difficulty;
use super::draft::Manner;
use super::draw::draw;
use super::phrase::is_akin;
use super::subject::Subject;
use super::term::Term;
use super::text::Text;

/// So many of the terms that stand nearest are the same field: about a chapter's.
const FIELD: usize = 14;
/// Terms further away than the so-manieth nearest are of no field that has anything to do with it.
const FAR: usize = 90;
/// Words between two names that a word of naming links.
const LINKED: usize = 6;
/// Words that make two names one thing, or one a kind of the other.
const LINKS: [&str; 16] = [
    "or",
    "called",
    "known",
    "termed",
    "named",
    "is",
    "are",
    "was",
    "were",
    "means",
    "also",
    "aka",
    "ie",
    "include",
    "includes",
    "including",
];

/// The terms that could be taken for the term `key`, in the order in which they are to be used: of the same field first
/// and, where it is to be hard, the nearest first; where it is to be easy, of other fields. What is to stand in the
/// term's place in a sentence has an article where it has one.
pub(super) fn rivals<'a>(subject: &'a Subject, key: usize, manner: Manner<'_>, in_sentence: bool) -> Vec<&'a Term> {
    let Subject { text, terms, .. } = subject;
    let Some(own) = terms.get(key) else { return Vec::new() };
    let at = |other: &usize| terms.get(*other);
    let fits = |it: &Term| is_alike(own, it) && (!in_sentence || it.usage.has_article == own.usage.has_article);
    let mut alike: Vec<usize> = (0..terms.len()).filter(|other| *other != key && at(other).is_some_and(fits)).collect();
    alike.sort_by_key(|other| (at(other).map_or(usize::MAX, |it| it.home.abs_diff(own.home)), *other));
    let apart = alike.into_iter().filter(|other| at(other).is_some_and(|it| !is_related(text, own, it)));
    let mut alike: Vec<usize> = apart.take(FAR).collect();
    let mixed = |part: &mut [usize]| {
        part.sort_by_key(|other| draw(manner.chance, &format!("{} {}", own.name, at(other).map_or("", |it| &it.name))));
    };
    let field = alike.len().min(FIELD);
    match manner.difficulty {
        Difficulty::Hard => {}
        Difficulty::Medium => {
            let (near, far) = alike.split_at_mut(field);
            mixed(near);
            mixed(far);
        }
        Difficulty::Easy => {
            if alike.len() >= 2 * FIELD {
                alike.rotate_left(field);
            }
            let end = alike.len().saturating_sub(field);
            if let Some(far) = alike.get_mut(..end) {
                mixed(far);
            }
        }
    }
    if manner.difficulty != Difficulty::Easy {
        // What is of the same class is the likelier taken for it.
        let classes = own.classes();
        alike
            .sort_by_key(|other| !at(other).is_some_and(|it| it.classes().iter().any(|class| classes.contains(class))));
    }
    alike.iter().filter_map(at).filter(|it| !manner.avoided.contains(&it.name)).collect()
}

/// Whether two names look as if they were of one kind: written alike, both one thing or both many, about as long.
pub(super) fn is_alike(a: &Term, b: &Term) -> bool {
    let (long, short) =
        (a.name.chars().count().max(b.name.chars().count()), a.name.chars().count().min(b.name.chars().count()));
    let count = |term: &Term| term.name.split_whitespace().count();
    let spread = count(a).abs_diff(count(b));
    a.writing() == b.writing()
        && a.usage.is_plural == b.usage.is_plural
        && spread <= 1
        && (long <= 2 * short || long - short <= 6)
        && a.usage.is_quality == b.usage.is_quality
        && (b.definition().is_some() || !b.usage.is_quality && !ends_as_quality(&b.name))
}

/// Whether a single word ends as words do that say how something is.
fn ends_as_quality(name: &str) -> bool {
    const ENDS: [&str; 10] = ["able", "ible", "al", "ic", "ive", "ous", "ary", "less", "ful", "ed"];
    !name.contains(' ') && ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether two terms are one, one is a kind or a part of the other's name, or the document says so.
pub(super) fn is_related(text: &Text, a: &Term, b: &Term) -> bool {
    let within = |a: &Term, b: &Term| a.stems.iter().all(|stem| b.stems.contains(stem));
    if within(a, b) || within(b, a) || is_family(&a.name, &b.name) || is_short_for(a, b) || is_short_for(b, a) {
        return true;
    }
    let defines = |a: &Term, b: &Term| {
        a.sayings
            .iter()
            .any(|saying| text.occurrence(saying.sentence, &b.stems).is_some() && saying.definition.is_some())
    };
    defines(a, b) || defines(b, a) || is_linked(text, a, b)
}

/// Whether each telling word of one has one of its family in the other.
fn is_family(a: &str, b: &str) -> bool {
    let telling = |name: &str| -> Vec<String> {
        words(name).map(|(_, word)| fold(word).into_owned()).filter(|word| !is_stop_word(word)).collect()
    };
    let (a, b) = (telling(a), telling(b));
    let within = |a: &[String], b: &[String]| a.iter().all(|own| b.iter().any(|other| is_akin(own, other)));
    within(&a, &b) || within(&b, &a)
}

/// Whether one is the other's initials.
fn is_short_for(short: &Term, long: &Term) -> bool {
    let initials: String =
        words(&long.name).filter_map(|(_, word)| word.chars().next()).flat_map(char::to_lowercase).collect();
    let letters: String = short.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    initials.chars().count() > 1 && (letters == initials || letters.strip_suffix('s') == Some(&initials))
}

/// Whether a sentence names both with a word between them that makes them one, or one a kind of the other.
fn is_linked(text: &Text, a: &Term, b: &Term) -> bool {
    let others: HashSet<usize> = b.mentions.iter().copied().collect();
    a.mentions.iter().filter(|mention| others.contains(mention)).any(|mention| {
        let places = (text.occurrence(*mention, &a.stems), text.occurrence(*mention, &b.stems));
        let ((Some(one), Some(two)), Some(sentence)) = (places, text.sentences.get(*mention)) else { return false };
        let (first, second) = if one < two { (one + a.stems.len(), two) } else { (two + b.stems.len(), one) };
        // Where one name stands within the other, they are one.
        let Some(between) = sentence.words.get(first..second) else { return true };
        if between.len() > LINKED {
            return false;
        }
        let said = text.sentence(*mention);
        let bytes = |at: usize| sentence.words.get(at).map_or(0, |word| word.start as usize);
        let bracketed = said.get(bytes(first.saturating_sub(1))..bytes(second)).is_some_and(|it| it.contains('('));
        bracketed
            || between.iter().any(|word| {
                said.get(word.start as usize..word.end as usize).is_some_and(|word| LINKS.contains(&&*fold(word)))
            })
    })
}
