//! The gate: no item is seen that it has not let through.
//!
//! It is given an item as a person would see it, the page that the item cites, and the document; what the item was made
//! of it doesn't know. It answers the question from the cited page itself, by words, and refuses the item when the key
//! is not what comes out; it looks through the whole document for what speaks for the other options; and it reads the
//! question as somebody who has nothing else before them. What is left to compare by meaning it hands back as
//! [`Comparison`]s, since that takes the model.

mod options;
mod repeats;
mod stem;
mod support;

use library::quizzes::{Item, ItemKind, Key};
use retrieval::{fold, words};
use serde::{Deserialize, Serialize};
use specta::Type;
use tutor::Source;

use super::gaps::GAP;
use super::meaning::Meanings;
use super::text::Text;
pub(super) use repeats::Asked;

/// Why an item is refused. Its names are a public interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename = "RefusalReason", rename_all = "snake_case")]
pub enum Reason {
    /// Its words don't stand on the cited page.
    NotOnPage,
    /// It can't be understood by itself.
    NotSelfContained,
    /// It tells its answer.
    TellsAnswer,
    /// Its options differ in kind, or two of them say the same.
    UnlikeOptions,
    /// The key is not what the cited page answers.
    KeyNotRecovered,
    /// The document supports another answer as well.
    AnotherFits,
    /// Another answer means nearly the same.
    TooNearInMeaning,
    /// A statement that is to be false is not contradicted by its source.
    NotContradicted,
    /// It asks again what another item asks.
    Repeats,
    /// What speaks for it is too little altogether.
    TooUnsure,
}

/// A refusal, with the options that are to blame where others may do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) reason: Reason,
    pub(super) blamed: Vec<String>,
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { reason, blamed: Vec::new() }
    }
}

/// Two texts of the document of which the first has to be nearer to the question than the second.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Comparison {
    asked: String,
    own: String,
    other: String,
    /// The option that the second speaks for; what else says as much has none.
    option: Option<String>,
}

/// What speaks for an item that may pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Findings {
    /// By how much the key is ahead by words, 0 to 1.
    margin: f32,
    comparisons: Vec<Comparison>,
    fillers: Vec<Filler>,
}

/// A name that has to suit a sentence with a gap better than another one.
#[derive(Clone, Debug, PartialEq)]
struct Filler {
    asked: String,
    own: String,
    other: String,
}

/// The cited page has at least this share of the question, by weight, in one sentence with the key.
const RECOVERED: f32 = 0.72;
/// No sentence that names another option has more of the question than this, nor comes so near to the key's.
const SUPPORTED: f32 = 0.55;
const AHEAD: f32 = 0.3;
/// A sentence that doesn't name the key and has this share of the question answers it otherwise.
const SAID_OTHERWISE: f32 = 0.85;
/// In meaning the key's sentence is nearer to the question by this cosine than any other option's.
const NEARER: f32 = 0.06;
/// What is said of another option is as near to the question as the same thing said in other words.
const SAME_MEANING: f32 = 0.82;
/// By this cosine the key suits its gap better than any other name.
const SUITS: f32 = 0.02;
/// Differences that are as good as any, in words and in cosine.
const CLEAR: f32 = 0.7;
const CLEAR_MEANING: f32 = 0.35;
/// Without the model an item is as sure as this share of what it would be with it.
const BY_WORDS_ALONE: f32 = 0.9;
/// What is less sure than this is not shown to anybody.
const LEAST: f32 = 0.3;

/// Holds an item against the text of the page that it cites and against its document. `pages` has one page for each
/// proof of the item.
pub(super) fn check(text: &Text, pages: &[String], proofs: &[&str], item: &Item) -> Result<Findings, Refusal> {
    if !pages.iter().zip(proofs).all(|(page, quote)| page.contains(quote)) || pages.len() != proofs.len() {
        return Err(Reason::NotOnPage.into());
    }
    if !stem::is_sufficient(item) {
        return Err(Reason::NotSelfContained.into());
    }
    if stem::tells_its_answer(item) {
        return Err(Reason::TellsAnswer.into());
    }
    let page = pages.first().map_or("", String::as_str);
    match (item.kind, &item.answer) {
        (ItemKind::Choice, Key::One(key)) => choice(text, page, item, key),
        (ItemKind::Cloze, Key::One(key)) => cloze(text, page, item, key),
        (ItemKind::TrueFalse, Key::One(key)) => statement(text, page, item, key),
        (ItemKind::Matching, Key::Each(meanings)) => matching(text, pages, proofs, item, meanings),
        (ItemKind::Short, Key::One(reference)) => short(text, page, item, reference),
        _ => Err(Reason::KeyNotRecovered.into()),
    }
}

