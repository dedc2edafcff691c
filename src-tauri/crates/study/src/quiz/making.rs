//! From what is asked for to items, one after the other.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use kernel::{Cancel, Citation, DocumentId};
use library::quizzes::{self, Item, ItemKind, Key};
use library::{Connection, Library, documents, passages};
use reader::BlockKind;
use retrieval::Retrieval;
use tutor::{Drafter, Pages};

use super::draft::{Draft, Manner, Seed};
use super::draw::{below, draw};
use super::gate::{self, Asked, Findings, Reason, Refusal};
use super::meaning::Meanings;
use super::subject::{Subject, whole};
use super::written::Written;
use super::{Difficulty, Made, RULES, Request, Scope, Summary, choice, cloze, matching, short, true_false};
use crate::Error;
use crate::blocking::reading;
use crate::experience::Experience;
use crate::phrases::{Phrases, phrases};

/// A document, and the places in it that are asked about.
type Part = (DocumentId, Vec<Range<u32>>);

/// Makes a quiz; `show` sees each item as soon as it has passed the gate. The `drafter` proposes items where there is
/// one.
///
/// # Errors
/// Those of the library: a document or section that is gone, a database that can't be read. That a model can't be used
/// is none.
pub async fn quiz(
    library: &Library,
    retrieval: &Retrieval,
    drafter: Option<&Drafter>,
    request: &Request,
    cancel: &Cancel,
    mut show: impl FnMut(Made),
) -> Result<Summary, Error> {
    let scope = request.scope.clone();
    let (parts, decisions) =
        reading(library, move |connection| Ok((parts(connection, &scope)?, quizzes::decisions(connection)?))).await?;
    let lengths: Vec<u32> = parts.iter().map(|(_, places)| places.iter().map(|it| it.end - it.start).sum()).collect();
    let mut making = Making {
        library,
        request,
        drafter,
        fault: None,
        experience: Experience::of(decisions),
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
        let subject = reading(library, move |connection| Subject::read(connection, document, places)).await?;
        making.foreign += usize::from(!subject.is_english());
        making.of(Arc::new(subject), usize::try_from(share).unwrap_or(wanted).min(wanted), cancel, &mut show).await?;
    }
    let mut summary = making.summary;
    let fewer = summary.made < request.count && !cancel.is_cancelled();
    let fewer = fewer.then(|| why_fewer(&summary, making.foreign, read, phrases(request.language)));
    let notes: Vec<String> = making.fault.into_iter().chain(fewer).collect();
    summary.note = (!notes.is_empty()).then(|| notes.join(" "));
    Ok(summary)
}

