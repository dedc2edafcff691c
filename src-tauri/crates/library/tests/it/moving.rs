//! A document that goes to another room.

use kernel::{Citation, Code, Coded, DocumentId, RoomId, Timestamp};
use library::annotations::{self, Colour, NewAnnotation, Selection, Wanted};
use library::cards::{self, CardState, Filter, NewNote, Rating, Review, ReviewKind};
use library::check::check;
use library::conversations::{self, NewTurn, Outcome};
use library::documents::{self, NewDocument};
use library::jobs::{self, JobKind, JobStage, JobState};
use library::quizzes::{self, Feedback, Grade, ItemState, NewQuiz, Verdict};
use library::{pages, readings, rooms, vectors};

use crate::shelf::{Shelf, new_document, page, question};

const WORDS: &str = "Ribosomes make proteins.";

struct Desk {
    shelf: Shelf,
    from: RoomId,
    to: RoomId,
    document: DocumentId,
}

fn desk() -> Desk {
    let shelf = Shelf::new();
    let (from, to) = (shelf.room("Biology"), shelf.room("Medicine"));
    let document = shelf.document(from, "a");
    let passage = shelf.page(document, 1, WORDS);
    shelf.write(|tx| vectors::put(tx, "m", &[(passage, &[0.1; 384])]));
    Desk { shelf, from, to, document }
}

impl Desk {
    fn go(&self) -> Result<documents::Document, library::Error> {
        self.shelf.library.write(|tx| documents::place(tx, self.document, self.to, None, Timestamp(50)))
    }

    fn citation(&self) -> Citation {
        let on = Selection { document: self.document, page: 1, start: 0, end: 9, quote: "Ribosomes".into() };
        self.shelf.read(|c| annotations::cite(c, &on))
    }

    fn annotations(&self, room: RoomId) -> usize {
        let wanted = Wanted { room, document: None, query: String::new(), limit: 9 };
        self.shelf.read(|c| annotations::find(c, &wanted)).iter().filter(|it| it.annotation.document.is_some()).count()
    }

    fn cards(&self, room: RoomId) -> Vec<cards::Found> {
        self.shelf.read(|c| cards::list(c, room, &Filter::default(), None, 9))
    }
}

#[test]
fn it_is_found_in_the_other_room_alone() {
    let desk = desk();
    let revisions = || desk.shelf.read(|c| Ok([rooms::revision(c, desk.from)?, rooms::revision(c, desk.to)?]));
    let before = revisions();
    desk.shelf.write(|tx| {
        readings::add(tx, readings::Reading { document: desk.document, page: 1, begun: Timestamp(1), ms: 9_000 })
    });
    let moved = desk.go().unwrap();
    assert_eq!((moved.room, moved.passages, moved.embedded), (desk.to, 1, 1));
    assert!(revisions().iter().zip(before).all(|(now, then)| *now > then), "what was remembered of both is stale");
    assert_eq!((desk.shelf.find(desk.from, "ribosomes").len(), desk.shelf.find(desk.to, "ribosomes").len()), (0, 1));
    let vectors = desk.shelf.read(|c| vectors::of_document(c, "m", desk.document, 0..9));
    assert_eq!(vectors.iter().map(|it| it.room).collect::<Vec<_>>(), [desk.to]);
    assert_eq!(desk.shelf.read(documents::removals), [desk.document], "the vector index is told");
    assert_eq!(desk.shelf.read(|c| readings::of_room(c, desk.to)).len(), 1);
    assert_eq!(check(&desk.shelf.library).unwrap().problems, [] as [&str; 0]);
}

#[test]
fn highlights_go_with_it_the_removed_ones_too() {
    let desk = desk();
    let on = Selection { document: desk.document, page: 1, start: 0, end: 9, quote: "Ribosomes".into() };
    let mark = |note: &str| {
        let new = NewAnnotation { on: on.clone(), colour: Colour::Blue, note: note.into() };
        desk.shelf.write(|tx| annotations::add(tx, &new, Timestamp(1))).annotation
    };
    let (kept, removed) = (mark("Kept"), mark("Removed"));
    desk.shelf.write(|tx| annotations::remove(tx, removed, Timestamp(2)));
    desk.go().unwrap();
    assert_eq!((desk.annotations(desk.from), desk.annotations(desk.to)), (0, 1));
    desk.shelf.write(|tx| annotations::bring_back(tx, removed));
    assert_eq!(desk.annotations(desk.to), 2);
    assert_eq!(desk.shelf.read(|c| annotations::get(c, kept)).note, "Kept");
}