fn choice(text: &Text, page: &str, item: &Item, key: &str) -> Result<Findings, Refusal> {
    if item.options.iter().filter(|option| *option == key).count() != 1
        || !options::are_alike(&item.options)
        || options::article_tells(&item.stem)
    {
        return Err(Reason::UnlikeOptions.into());
    }
    let others: Vec<&String> = item.options.iter().filter(|option| *option != key).collect();
    let margin = recovered(text, page, &item.stem, key, &others)?;
    let comparisons = comparisons(text, &item.stem, &item.citation.quote, &others);
    Ok(Findings { margin, comparisons, fillers: Vec::new() })
}

/// Answers a question from a page and a document; how far the key is ahead, 0 to 1.
fn recovered(text: &Text, page: &str, question: &str, key: &str, others: &[&String]) -> Result<f32, Refusal> {
    let (stems, known) = support::asked(text, question);
    let on_page = |option: &str| {
        let shares =
            sentences_of(page).into_iter().filter(|said| names(said, option)).map(|said| share(text, &stems, said));
        shares.fold(0.0, f32::max)
    };
    let own = on_page(key) * known;
    if own < RECOVERED {
        return Err(Reason::KeyNotRecovered.into());
    }
    let support = |option: &str| support::best(text, &stems, option).0;
    let fits: Vec<String> = others
        .iter()
        .filter(|option| {
            let other = support(option).max(on_page(option));
            other > SUPPORTED || other > own - AHEAD
        })
        .map(|option| (*option).clone())
        .collect();
    if !fits.is_empty() {
        return Err(Refusal { reason: Reason::AnotherFits, blamed: fits });
    }
    let nearest = others.iter().map(|option| support(option)).fold(0.0, f32::max);
    Ok(((own - nearest) / CLEAR).clamp(0.0, 1.0))
}

/// What is said of each of the other options that comes nearest to a question, and how it introduces them.
fn comparisons(text: &Text, question: &str, own: &str, others: &[&String]) -> Vec<Comparison> {
    let (stems, _) = support::asked(text, question);
    let mut all = Vec::new();
    for option in others {
        let (_, best) = support::best(text, &stems, option);
        let naming = support::naming(text, option);
        let opening = naming.iter().copied().find(|sentence| opens_with(text.sentence(*sentence), option));
        for sentence in best.into_iter().chain(opening.filter(|it| Some(*it) != best)) {
            all.push(Comparison {
                asked: question.to_owned(),
                own: own.to_owned(),
                other: text.sentence(sentence).to_owned(),
                option: Some((*option).clone()),
            });
        }
    }
    all
}

fn opens_with(sentence: &str, option: &str) -> bool {
    let bare = ["A ", "An ", "The "].iter().find_map(|article| sentence.strip_prefix(article)).unwrap_or(sentence);
    letters(bare).starts_with(&letters(option))
}

fn cloze(text: &Text, page: &str, item: &Item, key: &str) -> Result<Findings, Refusal> {
    // The page's own sentence fills the gap, without a look at the key.
    let filled = sentences_of(page).into_iter().find_map(|said| missing(said, &item.stem));
    if filled.is_none_or(|found| found != letters(key)) || item.stem.matches(GAP).count() > 2 {
        return Err(Reason::KeyNotRecovered.into());
    }
    let (stems, _) = support::asked(text, &item.stem.replace(GAP, " "));
    let covering = support::covering(text, &stems, 0.4);
    let otherwise: Vec<&(usize, f32)> =
        covering.iter().filter(|(sentence, _)| !names(text.sentence(*sentence), key)).collect();
    let nearest = otherwise.first().map_or(0.0, |it| it.1);
    if nearest >= SAID_OTHERWISE {
        return Err(Reason::AnotherFits.into());
    }
    let comparisons = otherwise.iter().take(2).map(|(sentence, _)| Comparison {
        asked: item.stem.clone(),
        own: item.citation.quote.clone(),
        other: text.sentence(*sentence).to_owned(),
        option: None,
    });
    Ok(Findings {
        margin: ((1.0 - nearest) / CLEAR).clamp(0.0, 1.0),
        comparisons: comparisons.collect(),
        ..Findings::default()
    })
}

