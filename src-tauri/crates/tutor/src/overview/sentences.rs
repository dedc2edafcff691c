//! The sentences of a part that can be said by themselves, and what speaks for each beside its weight among the others.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use kernel::DocumentId;
use library::passages::StoredPassage;
use library::terms::{self, SURE};
use library::{Connection, Error as Stored};
use reader::BlockKind;
use retrieval::{Retrieval, words as split};

use super::apparatus::{is_apparatus, is_summary, points_elsewhere};
use super::parts::{Excerpt, Part};
use crate::asking::Work;
use crate::composing::{is_joint, points_back};
use crate::evidence::{is_prose, is_quotable, sentence_text, unit_start};
use crate::words::{self, letters};
use crate::{Error, blocking};

/// Sentences of fewer or more words than these are fragments or can't be taken in at once.
const WORDS: Range<usize> = 6..50;

/// How many stems sentences are compared by without a model.
const STEMS: usize = 1000;

/// What speaks for and against a sentence, in standard deviations of the weight that the others give it. Set by reading
/// what was chosen from textbooks; after the cues, titles and places of Edmundson, *New methods in automatic extracting*
/// (1969).
const DEFINES: f32 = 1.3;
const OPENS: f32 = 0.3;
const SUMS_UP: f32 = 1.0;
const NAMES_TITLE: f32 = 0.8;
const SPEAKS_TO_READER: f32 = -1.3;
const SPEAKS_OF_ONE: f32 = -0.7;
const SPEAKS_OF_A_STUDY: f32 = -0.7;
const GOES_ON: f32 = -1.0;

/// A part that has been read.
#[derive(Debug)]
pub(super) struct Reading {
    /// Its passages, in order.
    pub(super) passages: Arc<Vec<StoredPassage>>,
    /// Those sentences of it that can be said, in order.
    pub(super) sentences: Vec<Sentence>,
}

/// A sentence that can be said, with the one before it where it points back.
#[derive(Debug)]
pub(super) struct Sentence {
    /// Its passage, as a place among those of the reading.
    pub(super) passage: usize,
    /// Its sentences there.
    pub(super) sentences: Range<usize>,
    /// The stems of its content words.
    pub(super) stems: HashSet<String>,
    /// What speaks for it beside its weight.
    pub(super) cues: f32,
    /// Where its meaning points, of length 1; those of a reading can be compared with each other.
    pub(super) direction: Vec<f32>,
}

/// Reads a part of a document.
pub(super) async fn read(work: &Work, document: DocumentId, part: Part) -> Result<Reading, Error> {
    let library = work.library.clone();
    let (excerpts, mut reading) = blocking(move || {
        Ok(library.read(|connection| {
            let excerpts = part.read(connection, document)?;
            let passages: Vec<_> = excerpts.iter().map(|excerpt| excerpt.passage.clone()).collect();
            let sentences = sentences(connection, document, &part.title, &passages)?;
            Ok((excerpts, Reading { passages: Arc::new(passages), sentences }))
        })?)
    })
    .await?;
    reading.direct(&work.retrieval, excerpts).await;
    Ok(reading)
}

impl Reading {
    /// Tells where each sentence points: by its tokens, or by its words where the model hasn't read all of them.
    async fn direct(&mut self, retrieval: &Retrieval, excerpts: Vec<Excerpt>) {
        let before: Vec<usize> = excerpts.iter().map(|excerpt| excerpt.before).collect();
        let whole = excerpts.into_iter().map(|excerpt| excerpt.whole).collect();
        let meanings = match retrieval.meanings(whole).await {
            Ok(meanings) => meanings,
            Err(error) => {
                tracing::info!(%error, "sentences are weighed by their words alone");
                Vec::new()
            }
        };
        let of = |sentence: &Sentence| -> Option<Vec<f32>> {
            let last = (before.get(sentence.passage)? + sentence.sentences.end).checked_sub(1)?;
            meanings.get(sentence.passage)?.get(last)?.clone()
        };
        let directions: Option<Vec<Vec<f32>>> = self.sentences.iter().map(of).collect();
        let directions = directions.unwrap_or_else(|| by_words(&self.sentences));
        for (sentence, direction) in self.sentences.iter_mut().zip(directions) {
            sentence.direction = direction;
        }
    }
}