#[test]
fn cards_go_with_it_with_all_that_was_answered() {
    let desk = desk();
    let source = Some(desk.citation());
    let new = NewNote { source, guid: Some("same".into()), ..NewNote::basic("What makes proteins?", "Ribosomes") };
    let own = NewNote { guid: Some("same".into()), ..NewNote::basic("Something else", "Of that room") };
    let (note, there) = desk.shelf.write(|tx| {
        let note = cards::add_note(tx, desk.from, &new, Timestamp(1))?;
        // A card that is about no document stays.
        cards::add_note(tx, desk.from, &NewNote::basic("Stays", "Here"), Timestamp(1))?;
        Ok((note, cards::add_note(tx, desk.to, &own, Timestamp(1))?))
    });
    let card = desk.shelf.read(|c| cards::of_note(c, note))[0].clone();
    desk.shelf.write(|tx| {
        for (time, was, elapsed) in [(10, CardState::New, None), (86_400_010, CardState::Review, Some(1))] {
            let answered = Review {
                review: kernel::ReviewId(0),
                card: card.card,
                time: Timestamp(time),
                kind: ReviewKind::Answer,
                rating: Some(Rating::Good),
                duration_ms: 2_000,
                was,
                was_interval: 1,
                elapsed_days: elapsed,
                state: CardState::Review,
                step: 0,
                due: Some(Timestamp(time + 86_400_000)),
                interval: 1,
                stability: Some(1.5),
                difficulty: Some(5.5),
                leech: false,
            };
            cards::append(tx, &answered)?;
        }
        Ok(())
    });
    let slots = |room| desk.shelf.read(|c| cards::slots(c, room, Timestamp(0)));
    let answers = slots(desk.from);
    assert_eq!(answers.len(), 2);
    desk.go().unwrap();
    assert_eq!(desk.cards(desk.from).len(), 1);
    let moved = desk.cards(desk.to);
    assert_eq!(moved.iter().map(|found| found.note.note).collect::<Vec<_>>(), [note, there]);
    let found = &moved[0];
    assert_eq!((found.card.room, found.card.reps, found.card.state), (desk.to, 2, CardState::Review));
    assert_ne!(found.note.guid, "same", "no room has two notes of one name");
    assert_eq!(moved[1].note.guid, "same");
    assert_eq!((slots(desk.from), slots(desk.to)), (Vec::new(), answers));
    assert_eq!(desk.shelf.read(|c| cards::last_event(c, desk.to)).map(|event| event.card), Some(card.card));
    assert_eq!(desk.shelf.read(|c| cards::sourced(c, desk.to)).len(), 1);
    assert_eq!(check(&desk.shelf.library).unwrap().problems, [] as [&str; 0]);
}

#[test]
fn questions_go_with_it_and_quizzes_that_were_taken_stay_where_they_were() {
    let desk = desk();
    let item = question(desk.citation());
    let quiz = desk.shelf.write(|tx| {
        let id = quizzes::add(tx, desk.from, &item, "rules", ItemState::Ready, Timestamp(1))?;
        let new = NewQuiz {
            room: desk.from,
            title: "Cells",
            feedback: Feedback::AtOnce,
            time_limit_s: None,
            again: None,
            questions: &[(id, item.clone())],
        };
        let quiz = quizzes::create(tx, &new, Timestamp(2))?.quiz;
        quizzes::answer(tx, quiz, 1, &["Ribosomes".into()], 900, Timestamp(3))?;
        let grade = Grade { score: 1.0, verdict: Verdict::Correct, points: Vec::new(), feedback: String::new() };
        quizzes::grade(tx, quiz, 1, &grade)?;
        Ok(quiz)
    });
    desk.go().unwrap();
    let outcomes = |room| desk.shelf.read(|c| quizzes::outcomes(c, room)).len();
    assert_eq!((outcomes(desk.from), outcomes(desk.to)), (0, 1), "what is known of the document goes with it");
    assert_eq!(desk.shelf.read(|c| quizzes::list(c, desk.from)).len(), 1);
    let asked = desk.shelf.read(|c| quizzes::question(c, quiz, 1));
    assert_eq!(asked.asked.citation.quote, "Ribosomes");
}

