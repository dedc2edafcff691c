//! Cards from the command line.

use document_maker::book;
use serde_json::{Value, json};

use crate::cli::Shelf;

/// Adds a note to the room "Biology"; its cards.
fn add(shelf: &Shelf, text: &[&str]) -> Vec<Value> {
    shelf.json(&[&["cards", "add", "--room", "Biology"], text].concat())
}

fn number(card: &Value) -> String {
    card["card"].to_string()
}

fn list(shelf: &Shelf, more: &[&str]) -> Vec<Value> {
    shelf.json(&[&["cards", "list", "--room", "Biology"], more].concat())
}

/// The cards of today, and the line that counts them.
fn due(shelf: &Shelf) -> (Vec<String>, Value) {
    let mut lines = shelf.json(&["cards", "due", "--room", "Biology"]);
    let summary = lines.pop().unwrap();
    (lines.iter().map(number).collect(), summary)
}

#[test]
fn a_card_is_written_asked_answered_and_taken_back() {
    let shelf = Shelf::new();
    let basic = add(&shelf, &["--front", "What is osmosis?", "--back", "Water moving.", "--tag", "cells"]);
    let gaps = add(&shelf, &["--front", "{{c1::Water}} moves by {{c2::osmosis}}."]);
    assert_eq!((basic.len(), gaps.len()), (1, 2));
    assert_eq!((&gaps[0]["kind"], &gaps[0]["question"]), (&json!("cloze"), &json!("[…] moves by osmosis.")));
    let (today, summary) = due(&shelf);
    assert_eq!(today, [number(&basic[0]), number(&gaps[0])], "of the two gaps one comes a day");
    assert_eq!((&summary["type"], &summary["new"], &summary["next"]), (&json!("summary"), &json!(2), &Value::Null));

    let card = number(&basic[0]);
    let shown = &shelf.json(&["cards", "show", &card])[0];
    assert_eq!(shown["answers"].as_array().map(Vec::len), Some(4));
    let answered = &shelf.json(&["cards", "review", &card, "--rating", "easy", "--ms", "2500"])[0];
    assert_eq!((&answered["type"], &answered["state"]), (&json!("reviewed"), &json!("review")));
    assert_eq!(answered["interval"], shown["answers"][3]["interval"]);
    assert_eq!(due(&shelf).0, [number(&gaps[0])]);
    let told = &shelf.json(&["cards", "stats", "--room", "Biology"])[0];
    assert_eq!((&told["days"][0]["answers"], &told["days"][0]["ms"]), (&json!(1), &json!(2500)));

    let undone = &shelf.json(&["cards", "undo", "--room", "Biology"])[0];
    assert_eq!((&undone["card"], &undone["state"]), (&basic[0]["card"], &json!("new")));
    assert_eq!(list(&shelf, &[]), [basic, gaps].concat());
    let nothing = shelf.run(&["cards", "undo", "--room", "Biology"]);
    assert_eq!((nothing.code, nothing.err.contains("Nothing is left")), (Some(1), true), "{nothing:?}");
}

