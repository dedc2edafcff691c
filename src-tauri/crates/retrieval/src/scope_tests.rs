#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use kernel::{DocumentId, PassageId, RoomId};
use library::documents;
use proptest::prelude::*;
use proptest::sample::Index;
use reader::BlockKind;

use crate::testing::{Part, Shelf, embedded};
use crate::{Hits, Kind, Question, Retrieval, Scope, Spaces};

const BLOCKS: [BlockKind; 6] =
    [BlockKind::Paragraph, BlockKind::List, BlockKind::Table, BlockKind::Caption, BlockKind::Formula, BlockKind::Code];

/// A passage of a book: how much deeper its section is than the one before (2 goes on with the same section), how many
/// pages further it stands, its blocks, and whether it defines a term.
#[derive(Clone, Debug)]
struct Draft {
    step: usize,
    pages: u32,
    blocks: Vec<BlockKind>,
    defines: bool,
}

fn book() -> impl Strategy<Value = Vec<Draft>> {
    let blocks = prop::sample::subsequence(BLOCKS.to_vec(), 1..3);
    let draft = (0..4_usize, 0..2_u32, blocks, prop::bool::weighted(0.3))
        .prop_map(|(step, pages, blocks, defines)| Draft { step, pages, blocks, defines });
    prop::collection::vec(draft, 1..9)
}

/// The parts of a book; its sections are up to three deep, and every second one is called like others of the book.
fn parts(name: &str, drafts: &[Draft]) -> Vec<Part> {
    let (mut path, mut page): (Vec<String>, u32) = (Vec::new(), 1);
    let mut parts = Vec::new();
    for (n, draft) in drafts.iter().enumerate() {
        page += draft.pages;
        if path.is_empty() || draft.step != 2 {
            // Two sections of one name and place in a row would be one.
            let follows = path.get(1).is_some_and(|title| title == "Summary");
            path.truncate(if draft.step == 3 { 2 } else { draft.step });
            let plain = path.len() == 1 && path[0] != "Summary" && n % 2 == 0 && draft.step == 1 && !follows;
            path.push(if plain { "Summary".to_owned() } else { format!("{n} Of {name}") });
        }
        parts.push(Part {
            text: format!("same words {name} {n}"),
            page,
            headings: path.clone(),
            kinds: draft.blocks.clone(),
            defines: draft.defines,
        });
    }
    parts
}

fn holds(part: &Part, kind: Kind) -> bool {
    match kind {
        Kind::Text => part.kinds.iter().any(|block| matches!(block, BlockKind::Paragraph | BlockKind::List)),
        Kind::List => part.kinds.contains(&BlockKind::List),
        Kind::Table => part.kinds.contains(&BlockKind::Table),
        Kind::Caption => part.kinds.contains(&BlockKind::Caption),
        Kind::Formula => part.kinds.contains(&BlockKind::Formula),
        Kind::Code => part.kinds.contains(&BlockKind::Code),
        Kind::Definition => part.defines,
    }
}

/// The sections of a book in the order of its table of contents, each with its passages.
fn sections(parts: &[Part]) -> Vec<BTreeSet<usize>> {
    let mut sections: Vec<(usize, BTreeSet<usize>)> = Vec::new();
    let mut above: &[String] = &[];
    for (n, part) in parts.iter().enumerate() {
        let known = above.iter().zip(&part.headings).take_while(|(a, b)| a == b).count();
        for level in known..part.headings.len() {
            // A section ends where one that is not below it begins.
            sections.push((level, BTreeSet::new()));
        }
        let mut deepest = usize::MAX;
        for (level, section) in sections.iter_mut().rev() {
            if *level < part.headings.len() && *level < deepest {
                section.insert(n);
                deepest = *level;
            }
        }
        above = &part.headings;
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

/// What happens to a library.
#[derive(Clone, Debug)]
enum Step {
    Add {
        room: usize,
        book: Vec<Draft>,
        is_indexed: bool,
    },
    Remove {
        document: Index,
        is_indexed: bool,
    },
    /// Its pages were recognised: it says something else, and what it said before stands elsewhere.
    Recut {
        document: Index,
        book: Vec<Draft>,
        is_indexed: bool,
    },
    Lose,
    Reconcile,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..2_usize, book(), prop::bool::weighted(0.7))
            .prop_map(|(room, book, is_indexed)| Step::Add { room, book, is_indexed }),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(document, is_indexed)| Step::Remove { document, is_indexed }),
        3 => (any::<Index>(), book(), any::<bool>())
            .prop_map(|(document, book, is_indexed)| Step::Recut { document, book, is_indexed }),
        1 => Just(Step::Lose),
        1 => Just(Step::Reconcile),
    ]
}

/// A part of the library, chosen once it is known what there is.
#[derive(Clone, Debug)]
struct Choice {
    room: usize,
    documents: Vec<Index>,
    section: Option<(Index, Index)>,
    kinds: Vec<Kind>,
}

fn choice() -> impl Strategy<Value = Choice> {
    let section = prop::option::of((any::<Index>(), any::<Index>()));
    let kinds = prop::sample::subsequence(Kind::ALL.to_vec(), 0..3);
    (0..2_usize, prop::collection::vec(any::<Index>(), 0..3), section, kinds)
        .prop_map(|(room, documents, section, kinds)| Choice { room, documents, section, kinds })
}

type Books = BTreeMap<DocumentId, (RoomId, Vec<Part>, Vec<PassageId>)>;

