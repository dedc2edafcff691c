#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use kernel::{DocumentId, LibraryFolder, PassageId, RoomId};
use proptest::prelude::*;

use super::reconcile::ADD;
use super::{Differences, VectorIndex};
use crate::embed::MODEL;
use crate::testing::{Shelf, direction, embedded, runtime, texts};
use crate::{Hits, Question, Reconciled, Scope, Spaces, Upkeep};

#[test]
fn the_nearest_come_first_with_their_cosine() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let (document, ids) = shelf.document(room, "cells", &texts("cells", 20));
        shelf.index.put_document(&shelf.library, document).await.unwrap();
        let found = shelf.index.search(room, &direction("cells 7"), 3).await.unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].0, ids[7]);
        assert!((found[0].1 - 1.0).abs() < 1e-4, "{}", found[0].1);
        assert!(found[1].1 < 0.5 && found[1].1 >= found[2].1);
    });
}

#[test]
fn putting_a_document_twice_leaves_each_row_once() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let (document, _) = shelf.document(room, "cells", &texts("cells", 5));
        for _ in 0..2 {
            shelf.index.put_document(&shelf.library, document).await.unwrap();
        }
        assert_eq!(shelf.index.rows().await.unwrap(), 5);
    });
}

#[test]
fn however_long_a_document_is_a_bounded_number_of_rows_is_written_at_once() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let (document, ids) = shelf.document(room, "cells", &texts("cells", 2 * ADD as usize + 1));
        for rebuilt in [false, true] {
            if rebuilt {
                std::fs::remove_dir_all(shelf.index.folder()).unwrap();
                assert!(shelf.index.reconcile(&shelf.library).await.unwrap().rebuilt);
            } else {
                shelf.index.put_document(&shelf.library, document).await.unwrap();
            }
            let table = shelf.index.table().await.unwrap().unwrap();
            let written = table.stats().await.unwrap().fragment_stats;
            assert_eq!((written.num_fragments, written.lengths.max), (3, ADD as usize));
            // Nothing is lost where two parts meet.
            let stored: Vec<PassageId> =
                shelf.index.stored_keys().await.unwrap().unwrap().iter().map(|key| key.passage).collect();
            assert_eq!(stored, ids);
        }
    });
}

#[test]
fn another_process_sees_what_was_written_since() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let reader = shelf.another_index();
        assert!(reader.search(room, &direction("x"), 9).await.unwrap().is_empty());
        let (first, _) = shelf.document(room, "first", &texts("first", 3));
        shelf.index.put_document(&shelf.library, first).await.unwrap();
        assert_eq!(reader.search(room, &direction("x"), 9).await.unwrap().len(), 3);
        let (second, _) = shelf.document(room, "second", &texts("second", 2));
        shelf.index.put_document(&shelf.library, second).await.unwrap();
        assert_eq!(reader.search(room, &direction("x"), 9).await.unwrap().len(), 5);
        shelf.remove(first);
        shelf.index.remove_documents(&shelf.library, &[first]).await.unwrap();
        shelf.index.keep_up().await.unwrap();
        assert_eq!(reader.search(room, &direction("x"), 9).await.unwrap().len(), 2);
        // Made anew under the reader's hands.
        std::fs::remove_dir_all(shelf.index.folder()).unwrap();
        assert!(shelf.index.reconcile(&shelf.library).await.unwrap().rebuilt);
        assert_eq!(reader.search(room, &direction("x"), 9).await.unwrap().len(), 2);
    });
}

#[test]
fn a_deleted_folder_comes_back_from_the_library() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let (document, ids) = shelf.document(room, "cells", &texts("cells", 30));
        shelf.index.put_document(&shelf.library, document).await.unwrap();
        std::fs::remove_dir_all(shelf.index.folder()).unwrap();
        let done = shelf.index.reconcile(&shelf.library).await.unwrap();
        assert_eq!(done, Reconciled { rebuilt: true, added: 1, removed: 0 });
        let found = shelf.index.search(room, &direction("cells 3"), 1).await.unwrap();
        assert_eq!(found[0].0, ids[3]);
        assert_eq!(shelf.index.reconcile(&shelf.library).await.unwrap(), Reconciled::default());
    });
}