#[test]
fn cards_are_left_out_set_to_a_day_changed_and_removed() {
    let shelf = Shelf::new();
    let [one, other] = ["one", "other"].map(|front| number(&add(&shelf, &["--front", front, "--back", "b"])[0]));
    shelf.json(&["cards", "suspend", &one, &other]);
    assert_eq!(due(&shelf).0, [""; 0]);
    assert_eq!(list(&shelf, &["--suspended"]).len(), 2);
    let refused = shelf.run(&["cards", "review", &one, "--rating", "good"]);
    assert_eq!((refused.code, refused.err.contains("unsuspend")), (Some(1), true), "{refused:?}");
    shelf.json(&["cards", "unsuspend", &one, &other]);
    shelf.json(&["cards", "bury", &one]);
    assert_eq!(due(&shelf).0, [other.as_str()]);
    let set = &shelf.json(&["cards", "reschedule", &other, "--due", "2090-01-01"])[0];
    assert_eq!((&set["type"], &set["state"]), (&json!("rescheduled"), &json!("review")));
    assert_eq!(due(&shelf).0, [""; 0]);
    let over = shelf.run(&["cards", "reschedule", &other, "--due", "2020-01-01"]);
    assert_eq!((over.code, over.err.contains("is over")), (Some(1), true), "{over:?}");
    shelf.json(&["cards", "reschedule", &other, "--forget"]);
    assert_eq!(due(&shelf).0, [other.as_str()]);

    let edited = &shelf.json(&["cards", "edit", &other, "--back", "changed", "--kind", "reversed"]);
    assert_eq!((edited.len(), &edited[1]["question"]), (2, &json!("changed")));
    shelf.json(&["cards", "remove", &other]);
    assert_eq!(list(&shelf, &[]).len(), 1);
    let settings =
        &shelf.json(&["cards", "settings", "--room", "Biology", "--new-per-day", "0", "--exam", "2090-05-01"])[0];
    assert_eq!((&settings["new_per_day"], &settings["exam"]), (&json!(0), &json!("2090-05-01")));
    let wrong = shelf.run(&["cards", "settings", "--room", "Biology", "--retention", "1.5"]);
    assert_eq!((wrong.code, wrong.err.contains("0.7 and 0.99")), (Some(1), true), "{wrong:?}");
    let few = &shelf.json(&["cards", "fit", "--room", "Biology"])[0];
    assert_eq!((&few["type"], &few["needed"]), (&json!("too_few"), &json!(400)));
    shelf.assert_sound();
}

#[test]
fn a_batch_of_answers_goes_on_behind_one_that_cannot_be_stored() {
    let shelf = Shelf::new();
    let card = add(&shelf, &["--front", "a", "--back", "b"])[0]["card"].clone();
    let batch = [
        json!({"id": "x", "card": 4711, "rating": "good"}),
        json!({"id": 2, "card": card, "rating": "fine"}),
        json!({"id": 3, "card": card, "rating": "good", "ms": 900}),
    ];
    let batch = batch.map(|line| line.to_string()).join("\n");
    let done = shelf.json_with_input(&["cards", "review", "--batch", "-"], &batch);
    let lines = done.lines();
    assert_eq!((done.code, lines.len()), (Some(1), 3), "{done:?}");
    assert_eq!((&lines[0]["id"], &lines[0]["code"]), (&json!("x"), &json!("not_found")));
    assert_eq!((&lines[1]["id"], &lines[1]["code"]), (&json!(2), &json!("invalid")));
    assert_eq!(
        (&lines[2]["id"], &lines[2]["type"], &lines[2]["state"]),
        (&json!(3), &json!("reviewed"), &json!("learning"))
    );
}

#[test]
fn a_document_s_terms_become_notes_with_their_proof_once() {
    let shelf = Shelf::new();
    let text = "# Cells\n\n**Osmosis** is the movement of water through a membrane.\n\n\
                A **ribosome** is a part of the cell that makes proteins.\n";
    let document = shelf.import(&[&shelf.file("cells.md", text)])[0]["document"].to_string();
    let make = |more: &[&str]| shelf.json(&[&["cards", "from-terms", &document], more].concat());
    assert_eq!(make(&["--dry-run"]).len(), 2);
    assert_eq!(shelf.json(&["cards", "list", "--room", "Books"]).len(), 0);
    let made = make(&[]);
    assert_eq!((&made[2]["added"], &made[2]["known"]), (&json!(2), &json!(0)));
    assert_eq!(make(&[])[2], json!({"type": "made", "added": 0, "known": 2}));
    let cards = shelf.json(&["cards", "list", "--room", "Books"]);
    assert_eq!(cards.len(), 2);
    for card in &cards {
        let quote = card["citation"]["quote"].as_str().unwrap();
        assert!(text.replace("**", "").contains(quote) && !quote.is_empty(), "{card:#}");
        assert_eq!(card["document"].to_string(), document);
    }
    shelf.json(&["remove", &document]);
    let kept = shelf.json(&["cards", "list", "--room", "Books"]);
    assert_eq!((kept.len(), &kept[0]["citation"]), (2, &cards[0]["citation"]), "cards are the person's own");
}

