use kernel::DocumentId;
use library::{documents, terms};
use reader::{Span, Term, TermKind};

use crate::shelf::{Shelf, page};

fn term(page: u32, name: &str, definition: &str, strength: u8) -> Term {
    let span = Span { page, start: 0, end: name.len() as u32 };
    Term {
        name: name.into(),
        span,
        definition: definition.into(),
        spans: vec![Span { page, start: 0, end: definition.len() as u32 }],
        kind: if strength > 90 { TermKind::Glossary } else { TermKind::Sentence },
        strength,
        heading: Some("Cells".into()),
    }
}

fn store(shelf: &Shelf, document: DocumentId, found: &[Term]) {
    shelf.write(|tx| {
        for number in 1..=3 {
            library::pages::insert(tx, document, &page(number, "Osmosis and more."))?;
        }
        terms::insert(tx, document, found)
    });
}

#[test]
fn a_term_is_found_however_it_is_written_and_the_surest_place_comes_first() {
    let shelf = Shelf::new();
    let (room, other) = (shelf.room("Biology"), shelf.room("Physics"));
    let (first, second, elsewhere) = (shelf.document(room, "a"), shelf.document(room, "b"), shelf.document(other, "c"));
    let strong = term(3, "Action potential", "An action potential is a change of voltage.", 100);
    let weak = term(1, "action potentials", "Action potentials are signals.", 40);
    store(&shelf, first, &[weak.clone(), strong.clone(), term(2, "potential", "A potential is a voltage.", 50)]);
    store(&shelf, second, &[term(1, "café (CAF)", "A café is a place of study.", 50)]);
    store(&shelf, elsewhere, std::slice::from_ref(&weak));

    for asked in ["action potential", "ACTION POTENTIALS", "“Action-potential”", "action potential (AP)"] {
        let found = shelf.read(|c| terms::find(c, room, asked));
        assert_eq!(found.iter().map(|it| &it.term).collect::<Vec<_>>(), [&strong, &weak], "{asked}");
        assert!(found.iter().all(|it| it.document == first));
    }
    assert_eq!(shelf.read(|c| terms::find(c, room, "cafes"))[0].document, second);
    assert_eq!(shelf.read(|c| terms::find_in(c, elsewhere, "action potential")).len(), 1);
    for nothing in ["action", "potential of action", "\" OR key:\"", "", "*", "NEAR(action)"] {
        assert_eq!(shelf.read(|c| terms::find(c, room, nothing)), [], "{nothing}");
    }
    assert_eq!(shelf.read(|c| terms::on_pages(c, first, 1, 3, 45)).len(), 2);
}

#[test]
fn a_word_of_the_same_stem_is_not_the_same_term() {
    let shelf = Shelf::new();
    let room = shelf.room("Psychology");
    let document = shelf.document(room, "a");
    store(&shelf, document, &[term(1, "Behavior", "Behavior refers to what is done.", 70)]);
    assert_eq!(shelf.read(|c| terms::find(c, room, "behaviorism")), []);
    assert_eq!(shelf.read(|c| terms::find(c, room, "behaviors")).len(), 1);
}

#[test]
fn a_term_is_found_by_what_it_means() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let osmosis = term(1, "osmosis", "the movement of water through a membrane", 100);
    store(&shelf, document, &[osmosis.clone(), term(2, "diffusion", "the movement of particles", 100)]);
    let found = shelf.read(|c| terms::described(c, room, &["movements", "Water", "membranes"], 3));
    assert_eq!(found.iter().map(|it| &it.term).collect::<Vec<_>>(), [&osmosis]);
    assert_eq!(shelf.read(|c| terms::described(c, room, &["movement", "of", "gold"], 3)), []);
    assert_eq!(shelf.read(|c| terms::described(c, room, &[], 3)), []);
}

#[test]
fn terms_go_with_their_pages() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let (going, read_anew) = (shelf.document(room, "a"), shelf.document(room, "b"));
    for document in [going, read_anew] {
        store(&shelf, document, &[term(2, "osmosis", "the movement of water", 100)]);
    }
    shelf.write(|tx| documents::reset(tx, read_anew));
    assert_eq!(shelf.read(|c| terms::count(c, read_anew)), 0);
    assert_eq!(shelf.read(|c| terms::find(c, room, "osmosis")).len(), 1);
    shelf.write(|tx| documents::remove(tx, going));
    assert_eq!(shelf.read(|c| terms::find(c, room, "osmosis")), []);
    let in_index = "SELECT count(*) FROM terms_fts WHERE terms_fts MATCH 'osmosis'";
    let left: u32 = shelf.read(|c| Ok(c.query_row(in_index, [], |row| row.get(0))?));
    assert_eq!(left, 0);
}