#[test]
fn a_document_that_comes_into_a_deleted_index_brings_the_others_along() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let (first, _) = shelf.document(room, "cells", &texts("cells", 4));
        shelf.index.put_document(&shelf.library, first).await.unwrap();
        std::fs::remove_dir_all(shelf.index.folder()).unwrap();
        assert!(shelf.index.needs_mending(&shelf.library).unwrap());
        let (second, _) = shelf.document(room, "genes", &texts("genes", 3));
        shelf.index.put_document(&shelf.library, second).await.unwrap();
        assert_eq!(shelf.index.rows().await.unwrap(), 7);
        assert!(!shelf.index.needs_mending(&shelf.library).unwrap());
    });
}

#[test]
fn among_many_passages_the_nearest_are_found_as_one_by_one_and_what_came_since_as_well() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let (large, small) = (shelf.room("Biology"), shelf.room("Art"));
        let place = LibraryFolder::new(shelf.folder.path());
        let index = VectorIndex::open_exact_up_to(&place, MODEL, 40);
        let exact = VectorIndex::open_exact_up_to(&place, MODEL, usize::MAX);
        let cosines = async |index: &VectorIndex, room, text: &str| -> Vec<(PassageId, i32)> {
            let found = index.search(room, &direction(text), 10).await.unwrap();
            found.into_iter().map(|(passage, cosine)| (passage, (cosine * 1e4).round() as i32)).collect()
        };
        let (cells, _) = shelf.document(large, "cells", &texts("cells", 100));
        let (colours, _) = shelf.document(small, "colours", &texts("colours", 12));
        for document in [cells, colours] {
            index.put_document(&shelf.library, document).await.unwrap();
        }
        assert_eq!(index.upkeep().await.unwrap(), Upkeep::WhenIdle);
        index.keep_up().await.unwrap();
        assert_eq!(index.upkeep().await.unwrap(), Upkeep::Nothing);
        for (room, text) in [(large, "cells 3"), (small, "cells 3"), (small, "colours 11")] {
            assert_eq!(cosines(&index, room, text).await, cosines(&exact, room, text).await, "{text}");
        }

        // Not in the approximate index yet, and found; then it is.
        let (genes, ids) = shelf.document(large, "genes", &texts("genes", 30));
        index.put_document(&shelf.library, genes).await.unwrap();
        assert_eq!(cosines(&index, large, "genes 7").await[0], (ids[7], 10_000));
        assert_eq!(index.upkeep().await.unwrap(), Upkeep::WhenIdle);
        index.keep_up().await.unwrap();
        assert_eq!(index.upkeep().await.unwrap(), Upkeep::Nothing);
        assert_eq!(cosines(&index, large, "genes 7").await[0], (ids[7], 10_000));

        // Few are left: one by one again.
        shelf.remove(cells);
        shelf.remove(genes);
        index.remove_documents(&shelf.library, &[cells, genes]).await.unwrap();
        assert_eq!(index.upkeep().await.unwrap(), Upkeep::WhenIdle);
        index.keep_up().await.unwrap();
        let indices = std::fs::read_dir(index.folder().join("passages.lance/_indices"));
        assert!(indices.map_or(0, Iterator::count) == 0);
        assert_eq!(cosines(&index, small, "colours 11").await.len(), 10);
        assert_eq!(index.compare(&shelf.library).await.unwrap(), Differences::default());
    });
}

#[test]
fn many_writes_leave_few_files() {
    runtime().block_on(async {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let count = |folder: &std::path::Path| -> usize {
            std::fs::read_dir(folder.join("passages.lance/data")).unwrap().count()
                + std::fs::read_dir(folder.join("passages.lance/_versions")).unwrap().count()
        };
        let mut most = 0;
        for n in 0..120 {
            let name = format!("d{n}");
            let (document, _) = shelf.document(room, &name, &texts(&name, 2));
            shelf.index.put_document(&shelf.library, document).await.unwrap();
            if n % 2 == 0 {
                shelf.remove(document);
                shelf.index.remove_documents(&shelf.library, &[document]).await.unwrap();
            }
            if shelf.index.upkeep().await.unwrap() == Upkeep::Now {
                shelf.index.keep_up().await.unwrap();
            }
            most = most.max(count(shelf.index.folder()));
        }
        assert_eq!(shelf.index.rows().await.unwrap(), 120);
        // As many versions as there may be, of a file each.
        assert!(most < 150, "{most} files");
        shelf.index.keep_up().await.unwrap();
        assert!(count(shelf.index.folder()) < 5);
    });
}

