//! New editions, and what is removed.

use document_maker::{Pdf, book, needle};

use crate::cli::{Shelf, assert_finds};

/// A book whose pages are those of [`book`], but for one that says something else.
fn second_edition(pages: u32, changed: u32) -> Vec<u8> {
    let mut pdf = Pdf::new().titled("Second edition");
    for page in 1..=pages {
        let own = match page {
            _ if page == changed => "The dodo is the bird that the new edition tells about.".to_owned(),
            _ => format!("The {} is the animal that only page {page} of this book tells about.", needle(page)),
        };
        pdf = pdf.page(&format!("Chapter {page}"), &[&own]);
    }
    pdf.bytes()
}

#[test]
fn a_new_edition_takes_the_place_of_the_old_one() {
    let shelf = Shelf::new();
    let first = shelf.file("first.pdf", book("Animals", 6));
    let document = shelf.import(&[&first])[0]["document"].to_string();
    let second = shelf.file("second.pdf", second_edition(8, 3));
    let ends = shelf.json(&["import", "--replaces", &document, second.to_str().unwrap()]);
    let end = ends.last().unwrap();
    assert_eq!((&end["type"], &end["state"], &end["pages"]), (&"imported".into(), &"complete".into(), &8.into()));
    assert_eq!(end["document"].to_string(), document);

    let documents = shelf.json(&["documents", "--room", "Books"]);
    assert_eq!((documents.len(), &documents[0]["title"]), (1, &"Animals".into()), "{documents:#?}");
    shelf.assert_finds(5);
    shelf.assert_finds(8);
    let gone = &shelf.json(&["search", "--room", "Books", &needle(3)])[0];
    let texts = gone["passages"].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap());
    assert!(texts.into_iter().all(|text| !text.contains(&needle(3))), "{gone:#}");
    shelf.assert_sound();
    // The file of the old edition is not kept.
    assert_eq!(std::fs::read_dir(shelf.data().join("originals")).unwrap().count(), 1);
}

#[test]
fn an_edition_that_can_t_be_read_leaves_the_old_one_as_it_was() {
    let shelf = Shelf::new();
    let first = shelf.file("first.pdf", book("Animals", 3));
    let document = shelf.import(&[&first])[0]["document"].to_string();
    let broken = shelf.file("broken.pdf", "%PDF-1.7\nand nothing more");
    let done = shelf.run(&["--json", "import", "--replaces", &document, broken.to_str().unwrap()]);
    assert_eq!(done.code, Some(1), "{done:?}");
    let line = done.lines().pop().unwrap();
    assert_eq!((&line["type"], &line["code"]), (&"failed".into(), &"damaged".into()), "{line}");
    assert!(line["message"].as_str().unwrap().contains("the old one is kept"), "{line}");

    // The same file is no new edition.
    let done = shelf.run(&["--json", "import", "--replaces", &document, first.to_str().unwrap()]);
    assert_eq!(done.lines().pop().unwrap()["code"], "duplicate");
    assert_finds(&shelf.json(&["search", "--room", "Books", &needle(2)])[0], 2);
    shelf.assert_sound();
}
