#![allow(clippy::unwrap_used)]

use kernel::NativeParts;

use crate::testing::{Shelf, native};
use crate::{Embedder, Hits, MODEL, ModelFiles, Retrieval, Scope, Spaces};

fn shelf_with_texts() -> (Shelf, kernel::RoomId) {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let texts = [
        "The mitochondrion makes most of the cell's energy.",
        "Ribosomes read messenger RNA and build proteins.",
        "A cell wall gives plants their stiffness.",
    ];
    shelf.unembedded(room, "cells", &texts.map(str::to_owned));
    (shelf, room)
}

#[tokio::test]
async fn without_native_parts_words_alone_find_and_the_reason_is_given() {
    let (shelf, room) = shelf_with_texts();
    let empty = tempfile::tempdir().unwrap();
    let nowhere = NativeParts::new(empty.path());
    let embedder = Embedder::start(&nowhere, &ModelFiles::built_in(&nowhere), 1);
    let retrieval = Retrieval::new(shelf.library.clone(), Spaces::only(embedder, shelf.index.clone()));
    let found = retrieval.search(&Scope::room(room), "what builds proteins?", 5).await.unwrap();
    assert!(found.hits[0].passage.text.starts_with("Ribosomes"));
    assert_eq!((found.hits[0].keyword_rank, found.hits[0].similarity), (Some(0), None));
    let reason = found.degraded.unwrap();
    assert!(reason.contains("ONNX Runtime is missing"), "{reason}");
    let place = found.hits[0].joined.clone();
    assert!(retrieval.compare("a", None, vec![place]).await.is_err());
}

#[tokio::test]
async fn meaning_finds_what_shares_no_word_once_the_vectors_are_there() {
    let Some(native) = native() else { return };
    let (shelf, room) = shelf_with_texts();
    let embedder = Embedder::start(&native, &ModelFiles::built_in(&native), 1).unwrap();
    let retrieval = Retrieval::new(shelf.library.clone(), Spaces::only(Ok(embedder.clone()), shelf.index.clone()));
    let question = "Which organelle supplies power?";

    let before = retrieval.search(&Scope::room(room), question, 5).await.unwrap();
    assert!(before.degraded.unwrap().contains("3 of 3 passages"));

    let waiting = shelf
        .library
        .read(|c| {
            let document = library::documents::ids(c, room)?[0];
            library::passages::without_vector(c, document, MODEL, 0, 10)
        })
        .unwrap();
    let texts = waiting.iter().map(|passage| passage.text.clone()).collect();
    let vectors = embedder.submit_passages(texts).ready().await.unwrap();
    let rows: Vec<_> = waiting.iter().map(|passage| passage.passage).zip(&vectors).collect();
    shelf.library.write(|tx| library::vectors::put_embedded(tx, MODEL, &rows)).unwrap();
    shelf.index.reconcile(&shelf.library).await.unwrap();

    let after = retrieval.search(&Scope::room(room), question, 5).await.unwrap();
    assert_eq!(after.degraded, None);
    // They go on from each other, and so are fewer places than passages.
    assert_eq!(after.hits.iter().map(|hit| hit.joined.len()).sum::<usize>(), 3);
    assert!(after.hits.len() < 3);
    assert_eq!(after.hits[0].passage.passage, waiting[0].passage);
    assert!(after.hits[0].evidence.tokens > 0.0);
    assert!(after.hits.is_sorted_by(|a, b| a.score >= b.score));
}