/// The letters that a sentence has where another one has its gaps; none where they differ elsewhere.
fn missing(said: &str, gapped: &str) -> Option<String> {
    let said = letters(said);
    let parts: Vec<String> = gapped.split(GAP).map(letters).collect();
    let (first, rest) = parts.split_first()?;
    let mut left = said.strip_prefix(first.as_str())?;
    let mut found: Option<String> = None;
    for (at, part) in rest.iter().enumerate() {
        let end = if at + 1 == rest.len() {
            left.strip_suffix(part.as_str())?.len()
        } else {
            left.find(part.as_str()).filter(|end| *end > 0)?
        };
        let gap = left.get(..end)?;
        if found.as_deref().is_some_and(|found| found != gap) {
            return None;
        }
        found = Some(gap.to_owned());
        left = left.get(end + part.len()..)?;
    }
    found.filter(|it| !it.is_empty())
}

fn statement(text: &Text, page: &str, item: &Item, key: &str) -> Result<Findings, Refusal> {
    let stands = sentences_of(page).into_iter().any(|said| letters(said) == letters(&item.stem));
    if key == "true" {
        return if stands {
            Ok(Findings { margin: 1.0, comparisons: Vec::new(), ..Findings::default() })
        } else {
            Err(Reason::KeyNotRecovered.into())
        };
    }
    let objection =
        |said: &str| Source::new(&[], std::iter::once(said)).hold(&item.stem).first().and_then(|held| held.objection);
    if stands || letters(&item.stem) == letters(&item.citation.quote) || objection(&item.citation.quote).is_none() {
        return Err(Reason::NotContradicted.into());
    }
    let (stems, _) = support::asked(text, &item.stem);
    let supports = |(sentence, _): &(usize, f32)| {
        let said = text.sentence(*sentence);
        letters(said) != letters(&item.citation.quote) && objection(said).is_none()
    };
    let elsewhere = support::covering(text, &stems, SAID_OTHERWISE).iter().any(supports);
    if elsewhere {
        return Err(Reason::AnotherFits.into());
    }
    Ok(Findings { margin: 0.9, comparisons: Vec::new(), ..Findings::default() })
}

fn matching(
    text: &Text,
    pages: &[String],
    proofs: &[&str],
    item: &Item,
    meanings: &[String],
) -> Result<Findings, Refusal> {
    let count = item.terms.len();
    let whole = (4..=6).contains(&count) && meanings.len() == count && pages.len() == count;
    if !whole || !options::are_distinct(&item.terms) || !item.options.iter().all(|option| meanings.contains(option)) {
        return Err(Reason::UnlikeOptions.into());
    }
    let mut findings = Findings { margin: 1.0, comparisons: Vec::new(), ..Findings::default() };
    for (at, ((term, meaning), page)) in item.terms.iter().zip(meanings).zip(pages).enumerate() {
        let others: Vec<&String> = item.terms.iter().filter(|other| *other != term).collect();
        findings.margin = findings.margin.min(recovered(text, page, meaning, term, &others)?);
        let own = proofs.get(at).copied().unwrap_or_default();
        findings.comparisons.extend(comparisons(text, meaning, own, &others));
    }
    Ok(findings)
}

