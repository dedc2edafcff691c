//! Judging: which of the passages that a model was given supports a claim, and where on the page.

use std::sync::Arc;

use kernel::Citation;
use library::Library;
use retrieval::Retrieval;

use crate::asking::Findings;
use crate::claims::{Claim, Source, Support, Unsupported, Verifier};
use crate::evidence::sentence_text;
use crate::verification::Pages;
use crate::{Error, blocking};

/// The passages that a model was given, taken apart.
pub(crate) struct Judge {
    library: Library,
    findings: Arc<Findings>,
    /// By number, from 1: the place among those found.
    passages: Vec<usize>,
    verifier: Verifier,
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
            let verifier = Verifier::new(retrieval, passages.iter().map(source).collect());
            Ok(Self { library, findings, passages, verifier })
        })
        .await
    }

    /// The proof of a claim: words on a page that support it. What it names itself comes first; what supports it
    /// without having been named is as good, since models name the wrong number more often than they say the wrong thing.
    pub(crate) async fn judge(&self, claim: &Claim) -> Result<Result<Citation, Unsupported>, Error> {
        let count = self.verifier.len();
        let named: Vec<usize> =
            claim.named.iter().filter_map(|number| number.checked_sub(1)).filter(|at| *at < count).collect();
        let others = (0..count).filter(|at| !named.contains(at)).collect();
        let mut objection = None;
        for numbers in [named, others] {
            match self.verifier.supports(claim, &numbers).await {
                Ok(supports) => {
                    for support in supports {
                        if let Some(citation) = self.prove(support).await? {
                            return Ok(Ok(citation));
                        }
                    }
                }
                Err(unsupported) => objection = objection.or(unsupported.objection),
            }
        }
        Ok(Err(Unsupported { objection }))
    }

    /// Whether every word of a heading, or of the head of a table, stands in the passages or in the question, and it names
    /// no address.
    pub(crate) fn knows(&self, head: &str) -> bool {
        let asked: Vec<&str> = self.findings.question.terms.iter().map(|term| term.stem.as_str()).collect();
        !head.contains("://") && self.verifier.has_words_of(head, &asked.join(" "))
    }

    async fn prove(&self, Support { source, sentences }: Support) -> Result<Option<Citation>, Error> {
        let (library, findings, place) = (self.library.clone(), Arc::clone(&self.findings), self.passages[source]);
        blocking(move || {
            Ok(library.read(|connection| {
                let proven = Pages::new(connection).prove(&findings.near[place].passage, sentences);
                Ok(proven.map(|proven| proven.citation))
            })?)
        })
        .await
    }
}
