//! From what is asked for to items, one after the other.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use kernel::{Cancel, Citation, DocumentId};
use library::quizzes::{Item, ItemKind, Key};
use library::{Connection, Library, documents, passages};
use reader::BlockKind;
use retrieval::Retrieval;
use tutor::Pages;

use super::draft::{Draft, Manner, Seed};
use super::draw::{below, draw};
use super::gate::{self, Asked, Findings, Reason, Refusal};
use super::meaning::Meanings;
use super::subject::{Subject, whole};
use super::{Difficulty, Request, Scope, Summary, choice, cloze, matching, short, true_false};
use crate::Error;

/// A document, and the places in it that are asked about.
type Part = (DocumentId, Vec<Range<u32>>);

/// Makes a quiz; `show` sees each item as soon as it has passed the gate.
///
/// # Errors
/// Those of the library: a document or section that is gone, a database that can't be read. That the embedding model
/// can't be used is none.
pub async fn quiz(
    library: &Library,
    retrieval: &Retrieval,
    request: &Request,
    cancel: &Cancel,
    mut show: impl FnMut(Item),
) -> Result<Summary, Error> {
    let scope = request.scope.clone();
    let parts = blocking(library, move |connection| parts(connection, &scope)).await?;
    let lengths: Vec<u32> = parts.iter().map(|(_, places)| places.iter().map(|it| it.end - it.start).sum()).collect();
    let mut making = Making {
        library,
        request,
        meanings: Meanings::new(retrieval),
        asked: request.earlier.iter().collect(),
        summary: Summary::default(),
        foreign: 0,
        matched: Vec::new(),
    };
    let read = parts.len();
    let mut left: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
    for ((document, places), length) in parts.into_iter().zip(lengths) {
        let wanted = request.count.saturating_sub(making.summary.made);
        if wanted == 0 || cancel.is_cancelled() {
            break;
        }
        // Each document by its length; what one can't give, those behind it do.
        let share = (wanted as u64 * u64::from(length)).div_ceil(left.max(1));
        left -= u64::from(length);
        let subject = blocking(library, move |connection| Subject::read(connection, document, places)).await?;
        making.foreign += usize::from(!subject.is_english());
        making.of(Arc::new(subject), usize::try_from(share).unwrap_or(wanted).min(wanted), cancel, &mut show).await?;
    }
    let mut summary = making.summary;
    if summary.made < request.count && !cancel.is_cancelled() {
        summary.note = Some(why_fewer(summary.made, making.foreign, read));
    }
    Ok(summary)
}

fn why_fewer(made: usize, foreign: usize, read: usize) -> String {
    if read > 0 && foreign == read {
        return "Questions can be made of English text only so far, and this is in another language.".to_owned();
    }
    let one = if made == 1 { "question" } else { "questions" };
    format!("There is not enough here that can be asked soundly: {made} {one} passed all checks.")
}

/// The parts of documents that are asked about, those without text left out.
fn parts(connection: &Connection, scope: &Scope) -> Result<Vec<Part>, library::Error> {
    let all = |documents: Vec<DocumentId>| -> Result<Vec<Part>, library::Error> {
        documents.into_iter().map(|document| Ok((document, vec![whole(connection, document)?]))).collect()
    };
    let mut parts = match scope {
        Scope::Room(room) => {
            all(documents::list(connection, *room)?.into_iter().map(|document| document.document).collect())?
        }
        Scope::Documents(documents) => all(documents.clone())?,
        Scope::Section(document, entry) => {
            vec![(*document, vec![documents::section(connection, *document, *entry)?])]
        }
        Scope::Passages(chosen) => {
            let mut parts: Vec<Part> = Vec::new();
            for passage in passages::get(connection, chosen)? {
                let place = passage.ordinal..passage.ordinal + 1;
                match parts.iter_mut().find(|(document, _)| *document == passage.document) {
                    Some((_, places)) => places.push(place),
                    None => parts.push((passage.document, vec![place])),
                }
            }
            parts
        }
    };
    parts.retain(|(_, places)| places.iter().any(|place| !place.is_empty()));
    Ok(parts)
}