/// The reference stands in a sentence of the page that names what is asked for, or has most of the question's words.
fn short(text: &Text, page: &str, item: &Item, reference: &str) -> Result<Findings, Refusal> {
    let named = item.stem.split(['\u{201c}', '\u{201d}']).nth(1);
    let term = named.unwrap_or_else(|| {
        let bare = item.stem.trim_start_matches("What ").trim_start_matches("is ").trim_start_matches("are ");
        bare.trim_start_matches("the ").trim_start_matches("an ").trim_start_matches("a ").trim_end_matches('?')
    });
    let (stems, known) = support::asked(text, &item.stem);
    let answers = |said: &str| names(said, term) || share(text, &stems, said) * known >= RECOVERED;
    let says = |said: &str| answers(said) && letters(said).contains(&letters(reference));
    if !sentences_of(page).into_iter().any(says) {
        return Err(Reason::KeyNotRecovered.into());
    }
    Ok(Findings { margin: 1.0, comparisons: Vec::new(), ..Findings::default() })
}

impl Findings {
    /// With what else could be written into an item's gap.
    pub(super) fn beside(mut self, item: &Item, fillers: &[String]) -> Self {
        if let Key::One(key) = &item.answer {
            let filler = |other: &String| Filler { asked: item.stem.clone(), own: key.clone(), other: other.clone() };
            self.fillers.extend(fillers.iter().map(filler));
        }
        self
    }

    /// The texts whose meaning is compared.
    pub(super) fn texts(&self) -> Vec<&str> {
        let compared = self.comparisons.iter().flat_map(|it| [&it.asked, &it.own, &it.other]);
        let filled = self.fillers.iter().flat_map(|it| [&it.asked, &it.own, &it.other]);
        compared.chain(filled).map(String::as_str).collect()
    }

    /// How sure an item of this trust is, 0 to 1: the trust in its form, times what its margins by words leave of it
    /// (from 55 % at none to all of it), times the same for meaning (from 80 %).
    ///
    /// # Errors
    /// When what is said of another option comes too near to the question.
    pub(super) fn confidence(&self, meanings: &Meanings, trust: f32) -> Result<f32, Refusal> {
        let mut nearest = CLEAR_MEANING;
        let mut compared = self.comparisons.is_empty();
        let mut blamed = Vec::new();
        for it in &self.comparisons {
            let (own, other) = (meanings.likeness(&it.asked, &it.own), meanings.likeness(&it.asked, &it.other));
            let (Some(own), Some(other)) = (own, other) else { continue };
            compared = true;
            if own - other < NEARER || other > SAME_MEANING {
                blamed.push(it.option.clone().unwrap_or_default());
            }
            nearest = nearest.min(own - other);
        }
        for it in &self.fillers {
            let (own, other) = (meanings.likeness(&it.asked, &it.own), meanings.likeness(&it.asked, &it.other));
            if own.zip(other).is_some_and(|(own, other)| own < other + SUITS) {
                return Err(Reason::TooNearInMeaning.into());
            }
        }
        if !blamed.is_empty() {
            blamed.retain(|option| !option.is_empty());
            return Err(Refusal { reason: Reason::TooNearInMeaning, blamed });
        }
        let by_meaning = if compared { 0.8 + 0.2 * (nearest / CLEAR_MEANING).clamp(0.0, 1.0) } else { BY_WORDS_ALONE };
        let confidence = trust * (0.55 + 0.45 * self.margin) * by_meaning;
        if confidence < LEAST { Err(Reason::TooUnsure.into()) } else { Ok(confidence) }
    }
}

/// The sentences of a page's text.
fn sentences_of(page: &str) -> Vec<&str> {
    reader::sentences(page).into_iter().filter_map(|range| page.get(range)).collect()
}

/// Whether a text names something, whatever its endings.
fn names(said: &str, name: &str) -> bool {
    let stems = |text: &str| -> Vec<String> {
        words(text).map(|(_, word)| retrieval::stem(&fold(word)).into_owned()).collect()
    };
    let (said, name) = (stems(said), stems(name));
    !name.is_empty() && said.windows(name.len()).any(|window| window == name)
}

/// The share of stems, by their weight in the document, that a text has.
fn share(text: &Text, stems: &[super::text::Stem], said: &str) -> f32 {
    let (own, _) = text.telling(said);
    let weight = |of: &mut dyn Iterator<Item = &super::text::Stem>| of.map(|stem| text.weight(*stem)).sum::<f32>();
    let all = weight(&mut stems.iter());
    if all == 0.0 { 0.0 } else { weight(&mut stems.iter().filter(|stem| own.contains(stem))) / all }
}

/// Letters and digits alone, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
