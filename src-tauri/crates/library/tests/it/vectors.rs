use kernel::PassageId;
use library::{documents, passages, vectors};

use crate::shelf::Shelf;

fn vector(seed: f32) -> vectors::Vector {
    std::array::from_fn(|n| seed + n as f32 / 384.0)
}

#[test]
fn vectors_come_back_to_the_bit_and_are_counted() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let ids: Vec<_> = (1..=3).map(|n| shelf.page(document, n, "text")).collect();
    let missing = || shelf.read(|c| passages::without_vector(c, document, "m", 0, 10));
    assert_eq!(missing().iter().map(|p| p.passage).collect::<Vec<_>>(), ids);
    assert_eq!((missing()[0].title.as_str(), missing()[0].headings.len()), ("Title of a", 2));
    let (a, b) = (vector(0.1), vector(-0.3));
    // One whose passage was removed while it was made is passed over.
    let batch = [(ids[0], &a), (PassageId(999), &b), (ids[2], &b)];
    assert_eq!(shelf.write(|tx| vectors::put(tx, "m", &batch)), 2);
    assert_eq!(missing().iter().map(|p| p.passage).collect::<Vec<_>>(), [ids[1]]);
    assert_eq!(shelf.read(|c| documents::get(c, document)).embedded, 2);
    let stored = shelf.read(|c| vectors::of_document(c, "m", document, 0..9));
    assert_eq!((stored[0].vector, stored[1].vector), (a, b));
    assert_eq!((stored[1].passage, stored[1].room), (ids[2], room));
    let rest = shelf.read(|c| vectors::iter(c, "m", ids[0], 10));
    assert_eq!(rest, stored[1..]);
    // Part by part.
    assert_eq!(shelf.read(|c| vectors::of_document(c, "m", document, 1..3)), stored[1..]);
    assert_eq!(shelf.read(|c| vectors::of_document(c, "m", document, 1..2)), []);
    let behind = |from| shelf.read(|c| passages::without_vector(c, document, "m", from, 10));
    assert_eq!((behind(1)[0].passage, behind(1)[0].ordinal), (ids[1], 1));
    assert_eq!(behind(2), []);
    let counts = shelf.read(|c| vectors::counts(c, "m"));
    assert_eq!((counts[0].document, counts[0].vectors), (document, 2));
}

#[test]
fn another_model_takes_the_place_of_the_first() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    let ids: Vec<_> = (1..=2).map(|n| shelf.page(document, n, "text")).collect();
    let old = vector(0.0);
    shelf.write(|tx| vectors::put(tx, "old", &[(ids[0], &old), (ids[1], &old)]));
    let new = vector(0.5);
    shelf.write(|tx| vectors::put(tx, "new", &[(ids[0], &new)]));
    assert_eq!(shelf.read(|c| vectors::iter(c, "new", PassageId(0), 9))[0].vector, new);
    let left = shelf.read(|c| passages::without_vector(c, document, "new", 0, 9));
    assert_eq!(left[0].passage, ids[1]);
    assert_eq!(shelf.write(|tx| vectors::keep_only(tx, "new")), 1);
    assert_eq!(shelf.read(|c| documents::get(c, document)).embedded, 1);
    assert_eq!(shelf.read(|c| vectors::count(c, "old")), 0);
}