#[test]
fn notes_go_out_and_come_into_another_room() {
    let shelf = Shelf::new();
    add(&shelf, &["--front", "What is $a^2$?", "--back", "A, \"square\"", "--tag", "maths"]);
    add(&shelf, &["--front", "{{c1::Water}} moves.", "--extra", "p. 3"]);
    for name in ["notes.csv", "notes.md", "notes.apkg"] {
        let file = shelf.path(name);
        let file = file.to_str().unwrap();
        let exported = &shelf.json(&["export", "--room", "Biology", "--to", file])[0];
        assert_eq!((&exported["type"], &exported["notes"]), (&json!("exported"), &json!(2)));
        let imported = &shelf.json(&["cards", "import", "--room", name, file])[0];
        assert_eq!((&imported["added"], &imported["skipped"]), (&json!(2), &json!([])));
        let again = &shelf.json(&["cards", "import", "--room", name, file])[0];
        assert_eq!((&again["added"], &again["unchanged"]), (&json!(0), &json!(2)));
        let asked = |room: &str| -> Vec<Value> {
            let cards = shelf.json(&["cards", "list", "--room", room]);
            cards.iter().map(|card| json!([card["question"], card["answer"], card["extra"], card["tags"]])).collect()
        };
        assert_eq!(asked(name), asked("Biology"));
    }
    let other = shelf.run(&["export", "--room", "Biology", "--to", "cards.docx"]);
    assert_eq!((other.code, other.err.contains(".csv")), (Some(1), true), "{other:?}");
}

#[test]
fn cards_and_answers_are_in_a_backup_and_come_back() {
    let shelf = Shelf::new();
    let card = number(&add(&shelf, &["--front", "a", "--back", "b"])[0]);
    shelf.json(&["cards", "review", &card, "--rating", "good"]);
    let before = list(&shelf, &[]);
    let file = shelf.path("backup.zip");
    shelf.json(&["backup", file.to_str().unwrap()]);
    shelf.json(&["cards", "remove", &card]);
    shelf.json(&["restore", file.to_str().unwrap()]);
    assert_eq!(list(&shelf, &[]), before);
    shelf.json(&["cards", "undo", "--room", "Biology"]);
    shelf.assert_sound();
}

#[test]
fn a_new_edition_without_the_words_marks_the_cards_made_of_them() {
    let shelf = Shelf::new();
    let text = |moved: &str| format!("# Cells\n\n{moved}**Osmosis** is the movement of water through a membrane.\n");
    let document = shelf.import(&[&shelf.file("cells.md", text(""))])[0]["document"].to_string();
    shelf.json(&["cards", "from-terms", &document]);
    let changed = || shelf.json(&["cards", "list", "--room", "Books", "--source-changed"]).len();
    let replace = |text: String| {
        let file = shelf.file("cells.md", text);
        shelf.json(&["import", "--replaces", &document, file.to_str().unwrap()]);
    };
    replace(text("A new first sentence stands here. "));
    assert_eq!(changed(), 0);
    replace(text("").replace("water", "salt"));
    assert_eq!(changed(), 1);
}

#[test]
fn what_is_missing_is_said_in_one_line() {
    let shelf = Shelf::new();
    shelf.import(&[&shelf.file("book.pdf", book("Empty", 1))]);
    for (arguments, says) in [
        (&["cards", "list", "--room", "Nowhere"][..], "no room called"),
        (&["cards", "show", "7"], "no card 7"),
        (&["cards", "review", "7", "--rating", "good"], "no card 7"),
        (&["cards", "add", "--room", "Books", "--front", "a"], "needs a back"),
        (&["cards", "import", "--room", "Books", "/nowhere/a.csv"], "/nowhere/a.csv"),
        (&["cards", "settings", "--room", "Books", "--exam", "tomorrow"], "2026-11-22"),
    ] {
        let done = shelf.run(arguments);
        assert_eq!(
            (done.code, done.out.as_str(), done.err.lines().count()),
            (Some(1), "", 1),
            "{arguments:?}: {done:?}"
        );
        assert!(done.err.contains(says), "{done:?}");
    }
    for arguments in
        [&["cards", "review", "7"][..], &["cards", "review", "7", "--rating", "fine"], &["cards", "reschedule", "7"]]
    {
        assert_eq!(shelf.run(arguments).code, Some(2), "{arguments:?}");
    }
}
