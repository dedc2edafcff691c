use kernel::{CardId, Citation, DocumentId, NoteId, Timestamp};
use library::Library;
use library::cards::{self, Card, CardState, Filter, Found, Note, NoteKind, Rating};
use serde::Serialize;
use study::cards::{Counts, Face, Next, Study, face, queue};

use super::super::output::counted;
use super::super::{Failure, Session, room};
use super::arguments::{Clock, List};
use super::utc_offset;

/// Cards that are read at once.
const PAGE: u32 = 500;

/// A card, for programs.
#[derive(Serialize)]
pub(super) struct Line {
    card: CardId,
    note: NoteId,
    kind: NoteKind,
    #[serde(flatten)]
    face: Face,
    tags: Vec<String>,
    state: CardState,
    /// Milliseconds since 1970; null for a new card.
    due: Option<Timestamp>,
    interval: u32,
    stability: Option<f64>,
    difficulty: Option<f64>,
    reps: u32,
    lapses: u32,
    leech: bool,
    suspended: bool,
    document: Option<DocumentId>,
    citation: Option<Citation>,
    source_changed: bool,
}

impl Line {
    pub(super) fn new(card: &Card, note: Note) -> Self {
        Self {
            card: card.card,
            note: card.note,
            kind: note.kind,
            face: face(&note, card.ordinal),
            tags: note.tags,
            state: card.state,
            due: card.due,
            interval: card.interval,
            stability: card.stability,
            difficulty: card.difficulty,
            reps: card.reps,
            lapses: card.lapses,
            leech: card.leech,
            suspended: card.suspended,
            document: note.document,
            citation: note.source,
            source_changed: note.source_changed,
        }
    }

    /// For people.
    pub(super) fn said(&self) -> String {
        let remark = match (self.leech, self.suspended, self.source_changed) {
            (true, true, _) => ", suspended as a leech",
            (_, true, _) => ", suspended",
            (.., true) => ", its source has changed",
            _ => "",
        };
        let question = self.face.question.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{:>6}  {question} ({}{remark})", self.card, self.state.name())
    }
}

pub(super) fn list(session: &Session, library: &Library, what: List) -> Result<(), Failure> {
    let room = room(library, &what.room)?.room;
    let filter = Filter {
        text: what.text,
        tag: what.tag,
        state: what.state,
        suspended: what.suspended.then_some(true),
        document: what.document,
        source_changed: what.source_changed.then_some(true),
    };
    let mut after = None;
    loop {
        let page: Vec<Found> = library.read(|connection| cards::list(connection, room, &filter, after, PAGE))?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.card.card);
        for found in page {
            session.out.line(&Line::new(&found.card, found.note), Line::said)?;
        }
    }
}

#[derive(Serialize)]
struct Summary {
    r#type: &'static str,
    #[serde(flatten)]
    counts: Counts,
    /// When nothing can be asked now, the moment at which something can.
    next: Option<Timestamp>,
}

/// Today's cards, and how many there are.
pub(super) fn due(session: &Session, library: &Library, name: &str, limit: u32, clock: Clock) -> Result<(), Failure> {
    let room = room(library, name)?.room;
    let (queue, shown) = library.read(|connection| {
        let study = Study::of(connection, room, utc_offset(clock))?;
        let queue = queue(connection, &study, library.now())?;
        let mut shown = Vec::new();
        for queued in queue.cards.iter().take(limit as usize) {
            let card = cards::get(connection, queued.card)?;
            shown.push(Line::new(&card, cards::note(connection, queued.note)?));
        }
        Ok((queue, shown))
    })?;
    for line in shown {
        session.out.line(&line, Line::said)?;
    }
    let summary = Summary { r#type: "summary", counts: queue.counts, next: queue.next };
    session.out.line(&summary, |it| {
        let Counts { learning, review, new } = it.counts;
        match (learning + review + new, it.next) {
            (0, _) => "Nothing is left for today.".into(),
            (_, Some(next)) => format!("Nothing now; the next card comes in {}.", minutes(next.0 - library.now().0)),
            _ => format!("{learning} being learnt, {review} to review, {new} new."),
        }
    })
}

fn minutes(ms: i64) -> String {
    counted(u32::try_from(ms.max(0).div_euclid(60_000) + 1).unwrap_or(u32::MAX), "minute", "minutes")
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    line: Line,
    /// What again, hard, good and easy would make of it.
    answers: [Next; 4],
}

pub(super) fn show(session: &Session, library: &Library, card: CardId, clock: Clock) -> Result<(), Failure> {
    let shown = library.read(|connection| {
        let study = Study::of_card(connection, card, utc_offset(clock))?;
        let card = cards::get(connection, card)?;
        let answers = study.preview(connection, &card, library.now())?;
        Ok(Shown { line: Line::new(&card, cards::card_note(connection, card.card)?), answers })
    })?;
    let now = library.now();
    session.out.line(&shown, |it| {
        let Face { question, answer, extra } = &it.line.face;
        let answers = Rating::ALL.iter().zip(&it.answers).map(|(rating, next)| {
            let wait = match next.interval {
                0 => minutes(next.due.0 - now.0 - 1),
                days => counted(days, "day", "days"),
            };
            format!("{} {wait}", rating.name())
        });
        let answers = answers.collect::<Vec<_>>().join(", ");
        format!("{question}\n---\n{answer}\n{extra}{}{answers}", if extra.is_empty() { "" } else { "\n" })
    })
}