/// What happens to a library.
#[derive(Clone, Debug)]
enum Step {
    Add {
        room: usize,
        passages: usize,
        indexed: bool,
    },
    /// From the library, and from the index only when it is told.
    Remove {
        document: usize,
        indexed: bool,
    },
    RemoveRoom(usize),
    Lose,
    Reconcile,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..3_usize, 1..6_usize, any::<bool>())
            .prop_map(|(room, passages, indexed)| Step::Add { room, passages, indexed }),
        3 => (0..8_usize, any::<bool>()).prop_map(|(document, indexed)| Step::Remove { document, indexed }),
        1 => (0..3_usize).prop_map(Step::RemoveRoom),
        1 => Just(Step::Lose),
        2 => Just(Step::Reconcile),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_room_never_sees_another_rooms_passages_nor_removed_ones(steps in prop::collection::vec(step(), 1..14)) {
        runtime().block_on(async {
            let shelf = Shelf::new();
            let retrieval = crate::Retrieval::new(
                shelf.library.clone(), Spaces::only(Err(crate::Error::Stopped), shelf.index.clone()));
            let mut rooms: Vec<RoomId> = (0..3).map(|n| shelf.room(&format!("room {n}"))).collect();
            let mut alive: BTreeMap<DocumentId, (RoomId, Vec<PassageId>)> = BTreeMap::new();
            let mut told = BTreeSet::new();
            for (n, step) in steps.iter().enumerate() {
                match *step {
                    Step::Add { room, passages, indexed } => {
                        let room = rooms[room];
                        let (document, ids) = shelf.document(room, &format!("d{n}"), &texts("same words", passages));
                        if indexed {
                            shelf.index.put_document(&shelf.library, document).await.unwrap();
                            told.insert(document);
                        }
                        alive.insert(document, (room, ids));
                    }
                    Step::Remove { document, indexed } => {
                        let Some(&document) = alive.keys().nth(document) else { continue };
                        alive.remove(&document);
                        shelf.remove(document);
                        if indexed {
                            shelf.index.remove_documents(&shelf.library, &[document]).await.unwrap();
                        }
                    }
                    Step::RemoveRoom(at) => {
                        let room = rooms[at];
                        shelf.library.write(|tx| library::rooms::remove(tx, room)).unwrap();
                        alive.retain(|_, (of, _)| *of != room);
                        rooms[at] = shelf.room(&format!("room of {n}"));
                    }
                    Step::Lose => {
                        drop(std::fs::remove_dir_all(shelf.index.folder()));
                    }
                    Step::Reconcile => {
                        shelf.index.reconcile(&shelf.library).await.unwrap();
                        told = alive.keys().copied().collect();
                    }
                }
                for &room in &rooms {
                    let mine: BTreeSet<PassageId> = alive.values()
                        .filter(|(of, _)| *of == room)
                        .flat_map(|(_, ids)| ids.iter().copied())
                        .collect();
                    // The whole search, by words and by meaning.
                    let hits = retrieval
                        .search_by(
                            &Scope::room(room), Question::new("same words"), &shelf.index,
                            std::future::ready(Ok(embedded("same words 1"))), 500, None::<fn(Hits)>)
                        .await.unwrap();
                    let found: BTreeSet<PassageId> = hits.hits.iter().flat_map(|hit| hit.joined.iter().chain(&hit.copies)).copied().collect();
                    prop_assert_eq!(&found, &mine, "after {:?}", step);
                    // The index alone never crosses a room, whatever it has not been told yet.
                    let near = shelf.index.search(room, &direction("same words 1"), 500).await.unwrap();
                    let others: BTreeSet<PassageId> = alive.values()
                        .filter(|(of, _)| *of != room)
                        .flat_map(|(_, ids)| ids.iter().copied())
                        .collect();
                    prop_assert!(near.iter().all(|(passage, _)| !others.contains(passage)));
                    if matches!(step, Step::Reconcile) {
                        let near: BTreeSet<PassageId> = near.into_iter().map(|(passage, _)| passage).collect();
                        prop_assert_eq!(&near, &mine);
                    }
                }
            }
            Ok(())
        })?;
    }
}