async fn blocking<T: Send + 'static>(
    library: &Library,
    work: impl FnOnce(&Connection) -> Result<T, library::Error> + Send + 'static,
) -> Result<T, Error> {
    let library = library.clone();
    let done = tokio::task::spawn_blocking(move || library.read(work)).await;
    Ok(done.map_err(|_| Error::Interrupted)??)
}

/// A quiz that is being made.
struct Making<'a> {
    library: &'a Library,
    request: &'a Request,
    meanings: Meanings,
    asked: Asked,
    summary: Summary,
    /// Documents in another language than the rules are for.
    foreign: usize,
    /// The terms of matching items.
    matched: Vec<String>,
}

/// An item with what its proofs stand on.
struct Proven {
    item: Item,
    trust: f32,
    findings: Result<Findings, Refusal>,
}

impl Making<'_> {
    /// Up to `count` items of one document, the kinds by turns.
    async fn of(
        &mut self,
        subject: Arc<Subject>,
        count: usize,
        cancel: &Cancel,
        show: &mut impl FnMut(Item),
    ) -> Result<(), Error> {
        let choice = [ItemKind::Choice];
        let kinds = if self.request.kinds.is_empty() { &choice[..] } else { &self.request.kinds };
        let mut queues: Vec<(ItemKind, std::vec::IntoIter<Seed>)> =
            kinds.iter().map(|kind| (*kind, self.seeds(&subject, *kind).into_iter())).collect();
        let mut used: HashSet<(ItemKind, usize)> = HashSet::new();
        let end = self.summary.made + count;
        let mut turn = 0;
        while self.summary.made < end && !queues.is_empty() && !cancel.is_cancelled() {
            turn %= queues.len();
            let Some((kind, queue)) = queues.get_mut(turn) else { break };
            let Some(seed) = queue.next() else {
                queues.remove(turn);
                continue;
            };
            let kind = *kind;
            if used.contains(&(kind, seed.term)) {
                continue;
            }
            if let Some(item) = self.item(&subject, kind, &seed).await? {
                used.insert((kind, seed.term));
                self.asked.add(&item);
                self.matched.extend(item.terms.iter().cloned());
                self.summary.made += 1;
                show(item);
                turn += 1;
            }
        }
        Ok(())
    }

    /// What can be asked of a kind, in the order in which it is tried: the better forms first, then by difficulty, then
    /// by chance.
    fn seeds(&self, subject: &Subject, kind: ItemKind) -> Vec<Seed> {
        let mut seeds = match kind {
            ItemKind::Choice => choice::seeds(subject),
            ItemKind::Cloze => cloze::seeds(subject),
            ItemKind::TrueFalse => true_false::seeds(subject),
            ItemKind::Matching => matching::seeds(subject),
            ItemKind::Short => short::seeds(subject),
        };
        let mentions = |seed: &Seed| subject.terms.get(seed.term).map_or(0, |term| term.mentions.len());
        let mut counts: Vec<usize> = seeds.iter().map(mentions).collect();
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let later = |seed: &Seed| match self.request.difficulty {
            Difficulty::Easy => mentions(seed) <= middle,
            Difficulty::Medium => false,
            Difficulty::Hard => mentions(seed) > middle,
        };
        let chance = |seed: &Seed| {
            let name = subject.terms.get(seed.term).map_or("", |term| &term.name);
            draw(self.request.seed, &format!("{} {name} {}", kind.name(), seed.saying))
        };
        seeds.sort_by_cached_key(|seed| (seed.tier, later(seed), chance(seed)));
        seeds
    }

    /// The item of a seed, made once more with other words where it is refused; none when it is dropped, or when
    /// nothing can be made of the seed.
    async fn item(&mut self, subject: &Arc<Subject>, kind: ItemKind, seed: &Seed) -> Result<Option<Item>, Error> {
        // No term is matched twice.
        let mut avoided = if kind == ItemKind::Matching { self.matched.clone() } else { Vec::new() };
        let mut refused: Option<Reason> = None;
        for _ in 0..2 {
            let (difficulty, chance) = (self.request.difficulty, self.request.seed);
            let (subject, seed, avoided_now) = (subject.clone(), seed.clone(), avoided.clone());
            let making = blocking(self.library, move |connection| {
                let manner = Manner { difficulty, chance, avoided: &avoided_now };
                Ok(made(connection, &subject, kind, &seed, manner))
            });
            let Some(mut proven) = making.await? else { break };
            let refusal = match proven.findings {
                Err(refusal) => refusal,
                Ok(_) if self.asked.has(&proven.item) => Reason::Repeats.into(),
                Ok(findings) => {
                    self.meanings.read(&findings.texts()).await;
                    match findings.confidence(&self.meanings, proven.trust) {
                        Ok(confidence) => {
                            proven.item.confidence = confidence;
                            return Ok(Some(proven.item));
                        }
                        Err(refusal) => refusal,
                    }
                }
            };
            refused = Some(refusal.reason);
            if refusal.blamed.is_empty() {
                break;
            }
            avoided.extend(refusal.blamed);
        }
        if let Some(reason) = refused {
            self.summary.rejected += 1;
            *self.summary.reasons.entry(reason).or_default() += 1;
        }
        Ok(None)
    }
}

