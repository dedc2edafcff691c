//! What the verbs print: names that scripts rely on.

use serde_json::{Value, json};

use crate::cli::{Shelf, keys};
use document_maker::{Pdf, book, needle};

#[test]
fn import_tells_how_far_it_is_and_how_it_ended() {
    let shelf = Shelf::new();
    let file = shelf.file("animals.pdf", book("Rare Animals", 40));
    let lines = shelf.json(&["import", "--room", "Zoology", file.to_str().unwrap()]);
    let (last, progress) = lines.split_last().unwrap();
    assert_eq!(
        keys(last),
        [
            "code",
            "complete_ms",
            "document",
            "duplicate",
            "message",
            "pages",
            "passages",
            "path",
            "searchable_ms",
            "state",
            "type"
        ]
    );
    assert_eq!(last["type"], "imported");
    assert_eq!(last["path"], file.to_str().unwrap());
    assert_eq!(last["state"], "complete");
    assert_eq!(last["pages"], 40);
    assert!(last["passages"].as_u64().unwrap() >= 40, "{last}");
    assert!(last["searchable_ms"].as_u64() <= last["complete_ms"].as_u64(), "{last}");
    assert!(!progress.is_empty());
    let mut read = 0;
    for line in progress {
        assert_eq!(line["type"], "progress", "{line}");
        assert_eq!(line["document"], last["document"]);
        let pages = line["pages_read"].as_u64().unwrap();
        assert!(pages >= read, "pages are read forwards: {line}");
        read = pages;
    }
}

#[test]
fn an_import_until_searchable_is_gone_on_with_by_the_next_command() {
    let shelf = Shelf::new();
    let file = shelf.file("animals.pdf", book("Rare Animals", 30));
    let until = shelf.json(&["import", "--room", "Books", "--until", "searchable", file.to_str().unwrap()]);
    let end = until.last().unwrap();
    assert!(end["searchable_ms"].is_u64(), "{end}");
    shelf.assert_finds(17);

    let other = shelf.file("other.pdf", book("Other", 1));
    shelf.import(&[&other]);
    for document in shelf.json(&["documents", "--room", "Books"]) {
        assert_eq!(document["state"], "complete", "{document}");
        assert_eq!(document["embedded"], document["passages"]);
    }
    shelf.assert_sound();
}

#[test]
fn rooms_and_documents_are_listed_with_their_counts() {
    let shelf = Shelf::new();
    assert!(shelf.json(&["rooms"]).is_empty());
    let file = shelf.file(
        "mixed.pdf",
        Pdf::new().titled("Of All Kinds").page("One", &["Some words to read."]).scanned_page().empty_page().bytes(),
    );
    let imported = &shelf.import(&[&file])[0];
    let rooms = shelf.json(&["rooms"]);
    assert_eq!(rooms.len(), 1);
    assert_eq!(keys(&rooms[0]), ["documents", "name", "passages", "room"]);
    assert_eq!((&rooms[0]["name"], &rooms[0]["documents"]), (&json!("Books"), &json!(1)));

    let documents = shelf.json(&["documents", "--room", "books"]);
    let document = &documents[0];
    assert_eq!(document["document"], imported["document"]);
    assert_eq!(document["title"], "Of All Kinds");
    assert_eq!(document["path"], file.to_str().unwrap());
    assert_eq!(document["format"], "pdf");
    assert_eq!(document["pages"], 3);
    assert_eq!(document["passages"], imported["passages"]);
    assert_eq!(document["state"], "complete");
    assert_eq!(
        document["ledger"],
        json!({"text": 1, "scanned": 1, "garbled": 0, "empty": 1, "unreadable": 0, "recognised": 1})
    );
}

#[test]
fn a_document_is_printed_block_by_block() {
    let shelf = Shelf::new();
    let file = shelf.file(
        "cells.pdf",
        Pdf::new()
            .page("Cells", &["Every living thing is made of cells.", "Some have a nucleus, others have none."])
            .page("Tissues", &["Cells of one kind form a tissue."])
            .bytes(),
    );
    let document = shelf.import(&[&file])[0]["document"].to_string();
    let blocks = shelf.json(&["text", &document]);
    let shown: Vec<_> =
        blocks.iter().map(|block| (block["page"].as_u64().unwrap(), block["text"].as_str().unwrap())).collect();
    assert_eq!(
        shown,
        [
            (1, "Cells"),
            (1, "Every living thing is made of cells."),
            (1, "Some have a nucleus, others have none."),
            (2, "Tissues"),
            (2, "Cells of one kind form a tissue."),
        ]
    );
    assert_eq!(blocks[0]["kind"], "heading");
    assert_eq!(keys(&blocks[1]), ["kind", "level", "locator", "page", "text"]);
}

