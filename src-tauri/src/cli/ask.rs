use indicatif::ProgressBar;
use kernel::{Cancel, Citation, ConversationId, DocumentId, Locator, PageBox, TurnId};
use library::conversations::{Provenance, Subject};
use serde::Serialize;
use serde_json::Value;
use tutor::{Event, NewQuestion, Progress};

use super::batch::{self, Question};
use super::{Failure, Session, arguments, room, scope};
use crate::app::App;

#[derive(Serialize)]
struct Delta<'a> {
    r#type: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct Reading<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    progress: &'a Progress,
}

#[derive(Serialize)]
struct Answer {
    r#type: &'static str,
    /// As the batch named the question; null for a question on the command line.
    id: Option<Value>,
    conversation: ConversationId,
    turn: TurnId,
    executor: String,
    answered: bool,
    answer: String,
    citations: Vec<Cited>,
    /// Passages worth reading next, or the nearest ones when nothing answers.
    further: Vec<Cited>,
    /// Why the search behind it could not do all it can; null when it could.
    degraded: Option<String>,
    first_token_ms: Option<u32>,
    elapsed_ms: u32,
    /// How the answer came about.
    provenance: Provenance,
}

#[derive(Serialize)]
struct Cited {
    document: DocumentId,
    title: String,
    /// Null in a format without pages.
    page: Option<u32>,
    label: Option<String>,
    /// Where it stands in the document, in every format.
    locator: Option<Locator>,
    quote: String,
    boxes: Vec<PageBox>,
}

impl From<Citation> for Cited {
    fn from(citation: Citation) -> Self {
        Self {
            document: citation.document,
            title: citation.title,
            page: citation.page,
            label: citation.label,
            locator: citation.locator,
            quote: citation.quote,
            boxes: citation.boxes,
        }
    }
}

/// Answers questions.
pub(super) fn run(session: &Session, what: arguments::Ask) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let room = room(&app.library, &what.room)?.room;
    let stream = what.what.batch.is_none();
    let subject = match (what.document, &what.section) {
        (Some(document), Some(section)) => {
            Some(Subject { document, section: Some(scope::section(&app.library, document, section)?) })
        }
        (document, _) => document.map(|document| Subject { document, section: None }),
    };
    let asked = NewQuestion {
        conversation: what.conversation,
        mode: what.mode,
        subject,
        executor: what.executor,
        ..NewQuestion::new(room, "")
    };
    batch::run(session, &app, what.what.into(), |id, question: Question| {
        answer(session, &app, NewQuestion { text: &question.text, ..asked }, id, stream)
    })
}

fn answer(
    session: &Session,
    app: &App,
    asked: NewQuestion<'_>,
    id: Option<Value>,
    stream: bool,
) -> Result<(), Failure> {
    let cancel = Cancel::new();
    let mut show = Show { session, line: None };
    let answer = app.runtime().block_on(async {
        let mut asking = app.tutor.ask(asked, cancel.clone()).await?;
        let mut printed = Ok(());
        while let Some(event) = asking.next().await {
            if !stream || printed.is_err() {
                continue;
            }
            printed = match event {
                Event::Delta { text, .. } => show.text(&text),
                Event::Progress(progress) => show.progress(&progress),
                Event::Started { .. } | Event::Citation { .. } => Ok(()),
            };
            if printed.is_err() {
                // Nobody reads on: the turn is stored as stopped.
                cancel.cancel();
            }
        }
        show.clear();
        let answer = asking.answer().await?;
        printed.map(|()| answer)
    })?;
    let answer = Answer {
        r#type: "answer",
        id,
        conversation: answer.conversation,
        turn: answer.turn,
        executor: answer.executor,
        answered: answer.answered,
        answer: answer.text,
        citations: answer.citations.into_iter().map(Cited::from).collect(),
        further: answer.further.into_iter().map(Cited::from).collect(),
        degraded: answer.degraded,
        first_token_ms: answer.first_token_ms,
        elapsed_ms: answer.elapsed_ms,
        provenance: answer.provenance,
    };
    if session.out.is_json() {
        return session.out.object(&answer);
    }
    if !stream {
        session.out.text(&format!("{}\n", asked.text))?;
        session.out.text(&answer.answer)?;
    }
    session.out.text(&proof(&answer))
}

/// Shows an answer as it comes.
struct Show<'a> {
    session: &'a Session,
    /// What is being read, for a person who looks on and has no text yet.
    line: Option<ProgressBar>,
}

impl Show<'_> {
    fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.clear();
        if self.session.out.is_json() {
            return self.session.out.object(&Delta { r#type: "delta", text });
        }
        // From here on the text itself tells how far it is; a line below it would wipe out its last one.
        self.line = Some(ProgressBar::hidden());
        self.session.out.text(text)
    }

    fn progress(&mut self, progress: &Progress) -> Result<(), Failure> {
        if self.session.out.is_json() {
            return self.session.out.object(&Reading { r#type: "progress", progress });
        }
        if self.session.out.is_watched() {
            self.line.get_or_insert_with(ProgressBar::new_spinner).set_message(reading(progress));
        }
        Ok(())
    }

    fn clear(&self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}

/// How far the reading has come, in words.
fn reading(progress: &Progress) -> String {
    let Progress { title, part, parts, request, requests } = progress;
    match (*parts > 1, progress.is_put_together()) {
        (true, true) => format!("Putting together part {part} of {parts}: {title}"),
        (true, false) if *requests > 1 => format!("Reading part {part} of {parts}: {title} ({request} of {requests})"),
        (true, false) => format!("Reading part {part} of {parts}: {title}"),
        (false, true) => format!("Putting together what was read of {title}"),
        (false, false) => format!("Reading part {request} of {requests} of {title}"),
    }
}

/// Where the answer stands, for people.
fn proof(answer: &Answer) -> String {
    let mut words = String::from("\n\n");
    if let Some(degraded) = &answer.degraded {
        words += &format!("Note: {degraded}\n\n");
    }
    for (number, cited) in (1..).zip(&answer.citations) {
        words += &format!("[{number}] {}: \u{201c}{}\u{201d}\n", source(cited), cited.quote);
    }
    if !answer.further.is_empty() {
        words += if answer.answered { "\nRead on:\n" } else { "\nNearest passages:\n" };
        for cited in &answer.further {
            words += &format!("- {}: \u{201c}{}\u{201d}\n", source(cited), cited.quote);
        }
    }
    words + &format!("\n(conversation {})\n", answer.conversation)
}

fn source(cited: &Cited) -> String {
    format!("{}, {}", cited.title, kernel::place(cited.page, cited.label.as_deref(), cited.locator.as_ref()))
}