/// Each sentence as its stems, weighted by how few of the others have them. What one sentence alone has is in common
/// with none, so that only the [`STEMS`] commonest count.
fn by_words(sentences: &[Sentence]) -> Vec<Vec<f32>> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for stem in sentences.iter().flat_map(|sentence| &sentence.stems) {
        *counts.entry(stem).or_default() += 1;
    }
    let mut common: Vec<(&str, u32)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    common.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    common.truncate(STEMS);
    let all = sentences.len() as f32;
    let weighted = common.iter().enumerate().map(|(place, (stem, count))| (*stem, (place, (all / *count as f32).ln())));
    let known: HashMap<&str, (usize, f32)> = weighted.collect();
    let direction = |sentence: &Sentence| {
        let mut direction = vec![0.0_f32; known.len()];
        for (place, weight) in sentence.stems.iter().filter_map(|stem| known.get(stem.as_str())) {
            direction[*place] = 1.0 + weight;
        }
        let length = direction.iter().map(|number| number * number).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        direction.iter_mut().for_each(|number| *number /= length);
        direction
    };
    sentences.iter().map(direction).collect()
}

/// What can be said of these passages of the part `title`.
fn sentences(
    connection: &Connection,
    document: DocumentId,
    title: &str,
    passages: &[StoredPassage],
) -> Result<Vec<Sentence>, Stored> {
    let pages = || passages.iter().flat_map(|passage| [passage.page_start, passage.page_end]);
    let (first, last) = (pages().min().unwrap_or(0), pages().max().unwrap_or(0));
    let defined: HashSet<(u32, u32)> = terms::on_pages(connection, document, first, last, SURE)?
        .iter()
        .flat_map(|term| &term.term.spans)
        .map(|span| (span.page, span.start))
        .collect();
    let mut found: Vec<Sentence> = Vec::new();
    let mut known = HashSet::new();
    let mut headings: Option<&[String]> = None;
    for (number, passage) in passages.iter().enumerate() {
        let aside = |heading: &String| is_apparatus(heading) && letters(heading) != letters(title);
        if !is_prose(passage.kind) || passage.kind == BlockKind::Caption || passage.headings.iter().any(aside) {
            continue;
        }
        let mut opens = headings != Some(passage.headings.as_slice());
        headings = Some(&passage.headings);
        let titles = words::stems(&format!("{title} {}", passage.headings.join(" ")));
        let sums_up = passage.headings.iter().any(|heading| is_summary(heading));
        for at in 0..passage.sentences.len() {
            let text = sentence_text(passage, at);
            if !stands_alone(text, passage.kind) || !known.insert(letters(text)) {
                continue;
            }
            let Some(start) = unit_start(passage, at) else { continue };
            if start < at && !stands_alone(sentence_text(passage, start), passage.kind) {
                continue;
            }
            let spans = passage.sentences[start..=at].iter().flat_map(|sentence| &sentence.spans);
            let defines = spans.into_iter().any(|span| {
                let inside = |place: &(u32, u32)| place.0 == span.page && (span.start..span.end).contains(&place.1);
                defined.iter().any(inside)
            });
            let mut cues = manner(text, start < at);
            cues += if defines { DEFINES } else { 0.0 };
            cues += if sums_up { SUMS_UP } else { 0.0 };
            cues += if std::mem::take(&mut opens) { OPENS } else { 0.0 };
            let stems = words::stems(&passage.text[range(passage, start..at + 1)]);
            cues += NAMES_TITLE * (titles.intersection(&stems).count().min(2) as f32) / 2.0;
            let sentence = Sentence { passage: number, sentences: start..at + 1, stems, cues, direction: Vec::new() };
            found.push(sentence);
        }
    }
    Ok(found)
}

/// The bytes of neighbouring sentences.
fn range(passage: &StoredPassage, sentences: Range<usize>) -> Range<usize> {
    let of = passage.sentences.get(sentences).unwrap_or_default();
    let byte = |found: Option<u32>| found.unwrap_or(0) as usize;
    byte(of.first().map(|sentence| sentence.start))..byte(of.last().map(|sentence| sentence.end))
}