#[test]
fn what_is_removed_is_found_no_more_and_leaves_nothing_behind() {
    let shelf = Shelf::new();
    let (one, two) = (shelf.file("one.pdf", book("One", 5)), shelf.file("two.pdf", book("Two", 3)));
    let imported = shelf.import(&[&one, &two]);
    let gone = imported.iter().find(|line| line["path"] == one.to_str().unwrap()).unwrap()["document"].to_string();
    let removed = &shelf.json(&["remove", &gone])[0];
    assert_eq!((&removed["type"], &removed["title"]), (&json!("removed"), &json!("One")));

    let titles: Vec<_> = shelf.json(&["documents", "--room", "Books"]).iter().map(|d| d["title"].clone()).collect();
    assert_eq!(titles, ["Two"]);
    let word = needle(5);
    let found = &shelf.json(&["search", "--room", "Books", word.as_str()])[0]["passages"];
    assert!(found.as_array().unwrap().iter().all(|passage| passage["title"] == "Two"), "{found}");
    let originals: Vec<_> = std::fs::read_dir(shelf.data().join("originals")).unwrap().collect();
    assert_eq!(originals.len(), 1);
    let again = shelf.run(&["remove", &gone]);
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("not_found"), "{again:?}");
    shelf.assert_sound();
}

#[test]
fn status_says_what_there_is() {
    let shelf = Shelf::new();
    let file = shelf.file("one.pdf", book("One", 2));
    shelf.import(&[&file]);
    let status = &shelf.json(&["status"])[0];
    assert_eq!(status["type"], "status");
    assert_eq!(status["counts"]["documents"], 1);
    assert_eq!(status["work"]["complete"], 1);
    assert_eq!(status["index_rows"], status["counts"]["vectors"]);
    assert_eq!(status["native"]["model"], true);
    assert_eq!(status["native"]["pdfium"], true);
    assert!(shelf.json(&["jobs", "list"]).is_empty());
}

#[test]
fn a_vector_index_that_is_lost_comes_back() {
    let shelf = Shelf::new();
    let file = shelf.file("one.pdf", book("One", 4));
    shelf.import(&[&file]);
    std::fs::remove_dir_all(shelf.data().join("vectors")).unwrap();
    let report = shelf.run(&["--json", "check"]);
    assert_eq!(report.code, Some(1), "{report:?}");
    assert_eq!(report.lines()[0]["sound"], false);
    let repaired = &shelf.json(&["check", "--repair"])[0];
    assert_eq!(repaired["sound"], true, "{repaired}");
    shelf.assert_sound();
}

const WATER: &str = "# Water

Water moves through all that lives.

## Membranes

**Osmosis** is the movement of water through a membrane towards more salt.

### Salt

Salt draws water out of a cell.

## Seas

| sea | water in it |
|---|---|
| Baltic | little salt |
| Dead Sea | much salt |

## Summary

Water goes where the salt is.
";

/// Two documents that speak of water; the number of the first.
fn waters() -> (Shelf, String) {
    let shelf = Shelf::new();
    let (water, fire) = (shelf.file("water.md", WATER), shelf.file("fire.md", "# Fire\n\nWater puts fire out.\n"));
    let imported = shelf.import(&[&water, &fire]);
    let water = imported.iter().find(|line| line["path"] == water.to_str().unwrap()).unwrap();
    let document = water["document"].to_string();
    (shelf, document)
}