impl Choice {
    /// It as a scope, and the passages that are in it.
    fn made(&self, rooms: &[RoomId], books: &Books) -> (Scope, BTreeSet<PassageId>) {
        let room = rooms[self.room];
        let ids: Vec<DocumentId> = books.keys().copied().collect();
        let document = |index: &Index| if ids.is_empty() { DocumentId(999) } else { ids[index.index(ids.len())] };
        let documents: Vec<DocumentId> = self.documents.iter().map(document).collect();
        let mut scope = Scope::room(room).documents(documents.clone()).kinds(self.kinds.clone());
        let mut chosen: Option<(DocumentId, BTreeSet<usize>)> = None;
        if let Some((index, entry)) = &self.section
            && let Some((_, parts, _)) = books.get(&document(index))
        {
            let sections = sections(parts);
            let entry = entry.index(sections.len());
            scope = scope.section(document(index), u32::try_from(entry).unwrap());
            chosen = Some((document(index), sections[entry].clone()));
        }
        let mut inside = BTreeSet::new();
        for (id, (of, parts, passages)) in books {
            for (n, (part, passage)) in parts.iter().zip(passages).enumerate() {
                let is_inside = *of == room
                    && (documents.is_empty() || documents.contains(id))
                    && chosen.as_ref().is_none_or(|(document, places)| document == id && places.contains(&n))
                    && (self.kinds.is_empty() || self.kinds.iter().any(|kind| holds(part, *kind)));
                if is_inside {
                    inside.insert(*passage);
                }
            }
        }
        (scope, inside)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn a_search_finds_all_that_its_scope_takes_in_and_nothing_else(
        steps in prop::collection::vec(step(), 1..10),
        choices in prop::collection::vec(choice(), 6),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let shelf = Shelf::new();
            let retrieval = Retrieval::new(
                shelf.library.clone(), Spaces::only(Err(crate::Error::Stopped), shelf.index.clone()));
            let rooms = [shelf.room("one"), shelf.room("two")];
            let mut books: Books = BTreeMap::new();
            // Whether the index has been told everything.
            let mut is_told = true;
            for (n, step) in steps.iter().enumerate() {
                match step {
                    Step::Add { room, book, is_indexed } => {
                        let parts = parts(&format!("d{n}"), book);
                        let (document, ids) = shelf.book(rooms[*room], &format!("d{n}"), &parts);
                        books.insert(document, (rooms[*room], parts, ids));
                        is_told &= is_indexed;
                        if *is_indexed {
                            shelf.index.put_document(&shelf.library, document).await.unwrap();
                        }
                    }
                    Step::Remove { document, is_indexed } => {
                        if books.is_empty() { continue }
                        let document = *books.keys().nth(document.index(books.len())).unwrap();
                        books.remove(&document);
                        shelf.remove(document);
                        is_told &= is_indexed;
                        if *is_indexed {
                            shelf.index.remove_documents(&shelf.library, &[document]).await.unwrap();
                        }
                    }
                    Step::Recut { document, book, is_indexed } => {
                        if books.is_empty() { continue }
                        let document = *books.keys().nth(document.index(books.len())).unwrap();
                        let (_, parts, ids) = books.get_mut(&document).unwrap();
                        // The words of every second passage stay, under the same headings.
                        *parts = self::parts(&format!("r{document}"), book);
                        *ids = shelf.recut(document, parts);
                        is_told &= is_indexed;
                        if *is_indexed {
                            shelf.index.put_document(&shelf.library, document).await.unwrap();
                        }
                    }
                    Step::Lose => {
                        drop(std::fs::remove_dir_all(shelf.index.folder()));
                        is_told = false;
                    }
                    Step::Reconcile => {
                        shelf.index.reconcile(&shelf.library).await.unwrap();
                        is_told = true;
                    }
                }
            }
            for choice in &choices {
                let (scope, inside) = choice.made(&rooms, &books);
                let find = async |words: &str, k: usize| -> Vec<PassageId> {
                    let hits = retrieval
                        .search_by(
                            &scope, Question::new(words), &shelf.index,
                            std::future::ready(Ok(embedded("same words 1"))), k, None::<fn(Hits)>)
                        .await.unwrap();
                    hits.hits.iter().flat_map(|hit| hit.joined.iter().chain(&hit.copies)).copied().collect()
                };
                let all: BTreeSet<PassageId> = find("same words", 500).await.into_iter().collect();
                prop_assert_eq!(&all, &inside, "by both, {:?}", &scope);
                // As many as are asked for come, however many others fit better.
                prop_assert!(find("same words", 2).await.len() >= inside.len().min(2));
                // By meaning alone: what was not told is missing, but never is anything else there.
                let near: BTreeSet<PassageId> = find("nothing", 500).await.into_iter().collect();
                prop_assert!(near.is_subset(&inside), "by meaning, {:?}: {:?}", &scope, near.difference(&inside));
                if is_told {
                    prop_assert_eq!(&near, &inside, "by meaning, {:?}", &scope);
                }
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn a_section_that_is_gone_is_said_to_be() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let draft = Draft { step: 0, pages: 0, blocks: vec![BlockKind::Paragraph], defines: false };
    let (document, _) = shelf.book(room, "cells", &parts("cells", &[draft]));
    let retrieval =
        Retrieval::new(shelf.library.clone(), Spaces::only(Err(crate::Error::Stopped), shelf.index.clone()));
    let scope = Scope::room(room).section(document, 0);
    assert_eq!(retrieval.search(&scope, "same", 5).await.unwrap().hits.len(), 1);
    shelf.library.write(|tx| documents::set_outline(tx, document, &[])).unwrap();
    let gone = retrieval.search(&scope, "same", 5).await.unwrap_err();
    assert!(gone.to_string().contains("no such section"), "{gone}");
}
