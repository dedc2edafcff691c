//! Scans: their text is recognised in the background, found, and cited in its place.

use acceptance::soak::documents;
use serde_json::Value;

use crate::cli::Shelf;

/// Where the words of a quote stand, from the citation of an answer or the boxes of a search's best hit.
fn boxes(citation: &Value) -> Vec<[f64; 4]> {
    let side = |it: &Value, name: &str| it[name].as_f64().unwrap();
    let boxes = citation["boxes"].as_array().unwrap();
    boxes.iter().map(|it| ["x0", "y0", "x1", "y1"].map(|name| side(it, name))).collect()
}

/// The share of the area of both that they have in common.
fn overlap(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    let area = |it: [f64; 4]| (it[2] - it[0]).max(0.0) * (it[3] - it[1]).max(0.0);
    let common = area([a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]);
    common / (area(*a) + area(*b) - common)
}

fn cited(shelf: &Shelf, room: &str, question: &str) -> Value {
    let lines = shelf.json(&["ask", "--room", room, question]);
    let answer = lines.last().unwrap();
    assert_eq!(answer["answered"], true, "{answer:#}");
    answer["citations"][0].clone()
}

#[test]
fn a_scan_is_found_and_cited_where_its_words_stand() {
    let shelf = Shelf::new();
    let scan = shelf.file("scan.pdf", documents::scanned(&shelf, 3));
    let ends = shelf.import(&[&scan]);
    assert_eq!((&ends[0]["state"], &ends[0]["code"]), (&"complete".into(), &Value::Null), "{ends:#?}");
    let document = &shelf.json(&["documents", "--room", "Books"])[0];
    let ledger = &document["ledger"];
    assert_eq!((&ledger["scanned"], &ledger["recognised"]), (&3.into(), &3.into()), "{document:#}");

    // The same pages with their text, as they were before they were scanned.
    let printed = shelf.path("printed.pdf");
    shelf.json(&["import", "--room", "Printed", printed.to_str().unwrap()]);
    let number = shelf.json(&["documents", "--room", "Printed"])[0]["document"].to_string();
    let blocks = shelf.json(&["text", &number]);
    let on_page = |page: u32| -> String {
        let here = blocks.iter().filter(|it| it["page"] == page && it["kind"] == "paragraph");
        here.map(|it| it["text"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
    };
    let elsewhere = [on_page(1), on_page(3)].concat();
    let text = on_page(2);
    let own = text.split_inclusive(". ").map(str::trim).filter(|it| !elsewhere.contains(it));
    let sentence = own.max_by_key(|it| it.len()).unwrap();

    let (seen, known) = (cited(&shelf, "Books", sentence), cited(&shelf, "Printed", sentence));
    assert_eq!((&seen["page"], &known["page"]), (&2.into(), &2.into()));
    let (seen, known) = (boxes(&seen), boxes(&known));
    assert_eq!(seen.len(), known.len(), "{seen:?} {known:?}");
    for (seen, known) in seen.iter().zip(&known) {
        // Letters as they are printed have no room above and below them, as those of a font do.
        assert!(overlap(seen, known) > 0.4, "{seen:?} is not {known:?}");
    }
}

#[test]
fn without_the_program_scans_are_kept_and_recognised_when_it_is_there() {
    let shelf = Shelf::new();
    let scan = shelf.file("scan.pdf", documents::scanned(&shelf, 1));
    let mut without = shelf.command();
    without.env("PATH", "/nowhere").env("SMART_STUDY_ROOM_TESSERACT", "/nowhere/tesseract");
    without.args(["--json", "import", "--room", "Books"]).arg(&scan);
    let done = crate::cli::finished(&mut without);
    let end = done.lines().pop().unwrap();
    assert_eq!((&end["state"], &end["code"]), (&"complete".into(), &"native_part_missing".into()), "{end}");
    assert!(end["message"].as_str().unwrap().contains("Tesseract"), "{end}");
    assert!(shelf.json(&["documents", "--room", "Books"])[0]["ledger"]["recognised"] == 0);

    // The next import of a scan takes its turn behind it.
    let other = shelf.file("other.pdf", documents::scanned(&shelf, 2));
    shelf.import(&[&other]);
    let documents = shelf.json(&["documents", "--room", "Books"]);
    let found = documents.iter().find(|it| it["title"] == "scan").unwrap();
    assert_eq!((&found["state"], &found["ledger"]["recognised"]), (&"complete".into(), &1.into()), "{found:#}");
    shelf.assert_sound();
}
