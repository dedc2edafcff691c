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
fn another_model_takes_over_when_every_passage_has_a_vector_of_it() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    let ids: Vec<_> = (1..=2).map(|n| shelf.page(document, n, "text")).collect();
    let (old, new) = (vector(0.0), vector(0.5));
    let searched = || shelf.read(vectors::searched_model);
    let embedded = || shelf.read(|c| documents::get(c, document)).embedded;
    assert_eq!(searched(), None);
    shelf.write(|tx| vectors::put(tx, "old", &[(ids[0], &old), (ids[1], &old)]));
    assert_eq!(searched().as_deref(), Some("old"), "the first one is searched");

    assert_eq!(shelf.read(|c| vectors::next_document(c, "new")), Some(document));
    shelf.write(|tx| vectors::put(tx, "new", &[(ids[0], &new)]));
    let left = shelf.read(|c| passages::without_vector(c, document, "new", 0, 9));
    assert_eq!(left[0].passage, ids[1]);
    assert!(!shelf.write(|tx| vectors::switch(tx, "new")), "one is missing");
    assert_eq!((searched().as_deref(), embedded()), (Some("old"), 2), "only those that are searched count");
    assert_eq!(shelf.read(|c| vectors::iter(c, "old", PassageId(0), 9)).len(), 2, "both stand side by side");

    shelf.write(|tx| vectors::put(tx, "new", &[(ids[1], &new)]));
    assert_eq!(shelf.read(|c| vectors::next_document(c, "new")), None);
    assert!(shelf.write(|tx| vectors::switch(tx, "new")));
    assert_eq!((searched().as_deref(), embedded()), (Some("new"), 2));
    assert_eq!(shelf.write(|tx| vectors::forget_others(tx, "new", 1)), 1);
    assert_eq!(shelf.write(|tx| vectors::forget_others(tx, "new", 9)), 1);
    assert_eq!((shelf.read(|c| vectors::count(c, "old")), embedded()), (0, 2));
    assert!(library::check::check(&shelf.library).unwrap().problems.is_empty());
}

#[test]
fn a_model_that_takes_over_at_once_counts_what_it_has() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    let ids: Vec<_> = (1..=2).map(|n| shelf.page(document, n, "text")).collect();
    let one = vector(0.0);
    shelf.write(|tx| vectors::put(tx, "gone", &[(ids[0], &one), (ids[1], &one)]));
    shelf.write(|tx| vectors::put(tx, "new", &[(ids[0], &one)]));
    shelf.write(|tx| vectors::switch_now(tx, "new"));
    assert_eq!(shelf.read(|c| documents::get(c, document)).embedded, 1);
    shelf.write(|tx| documents::remove(tx, document));
    assert_eq!(shelf.read(|c| vectors::count(c, "gone")), 0, "removed with its passage");
}

#[test]
fn tokens_come_and_go_with_their_vector() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    let ids: Vec<_> = (1..=2).map(|n| shelf.page(document, n, "text")).collect();
    let embedded = |tokens: &[u64]| vectors::Embedded {
        vector: vector(0.2),
        tokens: tokens.iter().map(|token| [*token, 2, 3, 4, 5, u64::MAX]).collect(),
    };
    let (one, none, other) = (embedded(&[7, 1 << 63]), embedded(&[]), embedded(&[9]));
    let stored = shelf.write(|tx| {
        let batch = [(ids[0], &one), (ids[1], &none), (PassageId(999), &other)];
        vectors::put_embedded(tx, "m", &batch)
    });
    assert_eq!(stored, 2);
    let asked = [ids[1], ids[0], PassageId(999)];
    let tokens = |model: &str| shelf.read(|c| vectors::tokens(c, model, &asked));
    let empty: [Vec<vectors::Signs>; 3] = Default::default();
    assert_eq!(tokens("m"), [Vec::new(), one.tokens.clone(), Vec::new()]);
    assert_eq!(tokens("n"), empty);
    shelf.write(|tx| vectors::put_embedded(tx, "m", &[(ids[0], &other)]));
    shelf.write(|tx| vectors::put_embedded(tx, "n", &[(ids[0], &one)]));
    assert_eq!((&tokens("m")[1], &tokens("n")[1]), (&other.tokens, &one.tokens));
    assert!(shelf.write(|tx| vectors::forget_others(tx, "n", 9)) > 0);
    assert_eq!((tokens("m")[1].len(), tokens("n")[1].len()), (0, 2));
    shelf.write(|tx| documents::remove(tx, document));
    assert_eq!(tokens("n"), empty);
    assert_eq!(shelf.read(|c| Ok(c.query_row("SELECT count(*) FROM token_signs", [], |row| row.get::<_, i64>(0))?)), 0);
}
