//! Judging: which of the passages that a model was given supports a claim, and where on the page.

use std::sync::Arc;

use kernel::Citation;
use library::Library;
use retrieval::Retrieval;

use crate::asking::Findings;
use crate::claims::{Claim, Held, Objection, Source};
use crate::evidence::sentence_text;
use crate::verification::Pages;
use crate::{Error, blocking};

/// From this share of its words on, a claim is supported by its words alone.
const BY_WORDS: f32 = 0.8;
/// Program text, formulas and rows of tables are copied or wrong.
const BY_WORDS_VERBATIM: f32 = 0.9;
/// A claim with a smaller share of its words in the passage says something else, however near it is in meaning.
const LEAST: f32 = 0.35;
/// From this on, the mean of the share of its words and of its likeness in meaning, a claim in other words is supported.
const BY_MEANING: f32 = 0.62;
/// How many runs of sentences the model is asked about.
const COMPARED: usize = 3;

/// The passages that a model was given, taken apart.
pub(crate) struct Judge {
    library: Library,
    retrieval: Retrieval,
    findings: Arc<Findings>,
    /// By number, from 1: the place among those found.
    passages: Vec<usize>,
    sources: Vec<Source>,
}

/// What is wrong with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unsupported {
    /// What speaks against it, where a passage says something like it.
    pub(crate) objection: Option<Objection>,
}

impl Judge {
    /// Takes the passages at these places among those found apart.
    pub(crate) async fn new(
        (library, retrieval): (Library, Retrieval),
        findings: Arc<Findings>,
        passages: Vec<usize>,
    ) -> Result<Self, Error> {
        blocking(move || {
            let source = |at: &usize| {
                let passage = &findings.near[*at].passage;
                let sentences = (0..passage.sentences.len()).map(|sentence| sentence_text(passage, sentence));
                Source::new(&passage.headings, sentences)
            };
            let sources = passages.iter().map(source).collect();
            Ok(Self { library, retrieval, findings, passages, sources })
        })
        .await
    }

    /// The proof of a claim: words on a page that support it. What it names itself comes first; what supports it
    /// without having been named is as good, since models name the wrong number more often than they say the wrong thing.
    pub(crate) async fn judge(&self, claim: &Claim) -> Result<Result<Citation, Unsupported>, Error> {
        let named: Vec<usize> = claim
            .named
            .iter()
            .filter_map(|number| number.checked_sub(1))
            .filter(|at| *at < self.sources.len())
            .collect();
        let others = (0..self.sources.len()).filter(|at| !named.contains(at)).collect();
        let mut objection = None;
        for numbers in [named, others] {
            let mut held: Vec<(usize, Held)> = numbers
                .iter()
                .flat_map(|number| {
                    self.sources[*number].hold(&claim.text).into_iter().take(COMPARED).map(|held| (*number, held))
                })
                .collect();
            held.sort_by(|(_, a), (_, b)| b.worth().total_cmp(&a.worth()));
            if let Some((_, against)) = held.iter().find(|(_, held)| held.objection.is_some() && held.coverage >= LEAST)
            {
                objection = objection.or(against.objection);
            }
            held.retain(|(_, held)| held.objection.is_none());
            if let Some(citation) = self.supported(claim, held).await? {
                return Ok(Ok(citation));
            }
        }
        Ok(Err(Unsupported { objection }))
    }

    /// The first of these runs that supports the claim, as a citation.
    async fn supported(&self, claim: &Claim, held: Vec<(usize, Held)>) -> Result<Option<Citation>, Error> {
        let enough = if claim.verbatim { BY_WORDS_VERBATIM } else { BY_WORDS };
        let (sure, open): (Vec<_>, Vec<_>) = held.into_iter().partition(|(_, held)| held.coverage >= enough);
        for (number, held) in sure {
            if let Some(citation) = self.prove(number, held.sentences).await? {
                return Ok(Some(citation));
            }
        }
        let mut open: Vec<_> = open.into_iter().filter(|(_, held)| held.coverage >= LEAST).take(COMPARED).collect();
        if claim.verbatim || open.is_empty() {
            return Ok(None);
        }
        let texts: Vec<String> = open.iter().map(|(number, held)| self.text(*number, held.sentences.clone())).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        // Without the model only words can support a claim.
        let Ok(similarities) = self.retrieval.similarity(&claim.text, &texts).await else { return Ok(None) };
        let mut similarities = similarities.into_iter();
        open.retain(|(_, held)| {
            similarities.next().is_some_and(|similarity| (held.coverage + similarity) / 2.0 >= BY_MEANING)
        });
        for (number, held) in open {
            if let Some(citation) = self.prove(number, held.sentences).await? {
                return Ok(Some(citation));
            }
        }
        Ok(None)
    }

    fn text(&self, number: usize, sentences: std::ops::Range<usize>) -> String {
        let passage = &self.findings.near[self.passages[number]].passage;
        let texts: Vec<&str> = sentences.map(|sentence| sentence_text(passage, sentence)).collect();
        texts.join(" ")
    }

    async fn prove(&self, number: usize, sentences: std::ops::Range<usize>) -> Result<Option<Citation>, Error> {
        let (library, findings, place) = (self.library.clone(), Arc::clone(&self.findings), self.passages[number]);
        blocking(move || {
            Ok(library.read(|connection| {
                let proven = Pages::new(connection).prove(&findings.near[place].passage, sentences);
                Ok(proven.map(|proven| proven.citation))
            })?)
        })
        .await
    }
}