/// Whether a sentence is whole, of a length that can be taken in, and says something of the subject.
fn stands_alone(text: &str, kind: BlockKind) -> bool {
    let text = text.trim();
    let ends = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | ';' | '：' | '；' | '…'));
    let leads_on = ends.ends_with([':', ';', '：', '；', '…']);
    let begins = text.chars().find(|letter| letter.is_alphanumeric());
    // Scripts without spaces have one word a sentence, or one a letter: their length is told by is_quotable alone.
    let count = text.split_whitespace().count();
    let measured = WORDS.contains(&count) || (count < WORDS.start && split(text).count() >= WORDS.start);
    is_quotable(text, kind)
        && crate::prose::ends_whole(text)
        && !leads_on
        && measured
        && begins.is_some_and(|letter| !letter.is_lowercase())
        && !text.starts_with(['•', '-', '–', '—', '*', '·', '▪', '(', '[', ',', '.', '…'])
        && !points_elsewhere(text)
}

/// What a sentence opens with that goes on from the one before.
const JOINING: [&str; 23] = [
    "of course",
    "indeed",
    "as already",
    "as discussed",
    "as mentioned",
    "while we ",
    "yet ",
    "another ",
    "other ",
    "others ",
    "even ",
    "because of ",
    "as a result",
    "as such",
    "in one ",
    "in another",
    "in addition",
    "in contrast",
    "in other words",
    "on the other",
    "after that",
    "at that",
    "oh ",
];

/// What the way in which a sentence is said speaks against it: to the reader, of one case, in the middle of a thought.
fn manner(text: &str, points_on: bool) -> f32 {
    let lower = text.to_lowercase();
    // "You’d" is said to somebody as "you" is.
    let bare = |word: &'_ str| word.split(['\'', '’']).next().unwrap_or_default().to_owned();
    let said: Vec<String> = split(&lower).map(|(_, word)| bare(word)).collect();
    let has = |of: &[&str]| said.iter().any(|word| of.contains(&word.as_str()));
    let first = said.first().map_or("", String::as_str);
    let opens_with = |of: &[&str]| of.iter().any(|opening| lower.starts_with(opening));
    // What stands for something that was named before the sentence, and what counts on from it.
    let begins_with = |of: &[&str]| said.iter().take(4).any(|word| of.contains(&word.as_str()));
    let counts_on = ["the second ", "the third ", "the fourth ", "the fifth ", "the last ", "the final "];
    let mut cues = 0.0;
    if has(&["you", "your", "yourself", "i", "my", "me"]) {
        cues += SPEAKS_TO_READER;
    }
    if has(&["he", "she", "his", "her", "him"]) || text.contains(['“', '”', '"']) {
        cues += SPEAKS_OF_ONE;
    }
    if has(&["participants", "researchers", "subjects", "respondents", "experimenters", "study", "experiment"]) {
        cues += SPEAKS_OF_A_STUDY;
    }
    let joins = is_joint(first) || points_back(text) || opens_with(&JOINING) || begins_with(&["they", "them", "these"]);
    let counts = counts_on.iter().any(|counting| lower.contains(counting));
    if joins || counts || points_on || has(&["example", "instance"]) {
        cues += GOES_ON;
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_tasks_and_what_leads_on_do_not_stand_alone() {
        let stands = |text| stands_alone(text, BlockKind::Paragraph);
        assert!(stands("Osmosis is the movement of water through a membrane."));
        assert!(stands("渗透是水通过半透膜从低浓度溶液向高浓度溶液的运动。"));
        for text in [
            "the movement of water through a thin membrane of a cell.",
            "Osmosis moves water towards these three things:",
            "Explain the movement of water through a membrane.",
            "Water moves quickly, mostly.",
            "Why does osmosis move the water through a membrane?",
            "• Osmosis moves water through a membrane of a cell.",
        ] {
            assert!(!stands(text), "{text}");
        }
    }

    #[test]
    fn what_speaks_of_the_subject_comes_before_what_speaks_to_the_reader() {
        assert_eq!(manner("Osmosis moves water through a membrane.", false), 0.0);
        for text in [
            "You know osmosis from your own kitchen.",
            "She moved the water through a membrane.",
            "For example, osmosis moves water through skins.",
        ] {
            assert!(manner(text, false) < 0.0, "{text}");
        }
    }
}
