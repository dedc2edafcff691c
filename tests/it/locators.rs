//! Where words stand in formats without pages, in formats with them, and in scripts without spaces.

use serde_json::{Value, json};

use crate::cli::Shelf;
use document_maker::book;

const NOTES: &str = "# Cells\n\nEvery living thing is made of cells.\n\n## Membranes\n\nA membrane keeps the inside of \
    a cell apart from what is outside of it.\n\nWater passes through the membrane by osmosis, from where it is pure to \
    where it is not.\n";
const ROWS: &str = "animal,legs,home\nmillipede,750,soil\nspider,8,web\nostrich,2,savanna\n";

fn best(shelf: &Shelf, query: &str) -> Value {
    shelf.json(&["search", "--room", "Books", query])[0]["passages"][0].clone()
}

#[test]
fn a_text_without_pages_is_cited_by_its_lines() {
    let shelf = Shelf::new();
    let notes = shelf.file("notes.md", NOTES);
    let imported = &shelf.import(&[&notes])[0];
    let document = imported["document"].to_string();

    let hit = best(&shelf, "osmosis");
    assert_eq!((&hit["page_start"], &hit["page_end"]), (&Value::Null, &Value::Null), "{hit:#}");
    assert_eq!(hit["locator"]["kind"], "line");

    let lines = shelf.json(&["ask", "--room", "Books", "By what does water pass through the membrane?"]);
    let answer = lines.last().unwrap();
    assert_eq!(answer["answered"], true, "{answer:#}");
    let blocks = shelf.json(&["text", &document]);
    assert_eq!(blocks.len(), 5);
    let lines: Vec<&str> = NOTES.lines().collect();
    for block in &blocks {
        assert_eq!(block["page"], Value::Null);
        let number = block["locator"]["number"].as_u64().unwrap();
        let line = lines[usize::try_from(number).unwrap() - 1];
        assert_eq!(line.trim_start_matches(['#', ' ']), block["text"], "{block}");
    }
    let cited = answer["citations"].as_array().unwrap();
    assert!(!cited.is_empty());
    for cited in cited {
        // A quote may go on in the next block; it stands where it begins.
        let first = cited["quote"].as_str().unwrap().lines().next().unwrap();
        let block = blocks.iter().find(|block| block["text"].as_str().unwrap().contains(first)).unwrap();
        assert_eq!((&cited["page"], &cited["locator"]), (&Value::Null, &block["locator"]), "{cited:#}");
    }
    assert_eq!(cited[0]["locator"]["label"], "Membranes");
    assert_eq!(blocks[1]["locator"]["label"], "Cells");
    let listed = &shelf.json(&["documents", "--room", "Books"])[0];
    assert_eq!((&listed["pages"], &listed["locator"]["kind"]), (&Value::Null, &json!("line")), "{listed}");
    assert_eq!(listed["parts"], imported["pages"]);

    let words = shelf.run(&["search", "--room", "Books", "osmosis"]);
    assert!(words.out.contains("line") && !words.out.contains("p. "), "{}", words.out);
}

#[test]
fn a_row_is_cited_by_its_line() {
    let shelf = Shelf::new();
    shelf.import(&[&shelf.file("animals.csv", ROWS)]);
    let hit = best(&shelf, "spider");
    assert_eq!(hit["page_start"], Value::Null);
    assert_eq!((&hit["locator"]["kind"], &hit["locator"]["number"]), (&json!("line"), &json!(1)), "{hit:#}");
}

#[test]
fn a_pdf_has_its_page_and_a_locator() {
    let shelf = Shelf::new();
    shelf.import(&[&shelf.file("animals.pdf", book("Animals", 3))]);
    let document = shelf.json(&["documents", "--room", "Books"])[0].clone();
    assert_eq!((&document["pages"], &document["locator"]), (&json!(3), &Value::Null));
    let blocks = shelf.json(&["text", &document["document"].to_string()]);
    assert!(blocks.iter().all(|block| block["page"].is_u64() && block["locator"]["kind"] == "paragraph"));
    shelf.assert_finds(2);
}

#[test]
fn words_of_scripts_without_spaces_are_found() {
    let shelf = Shelf::new();
    shelf.import(&[
        &shelf.file("zh.txt", "植物通过光合作用把阳光变成能量。\n\n胃把食物分解成小块，小肠吸收养分。\n"),
        &shelf.file("ja.txt", "細胞のなかのミトコンドリアは、エネルギーをとりだす。\n"),
    ]);
    for (query, found) in [("光合作用", "植物"), ("小肠吸收什么？", "小肠"), ("ミトコンドリア", "細胞")]
    {
        let hit = best(&shelf, query);
        assert!(hit["text"].as_str().is_some_and(|text| text.contains(found)), "{query}: {hit:#}");
    }
    shelf.assert_sound();
}