#[tokio::test]
async fn words_of_scripts_without_spaces_are_found_where_they_stand() {
    let shelf = Shelf::new();
    let room = shelf.room("生物");
    let texts = [
        "植物通过光合作用把阳光变成能量。",
        "胃把食物分解成小块。",
        "植物は光からエネルギーをつくり、これを光合成とよぶ。",
        "細胞のなかのミトコンドリアはエネルギーをとりだす。",
        "The DNA複製 takes place in the nucleus.",
        "地下水",
        "세포는 생명의 단위이다.",
    ];
    shelf.unembedded(room, "cells", &texts.map(str::to_owned));
    let retrieval =
        Retrieval::new(shelf.library.clone(), Spaces::only(Err(crate::Error::Stopped), shelf.index.clone()));
    for (question, best) in [
        ("什么是光合作用？", 0),
        ("食物怎样分解", 1),
        ("光合成とは何ですか。", 2),
        ("ミトコンドリアのはたらきは？", 3),
        ("DNA複製", 4),
        ("水", 5),
        ("세포는", 6),
        ("\u{201c}光合成\u{201d}", 2),
    ] {
        let found = retrieval.search(&Scope::room(room), question, 3).await.unwrap();
        assert_eq!(found.hits.first().map(|hit| hit.passage.text.as_str()), Some(texts[best]), "{question}");
        assert!(found.hits[0].evidence.coverage > 0.0, "{question}");
    }
}

#[tokio::test]
async fn any_question_is_answered_without_an_error() {
    let (shelf, room) = shelf_with_texts();
    let retrieval =
        Retrieval::new(shelf.library.clone(), Spaces::only(Err(crate::Error::Stopped), shelf.index.clone()));
    let long = "cell wall \"OR\" NEAR( ".repeat(5_000);
    for question in ["", " ", "\"", "'; DROP TABLE passages; --", "a AND (b* NOT ^c) : {d}", "\u{7d30}\u{80de}", &long]
    {
        retrieval.search(&Scope::room(room), question, 5).await.unwrap();
    }
    assert!(retrieval.search(&Scope::room(room), "the", 5).await.unwrap().hits.len() <= 5);
    assert!(retrieval.search(&Scope::room(kernel::RoomId(999)), "cell", 5).await.unwrap().hits.is_empty());
    assert!(retrieval.search(&Scope::room(room), "cell", 0).await.unwrap().hits.is_empty());
}

#[tokio::test]
async fn a_word_is_found_while_it_is_typed_and_what_the_words_find_is_heard_first() {
    let (shelf, room) = shelf_with_texts();
    let retrieval =
        Retrieval::new(shelf.library.clone(), Spaces::only(Err(crate::Error::Stopped), shelf.index.clone()));
    let scope = Scope::room(room);
    for typed in ["rib", "ribos", "ribosom", "what do ribo", "makes stiffn"] {
        let mut heard = None;
        let whole = retrieval.search_as_typed(&scope, typed, 5, |hits| heard = Some(hits)).await.unwrap();
        let first = |hits: &Hits| hits.hits.first().map(|hit| hit.passage.passage);
        let heard = heard.unwrap();
        assert!(first(&heard).is_some(), "{typed}");
        assert_eq!(first(&heard), first(&whole), "{typed}");
        assert_eq!((heard.degraded, whole.degraded.is_some()), (None, true));
        assert!(whole.hits[0].evidence.coverage > 0.0, "{typed}");
    }
    // Finished, half a word is a word that does not stand there.
    assert!(retrieval.search(&scope, "ribos", 5).await.unwrap().hits.is_empty());
}

#[tokio::test]
async fn a_hit_says_what_it_has_of_the_question_and_its_parts_are_its_score() {
    let (shelf, room) = shelf_with_texts();
    let retrieval =
        Retrieval::new(shelf.library.clone(), Spaces::only(Err(crate::Error::Stopped), shelf.index.clone()));
    let found = retrieval.search(&Scope::room(room), "Do ribosomes build a castle of chapters?", 5).await.unwrap();
    let best = &found.hits[0];
    let explanation = best.explain(&found.question);
    // A word of the headings counts, in any form.
    assert_eq!(explanation.has, ["ribosomes", "build", "chapters"]);
    assert_eq!(explanation.lacks, ["castle"]);
    assert_eq!(explanation.keyword_rank, Some(1));
    let sum: f32 = explanation.parts.iter().map(|part| part.adds).sum();
    assert!((sum - best.score).abs() < 1e-5 && sum > 0.0, "{explanation:?}");
}
