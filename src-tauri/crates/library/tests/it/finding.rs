//! Words in a document, and in everything there is.

use std::cell::Cell;

use kernel::{Code, Coded, DocumentId, RoomId, Timestamp};
use library::annotations::{self, Colour, NewAnnotation, Selection};
use library::cards::{self, NewNote, NoteKind};
use library::check::{check, repair};
use library::conversations::{self, NewTurn, Outcome, TextRun};
use library::documents;
use library::everything::{self, Everything};
use library::pages::{self, DocumentMatches};
use library::quizzes::{self, Feedback, ItemState, NewQuiz};
use library::rooms;
use reader::{Block, BlockKind, Page, Word};

use crate::shelf::{Shelf, new_document, page, question};

const LONG: &str = "The hippo- campus stores mémoires. Nothing here.\nMemory lasts; the Hippocampus again.";

/// A page with the box of every word, five words a line.
fn lines(number: u32, text: &str) -> Page {
    let mut words = Vec::new();
    let mut start = 0_u32;
    for (at, word) in text.split([' ', '\n']).enumerate() {
        let end = start + word.len() as u32;
        let (column, line) = ((at % 5) as f32, (at / 5) as f32);
        let (x0, y0) = (0.1 + 0.15 * column, 0.1 + 0.03 * line);
        words.push(Word { start, end, rect: kernel::Rect { x0, y0, x1: x0 + 0.14, y1: y0 + 0.02 } });
        start = end + 1;
    }
    let cut = text.find('\n').unwrap_or(text.len()) as u32;
    let whole = text.len() as u32;
    let block = |start, end| Block { kind: BlockKind::Paragraph, level: None, start, end };
    let blocks = if cut < whole { vec![block(0, cut), block(cut + 1, whole)] } else { vec![block(0, whole)] };
    Page { words, blocks, ..page(number, text) }
}

fn find(shelf: &Shelf, document: DocumentId, query: &str, limit: u32) -> DocumentMatches {
    shelf.read(|c| pages::find(c, document, query, limit, &|| false))
}

fn text(runs: &[TextRun]) -> String {
    runs.iter().map(|run| if run.found { format!("[{}]", run.text) } else { run.text.clone() }).collect()
}

#[test]
fn words_of_a_document_are_found_with_their_boxes_and_what_stands_around_them() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Room"), "a");
    shelf.write(|tx| {
        pages::insert(tx, document, &lines(1, LONG))?;
        pages::insert(tx, document, &lines(2, "Another page."))?;
        pages::insert(tx, document, &lines(3, "hippocampus"))
    });
    let found = find(&shelf, document, "Hippocampus", 10);
    assert_eq!(found.total, 3);
    let words = |at: usize| &LONG[found.matches[at].start as usize..found.matches[at].end as usize];
    assert_eq!((found.matches[0].page, words(0)), (1, "hippo- campus"));
    assert_eq!((found.matches[1].page, words(1)), (1, "Hippocampus"));
    assert_eq!(found.matches[2].page, 3);
    assert_eq!(found.matches[0].label.as_deref(), Some("p1"));
    assert_eq!(text(&found.matches[0].excerpt), "The [hippo- campus] stores mémoires. Nothing here.");
    assert_eq!(text(&found.matches[1].excerpt), "Memory lasts; the [Hippocampus] again.");
    let boxes = &found.matches[0].boxes;
    assert_eq!(boxes.len(), 1);
    assert!((boxes[0].rect.x0 - 0.25).abs() < 1e-3 && (boxes[0].rect.x1 - 0.54).abs() < 1e-3, "{boxes:?}");
    assert_eq!(found.matches[1].locator.number, 2, "the second paragraph of its page");

    // Over the end of a line: a box for each.
    assert_eq!(find(&shelf, document, "MEMOIRES. nothing", 10).matches[0].boxes.len(), 2);
    let some = find(&shelf, document, "hippocampus", 1);
    assert_eq!((some.matches.len(), some.total), (1, 3));
    assert_eq!(find(&shelf, document, " ", 10), DocumentMatches::default());
    assert_eq!(find(&shelf, document, "osmosis", 10), DocumentMatches::default());
}

#[test]
fn a_format_without_pages_has_its_places_by_locators() {
    let shelf = Shelf::new();
    let room = shelf.room("Room");
    let new = documents::NewDocument { format: "epub".into(), ..new_document(room, "e") };
    let document = shelf.write(|tx| {
        let document = documents::add(tx, &new, Timestamp(1))?.document;
        let chapter = Page { words: Vec::new(), width: 0.0, height: 0.0, ..lines(2, LONG) };
        pages::insert(tx, document, &chapter)?;
        Ok(document)
    });
    let found = find(&shelf, document, "lasts", 10).matches.remove(0);
    assert_eq!((found.page, found.boxes.len()), (2, 0));
    assert_eq!((found.locator.number, found.locator.paragraph), (2, Some(2)));
}