#[test]
fn an_answer_keeps_its_proof_which_can_still_be_opened() {
    let desk = desk();
    let citations = [desk.citation()];
    let talk = desk.shelf.write(|tx| {
        let talk = conversations::create(tx, desk.from, "Proteins", Timestamp(1))?.conversation;
        let turn = conversations::begin_turn(tx, talk, &NewTurn::new("What makes them?", "extractive"), Timestamp(1))?;
        let outcome = Outcome { answer: "Ribosomes [1].", answered: true, citations: &citations, ..Outcome::default() };
        conversations::complete(tx, turn, &outcome)?;
        Ok(talk)
    });
    desk.go().unwrap();
    assert_eq!(desk.shelf.read(|c| conversations::list(c, desk.from)).len(), 1);
    let turn = desk.shelf.read(|c| conversations::turns(c, talk)).remove(0);
    assert_eq!(turn.citations, citations);
    let cited = desk.shelf.read(|c| documents::get(c, turn.citations[0].document));
    assert_eq!(cited.room, desk.to);
}

#[test]
fn a_room_that_has_the_same_file_refuses_it_by_name() {
    let desk = desk();
    let twin = desk.shelf.document(desk.to, "a");
    desk.shelf.write(|tx| documents::rename(tx, twin, "The twin"));
    let refused = desk.go().unwrap_err();
    assert_eq!(refused.code(), Code::Duplicate);
    let message = refused.to_string();
    assert!(["a.pdf", "The twin", "Medicine"].iter().all(|name| message.contains(name)), "{message}");
    assert_eq!(desk.shelf.read(|c| documents::get(c, desk.document)).room, desk.from, "nothing of it has moved");

    // The same of the new edition that is on its way.
    let desk = self::desk();
    desk.shelf.document(desk.to, "b");
    let edition = NewDocument { replaces: Some(desk.document), ..new_document(desk.from, "b") };
    let edition = desk.shelf.write(|tx| documents::add(tx, &edition, Timestamp(1))).document;
    assert_eq!(desk.go().unwrap_err().code(), Code::Duplicate);
    assert_eq!(desk.shelf.read(|c| documents::get(c, edition)).room, desk.from);
}

#[test]
fn its_new_edition_takes_its_place_in_the_other_room() {
    let desk = desk();
    let edition = NewDocument { replaces: Some(desk.document), ..new_document(desk.from, "b") };
    let edition = desk.shelf.write(|tx| {
        let edition = documents::add(tx, &edition, Timestamp(1))?.document;
        pages::insert(tx, edition, &page(1, "Ribosomes make all proteins."))?;
        Ok(edition)
    });
    desk.go().unwrap();
    assert_eq!(desk.shelf.read(|c| documents::editions(c, desk.to)).len(), 1);
    let (document, _) = desk.shelf.write(|tx| documents::take_place(tx, edition));
    let now = desk.shelf.read(|c| documents::get(c, document));
    assert_eq!((document, now.room, now.file_name.as_str()), (desk.document, desk.to, "b.pdf"));
}

#[test]
fn who_is_writing_its_rows_begins_them_anew_and_any_other_work_goes_on() {
    for (stage, expected) in [
        (JobStage::Reading, JobState::Running),
        (JobStage::Embedding, JobState::Queued),
        (JobStage::Indexing, JobState::Queued),
        (JobStage::Recognising, JobState::Running),
    ] {
        let desk = desk();
        let job = desk.shelf.write(|tx| {
            let job = jobs::enqueue(tx, desk.document, JobKind::Import, 0, Timestamp(1))?;
            jobs::set_checkpoint(tx, job, stage, Some(b"here"), Timestamp(1))?;
            jobs::next(tx, &[stage], "me", Timestamp(2))?;
            Ok(job)
        });
        desk.go().unwrap();
        let job = desk.shelf.read(|c| jobs::get(c, job));
        assert_eq!((job.state, job.stage, job.checkpoint.as_deref()), (expected, stage, Some(&b"here"[..])));
        // Pages that come from now on are the other room's.
        desk.shelf.page(desk.document, 2, "Golgi apparatus");
        assert_eq!(desk.shelf.find(desk.to, "golgi").len(), 1);
    }
}
