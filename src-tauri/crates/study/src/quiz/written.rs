//! Items that a language model drafts, sentence by sentence of a document. They pass the same gate as all others.

use std::collections::VecDeque;

use kernel::Cancel;
use library::quizzes::{ItemKind, Key};
use tutor::{Drafter, Proposal};

use super::draft::Draft;
use super::draw::draw;
use super::subject::Subject;
use crate::Error;

/// How far what a model writes is trusted before the gate has looked at it.
const TRUST: f32 = 0.85;
/// So many requests in a row of which nothing passes, and the model is asked no more.
const PATIENCE: usize = 12;
/// Wrong options.
const OTHERS: usize = 3;
/// Sentences that are worth a request.
const FEWEST: usize = 2;

/// The drafts of a model for one document and kind.
pub(super) struct Written<'a> {
    drafter: &'a Drafter,
    kind: ItemKind,
    /// The passages that are still to be read, by their places in the text, each with its sentences.
    passages: VecDeque<Vec<usize>>,
    waiting: VecDeque<Draft>,
    /// Requests since something passed.
    in_vain: usize,
}

impl<'a> Written<'a> {
    /// Nothing asked so far; none where the model drafts nothing of the kind.
    pub(super) fn new(drafter: &'a Drafter, subject: &Subject, kind: ItemKind, chance: u64) -> Option<Self> {
        if !drafter.drafts(kind) {
            return None;
        }
        let mut passages: Vec<(usize, Vec<usize>)> = Vec::new();
        for (number, sentence) in subject.text.sentences.iter().enumerate() {
            if !subject.is_statement(number) {
                continue;
            }
            match passages.last_mut() {
                Some((passage, sentences)) if *passage == sentence.passage => sentences.push(number),
                _ => passages.push((sentence.passage, vec![number])),
            }
        }
        passages.retain(|(_, sentences)| sentences.len() >= FEWEST);
        passages.sort_by_cached_key(|(passage, _)| draw(chance, &format!("{} passage {passage}", kind.name())));
        let passages = passages.into_iter().map(|(_, sentences)| sentences).collect();
        Some(Self { drafter, kind, passages, waiting: VecDeque::new(), in_vain: 0 })
    }

    /// The name of the model.
    pub(super) fn model(&self) -> &str {
        self.drafter.model()
    }

    /// A draft of it has passed.
    pub(super) fn passed(&mut self) {
        self.in_vain = 0;
    }

    /// The next draft; none when the document is used up, or when nothing that the model writes passes.
    ///
    /// # Errors
    /// The model's, which says why it can't be used.
    pub(super) async fn next(&mut self, subject: &Subject, cancel: &Cancel) -> Result<Option<Draft>, Error> {
        while self.waiting.is_empty() && self.in_vain < PATIENCE && !cancel.is_cancelled() {
            let Some(sentences) = self.passages.pop_front() else { break };
            let said: Vec<&str> = sentences.iter().map(|sentence| subject.text.sentence(*sentence)).collect();
            let headings = sentences.first().and_then(|sentence| subject.text.passage(*sentence));
            let heading = headings.and_then(|passage| passage.headings.last()).map_or("", String::as_str);
            self.in_vain += 1;
            let proposals = self.drafter.propose(self.kind, heading, &said, cancel).await?;
            self.waiting.extend(proposals.into_iter().filter_map(|proposal| draft(self.kind, proposal, &sentences)));
        }
        Ok(self.waiting.pop_front())
    }
}

/// A proposal as a draft; none where it lacks what its kind needs.
fn draft(kind: ItemKind, proposal: Proposal, sentences: &[usize]) -> Option<Draft> {
    let Proposal { sentence, question, answer, others } = proposal;
    let sentence = *sentences.get(sentence.checked_sub(1)?)?;
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (stem, answer) = (tidy(&question), tidy(&answer));
    let others: Vec<String> = match kind {
        ItemKind::Choice => others.iter().map(|other| tidy(other)).collect(),
        ItemKind::TrueFalse => vec![(answer != "true").to_string()],
        _ => Vec::new(),
    };
    let is_whole = match kind {
        ItemKind::Choice => others.len() == OTHERS,
        ItemKind::TrueFalse => matches!(&*answer, "true" | "false"),
        _ => true,
    };
    (is_whole && !stem.is_empty() && !answer.is_empty()).then(|| Draft {
        kind,
        stem,
        terms: Vec::new(),
        key: Key::One(answer),
        others,
        fillers: Vec::new(),
        sentences: vec![sentence],
        trust: TRUST,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(sentence: usize, answer: &str, others: &[&str]) -> Proposal {
        let others = others.iter().map(|other| (*other).to_owned()).collect();
        Proposal { sentence, question: "What  is\nit?".into(), answer: answer.into(), others }
    }

    #[test]
    fn a_proposal_has_to_name_its_sentence_and_have_what_its_kind_needs() {
        let of = |kind, proposal| draft(kind, proposal, &[40, 41]).map(|draft| (draft.sentences, draft.stem));
        let asked = Some((vec![41], "What is it?".to_owned()));
        assert_eq!(of(ItemKind::Choice, proposal(2, "a", &["b", "c", "d"])), asked);
        assert_eq!(of(ItemKind::TrueFalse, proposal(2, "false", &[])), asked);
        assert_eq!(of(ItemKind::Short, proposal(2, "a", &[])), asked);
        for (kind, wrong) in [
            (ItemKind::Choice, proposal(2, "a", &["b"])),
            (ItemKind::Choice, proposal(0, "a", &["b", "c", "d"])),
            (ItemKind::Choice, proposal(3, "a", &["b", "c", "d"])),
            (ItemKind::TrueFalse, proposal(1, "perhaps", &[])),
            (ItemKind::Short, proposal(1, " ", &[])),
        ] {
            assert_eq!(of(kind, wrong), None);
        }
    }
}