#[test]
fn a_search_that_was_begun_anew_ends() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Room"), "a");
    for number in 1..=9 {
        shelf.page(document, number, "osmosis");
    }
    let asked = Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    let ended = shelf.library.read(|c| pages::find(c, document, "osmosis", 99, &stop)).unwrap_err();
    assert_eq!((ended.code(), asked.get()), (Code::Cancelled, 4));
    let ended = shelf.library.read(|c| everything::find(c, None, "osmosis", 9, &|| true)).unwrap_err();
    assert_eq!(ended.code(), Code::Cancelled);
    let gone = shelf.library.read(|c| pages::find(c, DocumentId(99), "x", 9, &|| false)).unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
}

struct House {
    shelf: Shelf,
    biology: RoomId,
    history: RoomId,
    cells: DocumentId,
    wars: DocumentId,
}

fn house() -> House {
    let shelf = Shelf::new();
    let (biology, history) = (shelf.room("Biology"), shelf.room("History of biology"));
    let (cells, wars) = (shelf.document(biology, "cells"), shelf.document(history, "wars"));
    shelf.write(|tx| documents::rename(tx, cells, "Cell biology"));
    shelf.write(|tx| documents::rename(tx, wars, "The Théorie of wars"));
    for (document, words) in [(cells, "Ribosomes make proteins. Water moves."), (wars, "Ribosomes were found in 1955.")]
    {
        shelf.page(document, 1, words);
    }
    House { shelf, biology, history, cells, wars }
}

impl House {
    fn find(&self, room: Option<RoomId>, query: &str) -> Everything {
        self.shelf.read(|c| everything::find(c, room, query, 5, &|| false))
    }
}

#[test]
fn rooms_and_documents_are_found_by_the_beginnings_of_words() {
    let house = house();
    let found = house.find(Some(house.history), "bio");
    assert_eq!(found.rooms.iter().map(|it| text(&it.name)).collect::<Vec<_>>(), ["[Bio]logy", "History of [bio]logy"]);
    assert_eq!(found.documents.iter().map(|it| it.document).collect::<Vec<_>>(), [house.cells]);
    assert_eq!(text(&house.find(None, "theor war").documents[0].title), "The [Théor]ie of [war]s");
    assert!(house.find(None, "ology").rooms.is_empty(), "a word is found from its beginning");
    // By the name of the file and by tags, and these are shown then.
    let by_file = &house.find(None, "cells.pdf").documents[0];
    assert_eq!((by_file.document, text(&by_file.beside)), (house.cells, "[cells].[pdf]".to_owned()));
    house.shelf.write(|tx| documents::tag(tx, house.wars, &["Exam".into()]));
    let by_tag = &house.find(None, "exam wars").documents[0];
    assert_eq!((by_tag.document, text(&by_tag.beside)), (house.wars, "[wars].pdf · [Exam]".to_owned()));
}

#[test]
fn of_documents_that_fit_alike_the_one_that_was_read_last_stands_first() {
    let house = house();
    let third = house.shelf.document(house.biology, "third");
    for document in [house.cells, house.wars, third] {
        house.shelf.write(|tx| documents::rename(tx, document, "Lecture"));
    }
    let order = || house.find(None, "lect").documents.iter().map(|it| it.document).collect::<Vec<_>>();
    assert_eq!(order(), [third, house.wars, house.cells], "the newest, before any was read");
    house.shelf.write(|tx| documents::set_opened(tx, house.cells, Timestamp(8)));
    house.shelf.write(|tx| documents::set_opened(tx, house.wars, Timestamp(5)));
    assert_eq!(order(), [house.cells, house.wars, third]);
    house.shelf.write(|tx| documents::rename(tx, third, "Lecture two"));
    house.shelf.write(|tx| documents::rename(tx, house.cells, "A lecture"));
    assert_eq!(order(), [house.wars, third, house.cells], "a title that begins so is meant before one that has it");
}

#[test]
fn what_the_open_room_has_stands_first() {
    let house = house();
    let order =
        |room| -> Vec<RoomId> { house.find(room, "ribosom").passages.iter().map(|passage| passage.room).collect() };
    assert_eq!(order(Some(house.biology)), [house.biology, house.history]);
    assert_eq!(order(Some(house.history)), [house.history, house.biology]);
    assert_eq!(order(None).len(), 2);
    house.shelf.write(|tx| rooms::hide(tx, house.history, Timestamp(1)));
    assert_eq!(order(None), [house.biology], "what is removed is not found");
    assert!(house.find(None, "history").rooms.is_empty() && house.find(None, "wars").documents.is_empty());
}