/// The item of a seed with its proofs, and what the gate finds of it.
fn made(connection: &Connection, subject: &Subject, kind: ItemKind, seed: &Seed, manner: Manner<'_>) -> Option<Proven> {
    let draft = match kind {
        ItemKind::Choice => choice::draft(subject, seed, manner),
        ItemKind::Cloze => cloze::draft(subject, seed, manner),
        ItemKind::Short => short::draft(subject, seed, manner.chance),
        ItemKind::TrueFalse => true_false::draft(subject, seed, manner),
        ItemKind::Matching => matching::draft(subject, seed, manner),
    }?;
    let mut pages = Pages::new(connection);
    let mut proofs = Vec::new();
    let mut read = Vec::new();
    for sentence in &draft.sentences {
        let (citation, page) = proof(&mut pages, subject, *sentence)?;
        proofs.push(citation);
        read.push(page);
    }
    let (trust, fillers) = (draft.trust, draft.fillers.clone());
    let item = item(draft, &proofs, manner.chance)?;
    let quotes: Vec<&str> = proofs.iter().map(|citation| citation.quote.as_str()).collect();
    let findings = gate::check(&subject.text, &read, &quotes, &item).map(|findings| findings.beside(&item, &fillers));
    Some(Proven { item, trust, findings })
}

/// The citation of a sentence, and the text of its page; none where it doesn't stand there whole as running text.
fn proof(pages: &mut Pages<'_>, subject: &Subject, sentence: usize) -> Option<(Citation, String)> {
    let passage = subject.text.passage(sentence)?;
    let at = subject.text.sentences.get(sentence)?.at;
    let [span] = passage.sentences.get(at)?.spans[..] else { return None };
    let citation = pages.prove(passage, at..at + 1)?.citation;
    let page = pages.page(passage.document, span.page)?;
    let block = page.blocks.iter().find(|block| (block.start..block.end).contains(&span.start))?;
    let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Table);
    is_text.then(|| (citation, page.text.clone()))
}

/// A draft with its proofs and its options in the order in which they are shown.
fn item(draft: Draft, proofs: &[Citation], chance: u64) -> Option<Item> {
    let (citation, further) = proofs.split_first()?;
    let mut options = draft.others;
    match &draft.key {
        // These two have an order that everybody expects.
        Key::One(_) if draft.kind == ItemKind::TrueFalse => options = vec!["true".to_owned(), "false".to_owned()],
        Key::One(key) if draft.kind == ItemKind::Choice => {
            let place = below(chance, &format!("place {} {key}", draft.stem), options.len() + 1);
            options.insert(place, key.clone());
        }
        Key::One(_) => {}
        Key::Each(meanings) => {
            options.clone_from(meanings);
            options.sort_by_key(|meaning| draw(chance, meaning));
        }
    }
    let explanation = proofs.iter().map(|proof| {
        let place = kernel::place(proof.page, proof.label.as_deref(), proof.locator.as_ref());
        format!("\u{201c}{}\u{201d} ({place})", proof.quote.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    Some(Item {
        kind: draft.kind,
        stem: draft.stem,
        terms: draft.terms,
        options,
        answer: draft.key,
        explanation: explanation.collect::<Vec<_>>().join("\n"),
        citation: citation.clone(),
        further: further.to_vec(),
        confidence: 0.0,
    })
}
