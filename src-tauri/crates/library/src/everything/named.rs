//! What is found by its name: rooms, documents and quizzes.

use std::cmp::Reverse;

use kernel::{DocumentId, QuizId, RoomId, Timestamp};
use reader::Phrase;

use super::{FoundDocument, FoundQuiz, FoundRoom, Looked};
use crate::Error;
use crate::fulltext::TextRun;
use crate::stored;

/// How well a name fits; the lower the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It begins with the words.
    Begins,
    /// Each of the words begins a word of it.
    Has,
    /// Each begins a word of it or of what stands beside it.
    Beside,
}

/// The words as they are compared with names, whatever case and accents.
struct Names(Vec<Phrase>);

impl Names {
    fn of(words: &[String]) -> Self {
        Self(words.iter().filter_map(|word| Phrase::new(word)).collect())
    }

    fn fit(&self, name: &str, beside: &str) -> Option<Fit> {
        let has = |phrase: &Phrase, text: &str| begun(phrase, text).next().is_some();
        if self.0.iter().all(|phrase| has(phrase, name)) {
            let begins =
                self.0.first().is_some_and(|phrase| begun(phrase, name).next().is_some_and(|at| at.start == 0));
            return Some(if begins { Fit::Begins } else { Fit::Has });
        }
        let is_beside = self.0.iter().all(|phrase| has(phrase, name) || has(phrase, beside));
        is_beside.then_some(Fit::Beside)
    }

    /// A name cut into what was looked for and what was not.
    fn runs(&self, name: &str) -> Vec<TextRun> {
        let mut places: Vec<_> = self.0.iter().flat_map(|phrase| begun(phrase, name)).collect();
        places.sort_by_key(|place| (place.start, usize::MAX - place.end));
        let mut runs = Vec::new();
        let mut push = |text: &str, found| {
            if !text.is_empty() {
                runs.push(TextRun { text: text.to_owned(), found });
            }
        };
        let mut done = 0;
        for place in places {
            if place.start >= done {
                push(&name[done..place.start], false);
                done = place.end;
                push(&name[place], true);
            }
        }
        push(&name[done..], false);
        runs
    }
}

/// Where a phrase begins a word of a text. Scripts without spaces have no beginnings of words.
fn begun<'a>(phrase: &'a Phrase, text: &'a str) -> impl Iterator<Item = std::ops::Range<usize>> + 'a {
    phrase.places(text).into_iter().filter(move |place| {
        let before = text[..place.start].chars().next_back();
        let is_unspaced = text[place.clone()].starts_with(crate::passages::is_unspaced);
        is_unspaced || !before.is_some_and(char::is_alphanumeric)
    })
}

impl Looked<'_> {
    pub(super) fn rooms(&self) -> Result<Vec<FoundRoom>, Error> {
        let names = Names::of(self.words);
        let mut query = self
            .connection
            .prepare_cached("SELECT room, name, hue FROM rooms WHERE removed IS NULL ORDER BY position, room")?;
        let mut found = Vec::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(1)?;
            if let Some(fit) = names.fit(&name, "") {
                let room = FoundRoom { room: RoomId(row.get(0)?), name: names.runs(&name), hue: row.get(2)? };
                found.push((fit, room));
            }
        }
        found.sort_by_key(|(fit, _)| *fit);
        Ok(self.first(found))
    }

    /// Of those that fit alike the one that was read last stands first.
    pub(super) fn documents(&self) -> Result<Vec<FoundDocument>, Error> {
        let names = Names::of(self.words);
        let mut query = self.connection.prepare_cached(
            "SELECT d.document, d.room, d.title, d.file_name, d.tags, d.opened
             FROM documents d JOIN rooms r USING (room) WHERE r.removed IS NULL AND d.replaces IS NULL",
        )?;
        let mut found = Vec::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (title, file_name): (String, String) = (row.get(2)?, row.get(3)?);
            let tags: Vec<String> = stored::from_json(row, 4)?;
            let beside = std::iter::once(file_name).chain(tags).collect::<Vec<_>>().join(" · ");
            let Some(fit) = names.fit(&title, &beside) else { continue };
            let document = FoundDocument {
                document: DocumentId(row.get(0)?),
                room: RoomId(row.get(1)?),
                title: names.runs(&title),
                beside: if fit == Fit::Beside { names.runs(&beside) } else { Vec::new() },
                opened: row.get::<_, Option<i64>>(5)?.map(Timestamp),
            };
            found.push((fit, document));
        }
        found.sort_by_key(|(fit, it)| {
            (self.is_elsewhere(it.room), *fit, Reverse(it.opened.map(|at| at.0)), -it.document.0)
        });
        Ok(self.first(found))
    }

    pub(super) fn quizzes(&self) -> Result<Vec<FoundQuiz>, Error> {
        let names = Names::of(self.words);
        let mut query = self.connection.prepare_cached(
            "SELECT q.quiz, q.room, q.title, q.created FROM quizzes q JOIN rooms r USING (room) WHERE r.removed IS NULL",
        )?;
        let mut found = Vec::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let title: String = row.get(2)?;
            let Some(fit) = names.fit(&title, "") else { continue };
            let (quiz, room) = (QuizId(row.get(0)?), RoomId(row.get(1)?));
            found.push((fit, FoundQuiz { quiz, room, title: names.runs(&title), created: Timestamp(row.get(3)?) }));
        }
        found.sort_by_key(|(fit, it)| (self.is_elsewhere(it.room), *fit, -it.created.0));
        Ok(self.first(found))
    }

    fn is_elsewhere(&self, room: RoomId) -> bool {
        self.room != Some(room)
    }

    fn first<T>(&self, found: Vec<(Fit, T)>) -> Vec<T> {
        found.into_iter().take(self.limit as usize).map(|(_, found)| found).collect()
    }
}