fn why_fewer(summary: &Summary, foreign: usize, read: usize, phrases: &dyn Phrases) -> String {
    if read > 0 && foreign == read {
        return phrases.other_language().to_owned();
    }
    phrases.too_few(summary.made, summary.drafts)
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

/// A quiz that is being made.
struct Making<'a> {
    library: &'a Library,
    request: &'a Request,
    drafter: Option<&'a Drafter>,
    /// Why the language model is of no use.
    fault: Option<String>,
    experience: Experience,
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

impl<'a> Making<'a> {
    /// Up to `count` items of one document, the kinds by turns.
    async fn of(
        &mut self,
        subject: Arc<Subject>,
        count: usize,
        cancel: &Cancel,
        show: &mut impl FnMut(Made),
    ) -> Result<(), Error> {
        let choice = [ItemKind::Choice];
        let kinds = if self.request.kinds.is_empty() { &choice[..] } else { &self.request.kinds };
        let mut sources: Vec<Source> = kinds.iter().map(|kind| self.source(&subject, *kind)).collect();
        let mut used: HashSet<(ItemKind, usize)> = HashSet::new();
        let end = self.summary.made + count;
        let most_drafts = self.summary.drafts + count;
        let mut turn = 0;
        while self.summary.made < end && !sources.is_empty() && !cancel.is_cancelled() {
            turn %= sources.len();
            let Some(source) = sources.get_mut(turn) else { break };
            let made = if source.written.is_some() {
                self.written(&subject, source, cancel).await?
            } else {
                let Some(seed) = source.seeds.next() else {
                    sources.remove(turn);
                    continue;
                };
                let use_of = (source.kind, seed.term);
                let unused = !used.contains(&use_of);
                let made = if unused { self.item(&subject, source.kind, &seed).await? } else { None };
                used.extend(made.is_some().then_some(use_of));
                made.map(|item| (item, RULES.to_owned()))
            };
            let Some((mut item, maker)) = made else { continue };
            item.confidence = self.experience.confidence(&maker, &item);
            let made = Made { item, maker };
            if made.is_draft() {
                if self.summary.drafts == most_drafts {
                    continue;
                }
                self.summary.drafts += 1;
            } else {
                self.summary.made += 1;
                turn += 1;
            }
            self.asked.add(&made.item);
            self.matched.extend(made.item.terms.iter().cloned());
            show(made);
        }
        Ok(())
    }

    /// Where items of a kind come from.
    fn source(&self, subject: &Subject, kind: ItemKind) -> Source<'a> {
        let drafter = self.drafter.filter(|_| self.fault.is_none() && subject.is_english());
        let written = drafter.and_then(|drafter| Written::new(drafter, subject, kind, self.request.seed));
        Source { kind, written, seeds: self.seeds(subject, kind).into_iter() }
    }

    /// The next item of a language model that passes; none when no more come of it, or when this one did not pass.
    async fn written(
        &mut self,
        subject: &Arc<Subject>,
        source: &mut Source<'_>,
        cancel: &Cancel,
    ) -> Result<Option<(Item, String)>, Error> {
        let Some(written) = &mut source.written else { return Ok(None) };
        let draft = match written.next(subject, cancel).await {
            Ok(Some(draft)) => draft,
            Ok(None) => {
                source.written = None;
                return Ok(None);
            }
            Err(Error::Tutor(error)) => {
                tracing::warn!(%error, "questions are made without the language model");
                self.fault = Some(phrases(self.request.language).without_model(&error.to_string()));
                source.written = None;
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let (subject, chance) = (subject.clone(), self.request.seed);
        let proven = reading(self.library, move |connection| Ok(proven(connection, &subject, draft, chance))).await?;
        let Some(proven) = proven else { return Ok(None) };
        match self.judged(proven).await {
            Ok(item) => {
                written.passed();
                Ok(Some((item, written.model().to_owned())))
            }
            Err(refusal) => {
                self.summary.reject(refusal.reason);
                Ok(None)
            }
        }
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
            let making = reading(self.library, move |connection| {
                let manner = Manner { difficulty, chance, avoided: &avoided_now };
                Ok(drafted(&subject, kind, &seed, manner).and_then(|draft| proven(connection, &subject, draft, chance)))
            });
            let Some(proven) = making.await? else { break };
            let refusal = match self.judged(proven).await {
                Ok(item) => return Ok(Some(item)),
                Err(refusal) => refusal,
            };
            refused = Some(refusal.reason);
            if refusal.blamed.is_empty() {
                break;
            }
            avoided.extend(refusal.blamed);
        }
        if let Some(reason) = refused {
            self.summary.reject(reason);
        }
        Ok(None)
    }

    /// An item that has passed, with how sure its maker is of it.
    async fn judged(&mut self, proven: Proven) -> Result<Item, Refusal> {
        let Proven { mut item, trust, findings } = proven;
        let findings = findings?;
        if self.asked.has(&item) {
            return Err(Reason::Repeats.into());
        }
        self.meanings.read(&findings.texts()).await;
        item.confidence = findings.confidence(&self.meanings, trust)?;
        Ok(item)
    }
}

/// Where items of a kind come from: a language model first, as long as it has any, then the document's own sentences.
struct Source<'a> {
    kind: ItemKind,
    written: Option<Written<'a>>,
    seeds: std::vec::IntoIter<Seed>,
}

impl Summary {
    fn reject(&mut self, reason: Reason) {
        self.rejected += 1;
        *self.reasons.entry(reason).or_default() += 1;
    }
}

/// The draft of a seed.
fn drafted(subject: &Subject, kind: ItemKind, seed: &Seed, manner: Manner<'_>) -> Option<Draft> {
    match kind {
        ItemKind::Choice => choice::draft(subject, seed, manner),
        ItemKind::Cloze => cloze::draft(subject, seed, manner),
        ItemKind::Short => short::draft(subject, seed, manner.chance),
        ItemKind::TrueFalse => true_false::draft(subject, seed, manner),
        ItemKind::Matching => matching::draft(subject, seed, manner),
    }
}

/// The item of a draft with its proofs, and what the gate finds of it; none where its proof doesn't stand on a page.
fn proven(connection: &Connection, subject: &Subject, draft: Draft, chance: u64) -> Option<Proven> {
    let mut pages = Pages::new(connection);
    let mut proofs = Vec::new();
    let mut read = Vec::new();
    for sentence in &draft.sentences {
        let (citation, page) = proof(&mut pages, subject, *sentence)?;
        proofs.push(citation);
        read.push(page);
    }
    let (trust, fillers) = (draft.trust, draft.fillers.clone());
    let item = item(draft, &proofs, chance)?;
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
