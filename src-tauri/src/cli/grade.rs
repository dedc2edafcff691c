use serde::{Deserialize, Serialize};
use serde_json::Value;
use study::grading::{self, Grade, Met, Point};

use super::batch::{self, Given, Line};
use super::{Failure, Session, arguments};
use crate::app::App;

/// An answer and what it is held against.
#[derive(Debug, Deserialize)]
struct Answered {
    question: String,
    reference: String,
    answer: String,
}

impl Line for Answered {
    const SHAPE: &'static str = r#"{"id", "question", "reference", "answer"}"#;
}

#[derive(Serialize)]
struct Graded {
    /// As the batch named it; null for an answer on the command line.
    id: Option<Value>,
    #[serde(flatten)]
    grade: Grade,
}

/// Grades answers.
pub(super) fn run(session: &Session, what: arguments::Grade) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let given = match what {
        arguments::Grade { batch: Some(file), .. } => Given::Batch(file),
        arguments::Grade { question, reference, answer, batch: None } => Given::One(Answered {
            question,
            reference: reference.unwrap_or_default(),
            answer: answer.unwrap_or_default(),
        }),
    };
    batch::run(session, &app, given, |id, answered| grade(session, &app, id, &answered))
}

fn grade(session: &Session, app: &App, id: Option<Value>, answered: &Answered) -> Result<(), Failure> {
    let Answered { question, reference, answer } = answered;
    let answered = grading::Answered { question, reference, answer };
    let mut printed = Ok(());
    let grading = grading::grade(&app.retrieval, answered, |point| {
        if printed.is_ok() && !session.out.is_json() {
            printed = session.out.text(&said(point));
        }
    });
    let grade = app.runtime().block_on(grading)?;
    printed?;
    if session.out.is_json() {
        return session.out.object(&Graded { id, grade });
    }
    session.out.text(&format!("{:.0} %: {}\n", grade.score * 100.0, grade.feedback))
}

/// A point, for people.
fn said(point: &Point) -> String {
    let mark = match point.met {
        Met::Met => "said",
        Met::Partly => "said in part",
        Met::Missed => "missing",
        Met::Contradicted => "contradicted",
    };
    let evidence = point.evidence.as_ref().map(|words| format!(": \u{201c}{words}\u{201d}")).unwrap_or_default();
    format!("- {} ({mark}{evidence})\n", point.text)
}