#[test]
fn a_place_in_a_document_comes_with_all_that_opens_it() {
    let house = house();
    let found = house.find(None, "protein").passages.remove(0);
    assert_eq!((found.document, found.page, found.label.as_deref()), (house.cells, 1, Some("p1")));
    assert_eq!((found.title.as_str(), found.boxes.len(), found.locator), ("Cell biology", 1, None));
    assert_eq!(found.headings, ["Part one", "Cells"]);
    assert_eq!(text(&found.line), "Ribosomes make [proteins]. Water moves.");
    // All of the words; a short last one is a whole word, since most passages have one that begins so.
    assert_eq!(house.find(None, "ribosomes 1955").passages.len(), 1);
    assert_eq!((house.find(None, "pr").passages.len(), house.find(None, "pro").passages.len()), (0, 1));
    assert_eq!(house.find(None, "\"OR* NEAR(protein"), Everything::default(), "nothing in a query is an operator");
    assert_eq!(house.find(None, " ?"), Everything::default());
}

#[test]
fn turns_notes_highlights_and_quizzes_are_found_by_their_words() {
    let house = house();
    let now = Timestamp(1);
    let cloze = NewNote { kind: NoteKind::Cloze, ..NewNote::basic("The {{c1::nucleolus}} makes them", "") };
    let (turn, note, gaps, mark, quiz) = house.shelf.write(|tx| {
        let talk = conversations::create(tx, house.biology, "Talk", now)?.conversation;
        let turn = conversations::begin_turn(tx, talk, &NewTurn::new("Who is Golgi?", "extractive"), now)?;
        conversations::complete(tx, turn, &Outcome { answer: "He saw an apparatus.", ..Outcome::default() })?;
        let tagged = NewNote { tags: vec!["exam".into()], ..NewNote::basic("What did Golgi see?", "An apparatus") };
        let note = cards::add_note(tx, house.biology, &tagged, now)?;
        let gaps = cards::add_note(tx, house.history, &cloze, now)?;
        let on = Selection { document: house.cells, page: 1, start: 0, end: 9, quote: "Ribosomes".into() };
        let new = NewAnnotation { on, colour: Colour::Pink, note: "Ask about Golgi.".into() };
        let marked = annotations::add(tx, &new, now)?;
        let item = question(marked.citation);
        let asked = quizzes::add(tx, house.biology, &item, "rules", ItemState::Ready, now)?;
        let new = NewQuiz {
            room: house.biology,
            title: "Golgi and others",
            feedback: Feedback::AtOnce,
            time_limit_s: None,
            again: None,
            questions: &[(asked, item)],
        };
        Ok((turn, note, gaps, marked.annotation, quizzes::create(tx, &new, now)?.quiz))
    });
    let found = house.find(Some(house.biology), "golg");
    assert_eq!(found.turns.iter().map(|it| it.turn).collect::<Vec<_>>(), [turn]);
    assert_eq!(text(&found.turns[0].question), "Who is [Golgi]?");
    assert_eq!(found.notes.iter().map(|it| it.note).collect::<Vec<_>>(), [note]);
    assert_eq!((text(&found.notes[0].front), found.notes[0].room), ("What did [Golgi] see?".to_owned(), house.biology));
    assert_eq!(found.notes[0].card, Some(house.shelf.read(|c| cards::of_note(c, note))[0].card));
    assert_eq!(found.annotations.iter().map(|it| it.annotation.annotation).collect::<Vec<_>>(), [mark]);
    assert_eq!(text(&found.annotations[0].note), "Ask about [Golgi].");
    assert_eq!(found.quizzes.iter().map(|it| it.quiz).collect::<Vec<_>>(), [quiz]);
    assert_eq!(text(&found.quizzes[0].title), "[Golg]i and others");
    assert_eq!(text(&house.find(None, "nucleolus").notes[0].front), "The [nucleolus] makes them");
    assert_eq!(house.find(None, "exam").notes[0].note, note, "by its tags");

    // A note is found by what it says now, and not when it is gone.
    house.shelf.write(|tx| cards::edit_note(tx, gaps, &NewNote::basic("Where is chromatin?", "Inside"), now));
    assert!(house.find(None, "nucleolus").notes.is_empty());
    assert_eq!(house.find(None, "chromatin").notes[0].note, gaps);
    house.shelf.write(|tx| cards::remove_note(tx, gaps));
    assert!(house.find(None, "chromatin").notes.is_empty());
    house.shelf.write(|tx| annotations::remove(tx, mark, now));
    assert!(house.find(None, "golgi").annotations.is_empty());
    assert_eq!(check(&house.shelf.library).unwrap().problems, [] as [&str; 0]);
}

#[test]
fn an_index_of_notes_that_was_lost_is_made_anew() {
    let house = house();
    house.shelf.write(|tx| cards::add_note(tx, house.biology, &NewNote::basic("光合作用?", "Leaves"), Timestamp(1)));
    let found = || house.find(None, "光合").notes.len();
    assert_eq!(found(), 1);
    house.shelf.write(|tx| Ok(tx.execute_batch("DELETE FROM notes_fts")?));
    assert_eq!(found(), 0);
    let problems = check(&house.shelf.library).unwrap().problems;
    assert!(problems.iter().any(|it| it.contains("1 notes of cards are not in their index")), "{problems:?}");
    assert_eq!(repair(&house.shelf.library).unwrap().problems, [] as [&str; 0]);
    assert_eq!(found(), 1);
}