/// The innermost headings of what a search finds, in the order of the document.
fn found(shelf: &Shelf, arguments: &[&str]) -> Vec<String> {
    let all = [&["search", "--room", "Books"], arguments].concat();
    let mut passages = shelf.json(&all)[0]["passages"].as_array().unwrap().clone();
    passages.sort_by_key(|passage| passage["passage"].as_u64());
    let heading =
        |passage: &Value| passage["headings"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned();
    passages.iter().map(heading).collect()
}

#[test]
fn a_search_looks_into_the_part_of_the_room_that_it_is_given() {
    let (shelf, water) = waters();
    let document = ["--document", water.as_str()];
    assert_eq!(found(&shelf, &["water"]).len(), 6);
    assert_eq!(found(&shelf, &[&document[..], &["water"]].concat()).len(), 5);
    let section = |name| found(&shelf, &[&document[..], &["--section", name, "water"]].concat());
    assert_eq!(section("Membranes"), ["Membranes", "Salt"]);
    assert_eq!(section("salt"), ["Salt"]);
    assert_eq!(section("water"), ["Water", "Membranes", "Salt", "Seas", "Summary"]);
    assert_eq!(found(&shelf, &["--kind", "table", "water"]), ["Seas"]);
    assert_eq!(found(&shelf, &["--kind", "definition", "water"]), ["Membranes"]);
    assert_eq!(found(&shelf, &["--kind", "table", "--kind", "definition", "water"]), ["Membranes", "Seas"]);
    assert!(found(&shelf, &["--kind", "code", "water"]).is_empty());
    // As many as asked for, though others fit better.
    assert_eq!(found(&shelf, &["-k", "1", "--kind", "table", "osmosis membrane movement"]), ["Seas"]);
}

#[test]
fn a_part_that_there_is_not_is_named() {
    let (shelf, water) = waters();
    let search = |arguments: &[&str]| shelf.run(&[&["search", "--room", "Books"], arguments, &["water"]].concat());
    for wrong in [&["--section", "Salt"][..], &["--kind", "picture"], &["--document", "water"]] {
        let done = search(wrong);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{wrong:?}: {done:?}");
    }
    assert!(search(&["--kind", "picture"]).err.contains("definition"), "the kinds there are");
    let document = ["--document", water.as_str()];
    for (arguments, code) in [
        (&["--document", "999"][..], "not_found"),
        (&[&document[..], &["--document", "999"]].concat(), "not_found"),
        (&[&document[..], &["--section", "Deserts"]].concat(), "not_found"),
        (&[&document[..], &["--document", "2", "--section", "Salt"]].concat(), "invalid"),
    ] {
        let done = search(arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(1), ""), "{arguments:?}: {done:?}");
        assert!(done.err.contains(code), "{arguments:?}: {}", done.err);
    }
    // A document of another room is none of this one.
    let stone = shelf.file("stone.md", "# Stone\n\nStones stay.\n");
    let stone =
        shelf.json(&["import", "--room", "Other", stone.to_str().unwrap()]).pop().unwrap()["document"].to_string();
    assert_eq!(search(&["--document", &stone]).code, Some(1));
}

#[test]
fn a_search_says_why_it_found_what_it_found() {
    let (shelf, _) = waters();
    let best = &shelf.json(&["search", "--room", "Books", "--explain", "osmosis fire"])[0]["passages"][0];
    let explanation = &best["explanation"];
    assert_eq!(keys(explanation), ["has", "keyword_rank", "lacks", "parts", "similarity", "why"]);
    assert!(explanation["keyword_rank"].as_u64().is_some_and(|rank| rank > 0), "counted from 1");
    let mut sum = 0.0;
    for part in explanation["parts"].as_array().unwrap() {
        assert_eq!(keys(part), ["adds", "label", "name", "value", "weight"]);
        let number = |name: &str| part[name].as_f64().unwrap();
        assert!((number("value") * number("weight") - number("adds")).abs() < 1e-5, "{part}");
        sum += number("adds");
    }
    assert!((sum - best["score"].as_f64().unwrap()).abs() < 1e-4, "the parts are the score: {best:#}");
    let words = |name: &str| explanation[name].as_array().unwrap().len();
    assert_eq!((words("has"), words("lacks")), (1, 1), "{explanation:#}");
    let why = explanation["why"].as_str().unwrap();
    assert!(why.contains("osmosis") && why.contains("fire"), "{why}");
    let text = shelf.run(&["search", "--room", "Books", "--explain", "osmosis fire"]).out;
    assert!(text.contains(why) && text.contains("rank by words 1"), "{text}");
}

#[test]
fn any_words_at_all_can_be_searched_for() {
    let (shelf, water) = waters();
    let long = "water ".repeat(17_000);
    for query in [
        "\"",
        "\"water AND",
        "water NEAR(salt) OR -fire* ^x {headings}: text",
        "'; DROP TABLE passages; --",
        "\u{6c34}\u{306f}\u{3069}\u{3053}\u{3078}",
        "\u{432}\u{43e}\u{434}\u{430}",
        "\u{1f4a7}",
        &long,
    ] {
        let found = shelf.json(&["search", "--room", "Books", "--", query]).remove(0);
        assert!(found["passages"].is_array(), "{query}");
    }
    assert_eq!(found(&shelf, &["--", &long]).len(), 6);
    for empty in ["", "  ", "?!"] {
        assert_eq!(shelf.json(&["search", "--room", "Books", empty])[0]["passages"], json!([]), "{empty:?}");
    }
    for document in shelf.json(&["documents", "--room", "Books"]) {
        shelf.json(&["remove", &document["document"].to_string()]);
    }
    assert_eq!(shelf.json(&["search", "--room", "Books", "water"])[0]["passages"], json!([]));
    assert_eq!(shelf.run(&["search", "--room", "Books", "--document", &water, "water"]).code, Some(1));
}
