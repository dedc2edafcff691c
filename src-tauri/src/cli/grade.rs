use std::path::PathBuf;

use clap::Args;
use kernel::InterfaceLanguage;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use study::grading::{self, Met, Point};

use super::batch::{self, Given, Line};
use super::{Failure, Session};
use crate::app::App;

#[derive(Args, Debug)]
#[group(id = "graded", required = true, multiple = true)]
pub(super) struct Grade {
    /// What was asked; what it gives away counts less
    #[arg(long, value_name = "Q", default_value = "", conflicts_with = "batch")]
    pub(super) question: String,
    /// What a right answer says
    #[arg(long, value_name = "R", requires = "answer", group = "graded")]
    pub(super) reference: Option<String>,
    /// What was answered
    #[arg(value_name = "ANSWER", requires = "reference", group = "graded")]
    pub(super) answer: Option<String>,
    /// A file with one {"id", "question", "reference", "answer"} a line; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["reference", "answer"], group = "graded")]
    pub(super) batch: Option<PathBuf>,
}

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
    grade: grading::Grade,
}

/// Grades answers.
pub(super) fn run(session: &Session, what: Grade) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let given = match what {
        Grade { batch: Some(file), .. } => Given::Batch(file),
        Grade { question, reference, answer, batch: None } => Given::One(Answered {
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
    let grading = grading::grade(&app.retrieval, answered, InterfaceLanguage::En, |point| {
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
