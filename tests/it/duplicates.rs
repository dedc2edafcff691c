//! The same bytes twice.

use serde_json::json;

use crate::cli::Shelf;
use document_maker::book;

#[test]
fn the_same_file_twice_in_a_room_is_recognised_under_any_name() {
    let shelf = Shelf::new();
    let content = book("Twins", 3);
    let (one, two) = (shelf.file("one.pdf", &content), shelf.file("two.pdf", &content));
    let first = shelf.import(&[&one, &two]);
    assert_eq!(first.len(), 2, "every file has its line: {first:?}");
    assert_eq!(first[0]["document"], first[1]["document"]);
    let duplicates: Vec<_> = first.iter().map(|line| (line["path"].clone(), line["duplicate"].clone())).collect();
    assert_eq!(duplicates, [(json!(one), json!(false)), (json!(two), json!(true))]);

    let again = shelf.json(&["import", "--room", "Books", one.to_str().unwrap()]);
    assert_eq!(again.last().unwrap()["duplicate"], true);
    assert_eq!(shelf.json(&["documents", "--room", "Books"]).len(), 1);
    shelf.assert_sound();
}

#[test]
fn two_rooms_share_the_copy_until_both_have_let_go_of_it() {
    let shelf = Shelf::new();
    let file = shelf.file("one.pdf", book("Shared", 3));
    let path = file.to_str().unwrap();
    let copies = || std::fs::read_dir(shelf.data().join("originals")).unwrap().count();
    let documents: Vec<String> = ["A", "B"]
        .map(|room| shelf.json(&["import", "--room", room, path]).last().unwrap()["document"].to_string())
        .into();
    assert_ne!(documents[0], documents[1]);
    assert_eq!(copies(), 1);
    shelf.json(&["remove", &documents[0]]);
    assert_eq!(copies(), 1);
    shelf.json(&["remove", &documents[1]]);
    assert_eq!(copies(), 0);
    shelf.assert_sound();
}
