//! What was said before in a conversation, as a language model is told it.
//!
//! A model that still has a conversation in its cache reads only what is new, as long as what stands before is the same
//! to the letter. So the messages of each turn are kept as they were sent, for as long as the app runs; of other turns
//! question and answer are told.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{ConversationId, TurnId};
use library::conversations::{Turn, TurnState};

use crate::prompt::Exchange;

/// Conversations whose messages are kept; the one that was used longest ago goes first.
const KEPT: usize = 16;

/// The messages of turns, as they were sent. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transcripts(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    turns: HashMap<ConversationId, Vec<(TurnId, Exchange)>>,
    used: VecDeque<ConversationId>,
}

impl Transcripts {
    /// Keeps the messages of a turn.
    pub(crate) fn keep(&self, conversation: ConversationId, turn: TurnId, exchange: Exchange) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.used.retain(|other| *other != conversation);
        kept.used.push_back(conversation);
        if kept.used.len() > KEPT
            && let Some(oldest) = kept.used.pop_front()
        {
            kept.turns.remove(&oldest);
        }
        kept.turns.entry(conversation).or_default().push((turn, exchange));
    }

    fn of(&self, turn: &Turn) -> Option<Exchange> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let turns = kept.turns.get(&turn.conversation)?;
        turns.iter().find(|(kept, _)| *kept == turn.turn).map(|(_, exchange)| exchange.clone())
    }
}

/// A turn in two lengths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// As it was sent, evidence included; where that is not known any more, as short as the other.
    pub(crate) whole: Exchange,
    /// Question and the first statement of the answer.
    pub(crate) short: Exchange,
}

/// The turns that have an answer, the oldest first.
pub(crate) fn told(turns: &[Turn], transcripts: &Transcripts) -> Vec<Told> {
    let answered = turns
        .iter()
        .filter(|turn| !turn.answer.is_empty() && matches!(turn.state, TurnState::Complete | TurnState::Stopped));
    answered
        .map(|turn| {
            let user = turn.standalone().to_owned();
            let short = Exchange { user, assistant: first_statement(&turn.answer).to_owned() };
            Told { whole: transcripts.of(turn).unwrap_or_else(|| short.clone()), short }
        })
        .collect()
}

/// Questions and answers as they were said, the oldest first.
pub(crate) fn spoken(turns: &[Turn]) -> Vec<Exchange> {
    turns.iter().map(|turn| Exchange { user: turn.standalone().to_owned(), assistant: turn.answer.clone() }).collect()
}

/// An answer as far as its first marker, or its first line.
fn first_statement(answer: &str) -> &str {
    let line = answer.find('\n').unwrap_or(answer.len());
    let marker = answer.find(" [").unwrap_or(answer.len());
    answer[..line.min(marker)].trim()
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;
    use library::conversations::Mode;

    use super::*;

    fn turn(number: i64, answer: &str) -> Turn {
        Turn {
            turn: TurnId(number),
            conversation: ConversationId::from_bits(1),
            parent: None,
            ordinal: 1,
            versions: vec![TurnId(number)],
            question: "Why?".into(),
            standalone_question: Some("Why does water boil?".into()),
            mode: Mode::Plain,
            subject: None,
            about: None,
            answer: answer.into(),
            state: TurnState::Complete,
            answered: true,
            executor: "server".into(),
            citations: vec![],
            further: vec![],
            degraded: None,
            created: Timestamp(1),
            elapsed_ms: None,
            provenance: None,
        }
    }

    #[test]
    fn a_turn_is_told_as_it_was_sent_or_in_short() {
        let transcripts = Transcripts::default();
        let sent = Exchange { user: "Question: Why?\n\nEvidence: …".into(), assistant: "Heat. [1]".into() };
        transcripts.keep(ConversationId::from_bits(1), TurnId(1), sent.clone());
        let turns = [turn(1, "Heat. [1] It moves. [2]"), turn(2, "Because. [1]"), turn(3, "")];
        let told = told(&turns, &transcripts);
        let short = Exchange { user: "Why does water boil?".into(), assistant: "Heat.".into() };
        assert_eq!(told[0], Told { whole: sent, short });
        assert_eq!(told[1].whole, told[1].short);
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn the_conversation_used_longest_ago_is_let_go() {
        let transcripts = Transcripts::default();
        for conversation in 1..=KEPT as u128 + 1 {
            transcripts.keep(ConversationId::from_bits(conversation), TurnId(1), Exchange::default());
        }
        assert!(transcripts.of(&turn(1, "x")).is_none());
        let last = Turn { conversation: ConversationId::from_bits(2), ..turn(1, "x") };
        assert!(transcripts.of(&last).is_some());
    }
}
