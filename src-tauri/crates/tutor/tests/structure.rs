//! Questions about the structure of documents, asked of a small library without a model.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "the room is shared with the tests of the search")]
mod room;

use kernel::{Cancel, ConversationId, InterfaceLanguage};
use library::conversations::{self, TurnState};
use room::Room;
use room::volume::Volume;
use tutor::{Answer, Event, NewQuestion};

/// Roman labels in front, then Arabic ones; three chapters, the first with two sections.
fn biology() -> Volume {
    Volume::new("Biology 2e", "pdf")
        .entry(1, "Preface", 1)
        .entry(1, "Chapter 1: Cells", 3)
        .entry(2, "1.1 Membranes", 4)
        .entry(2, "1.2 Organelles", 5)
        .entry(1, "Chapter 2: Plants", 6)
        .entry(1, "Chapter 3: Animals", 7)
        .page(Some("i"), &["# Preface", "This book was written for students."])
        .page(Some("ii"), &["It thanks everybody who helped."])
        .page(Some("1"), &["# Chapter 1: Cells", "All living things are made of cells. Some have one."])
        .page(
            Some("2"),
            &["## 1.1 Membranes", "*Osmosis* is the movement of water through a membrane. It takes no energy."],
        )
        .page(Some("3"), &["## 1.2 Organelles", "Organelles do the work of the cell.", "- Nucleus / Ribosome"])
        .page(
            Some("4"),
            &["# Chapter 2: Plants", "Water leaves a plant through its leaves. This loss is called *transpiration*."],
        )
        .page(
            Some("5"),
            &["# Chapter 3: Animals", "Osmosis is a process that also keeps the cells of animals in shape."],
        )
}

fn slides() -> Volume {
    Volume::new("Memory lecture", "pptx")
        .page(Some("What is memory?"), &["# What is memory?", "- Encoding / Storage / Retrieval"])
        .page(Some("Forgetting"), &["# Forgetting", "Interference is a process by which one memory hinders another."])
}

fn novel() -> Volume {
    Volume::new("A Voyage", "epub")
        .page(Some("The Harbour"), &["# The Harbour", "The ship lay in the harbour for a week."])
        .page(Some("The Storm"), &["# The Storm", "On the third day a storm came up."])
}

async fn room_with(volumes: impl IntoIterator<Item = Volume>) -> Room {
    let room = Room::by_words("shelf", &[]).await;
    for volume in volumes {
        volume.put(&room.library, room.room);
    }
    room
}

async fn ask(room: &Room, conversation: Option<ConversationId>, question: &str) -> Answer {
    put(room, NewQuestion { conversation, ..NewQuestion::new(room.room, question) }).await
}

/// Asks, and checks that every quote stands on the page that is cited for it, in its boxes.
async fn put(room: &Room, question: NewQuestion<'_>) -> Answer {
    let mut asking = room.tutor.ask(question, Cancel::new()).await.unwrap();
    let (mut shown, mut proven) = (String::new(), 0);
    while let Some(event) = asking.next().await {
        match event {
            Event::Started { .. } | Event::Progress(_) => {}
            Event::Citation { index, .. } => proven = index,
            Event::Delta { text, .. } => shown += &text,
        }
        assert!(!shown.contains(&format!("[{}]", proven + 1)), "a marker before its proof: {shown}");
    }
    let answer = asking.answer().await.unwrap();
    assert_eq!(answer.text, shown);
    for citation in &answer.citations {
        let page = room.page(citation.document, citation.page.or(citation.locator.as_ref().map(|it| it.part)).unwrap());
        assert!(page.text.contains(&citation.quote), "{citation:?}");
        assert_eq!((citation.boxes.is_empty(), &citation.label), (page.words.is_empty(), &page.label));
    }
    let stored = room.library.read(|connection| conversations::turn(connection, answer.turn)).unwrap();
    assert_eq!((&stored.answer, &stored.executor, stored.answered), (&answer.text, &answer.executor, answer.answered));
    assert_eq!(stored.citations, answer.citations);
    answer
}

async fn structure(room: &Room, question: &str) -> Answer {
    let answer = ask(room, None, question).await;
    assert_eq!(
        (answer.executor.as_str(), answer.state),
        ("structure", TurnState::Complete),
        "{question}: {}",
        answer.text
    );
    answer
}

fn quotes(answer: &Answer) -> Vec<&str> {
    answer.citations.iter().map(|citation| citation.quote.as_str()).collect()
}

#[tokio::test]
async fn chapters_and_sections_are_listed_with_their_pages() {
    let room = room_with([biology()]).await;
    let answer = structure(&room, "What are the chapters?").await;
    insta::assert_snapshot!(answer.text, @r"
    “Biology 2e” has 3 chapters:
    • Chapter 1: Cells, page 1 [1]
    • Chapter 2: Plants, page 4 [2]
    • Chapter 3: Animals, page 5 [3]
    ");
    assert!(answer.answered);
    assert_eq!(quotes(&answer), ["Chapter 1: Cells", "Chapter 2: Plants", "Chapter 3: Animals"]);

    let answer = structure(&room, "What sections does chapter 1 have?").await;
    insta::assert_snapshot!(answer.text, @r"
    “Biology 2e”: Chapter 1: Cells, page 1, has 2 sections: [1]
    • 1.1 Membranes, page 2 [2]
    • 1.2 Organelles, page 3 [3]
    ");
    let answer = structure(&room, "Show me the table of contents").await;
    assert_eq!(quotes(&answer).len(), 6);
    assert!(answer.text.contains("• Preface, page i [1]") && answer.text.contains("  – 1.2 Organelles, page 3"));
}

#[tokio::test]
async fn parts_are_counted() {
    let room = room_with([biology()]).await;
    for (question, said) in [
        ("How many pages does the book have?", "has 7 pages, labelled i to 5."),
        (
            "How many chapters are there?",
            "has 3 chapters, from Chapter 1: Cells, page 1, to Chapter 3: Animals, page 5.",
        ),
        ("How many sections does chapter 1 have?", "has 2 sections"),
        ("How many pages does chapter 1 have?", "is 3 pages long; then follows Chapter 2: Plants, page 4."),
        ("Wie viele Kapitel hat das Buch?", "has 3 chapters"),
        ("Berapa halaman buku ini?", "has 7 pages"),
    ] {
        let answer = structure(&room, question).await;
        assert!(answer.text.contains(said), "{question}: {}", answer.text);
        assert!(answer.answered && !answer.citations.is_empty());
    }
}

#[tokio::test]
async fn a_page_is_found_by_its_label_before_its_number() {
    let room = room_with([biology()]).await;
    // Page 3 of the file is labelled 1, and page 5 is labelled 3.
    let answer = structure(&room, "What is on page 3?").await;
    insta::assert_snapshot!(answer.text, @r"
    Page 3 (page 5 of the file) of “Biology 2e”, by its headings and what its paragraphs begin with:
    • Heading: “1.2 Organelles” [1]
    • “Organelles do the work of the cell.” [2]
    • “Nucleus” … [3]
    ");
    assert_eq!(answer.citations[0].page, Some(5));
    for (question, page) in
        [("page ii", 2), ("What is on page 7?", 7), ("What does page I say?", 1), ("What is on the last page?", 7)]
    {
        let answer = structure(&room, question).await;
        assert_eq!(answer.citations[0].page, Some(page), "{question}: {}", answer.text);
    }
}

#[tokio::test]
async fn several_pages_are_told_one_after_the_other() {
    let room = room_with([biology()]).await;
    let answer = structure(&room, "What is on pages 1-2?").await;
    let first = answer.text.find("Page 1 (page 3 of the file) of “Biology 2e”").unwrap();
    assert!(answer.text[first..].contains("\nPage 2 (page 4 of the file) of “Biology 2e”"), "{}", answer.text);
    assert!(answer.citations.iter().all(|citation| [Some(3), Some(4)].contains(&citation.page)), "{answer:?}");
    let answer = structure(&room, "What is on pages i to 5?").await;
    assert!(answer.answered && answer.text.ends_with("… and 3 pages more."), "{}", answer.text);
    let answer = structure(&room, "What is on pages 4-9?").await;
    assert!(!answer.answered && answer.text.contains("there are no pages 4–9"), "{}", answer.text);
}

#[tokio::test]
async fn a_label_that_stands_on_two_pages_gives_both() {
    let twice = Volume::new("Two parts", "pdf")
        .page(Some("1"), &["# Part one", "It begins here."])
        .page(Some("1"), &["# Part two", "It begins again."]);
    let room = room_with([twice]).await;
    let answer = structure(&room, "What is on page 1?").await;
    assert!(answer.text.starts_with("“Two parts” has 2 pages with the label of page 1."), "{}", answer.text);
    assert_eq!(quotes(&answer), ["Part one", "It begins here.", "Part two", "It begins again."]);
}

#[tokio::test]
async fn what_does_not_exist_is_said_and_is_no_answer() {
    let room = room_with([biology()]).await;
    for (question, said) in [
        ("What is on page 900?", "“Biology 2e” has 7 pages; there is no page 900."),
        ("What is on page xii?", "“Biology 2e” has 7 pages; none of them is labelled xii."),
        ("What is chapter 40 about?", "“Biology 2e” has 3 chapters; there is no chapter 40."),
    ] {
        let answer = structure(&room, question).await;
        assert_eq!(answer.text, said);
        assert!(!answer.answered && answer.citations.is_empty());
    }
    let room = room_with([biology().of_length(9)]).await;
    let answer = structure(&room, "What is on page 9?").await;
    assert_eq!(answer.text, "Page 9 of “Biology 2e” is not read yet; 7 of 9 pages are.");
    assert!(!answer.answered);
}

#[tokio::test]
async fn a_chapter_is_told_by_its_title_its_sections_and_its_beginning() {
    let room = room_with([biology()]).await;
    let answer = structure(&room, "What is chapter 1 about?").await;
    insta::assert_snapshot!(answer.text, @r"
    “Biology 2e”: Chapter 1: Cells, page 1 [1]
    Its sections:
    • 1.1 Membranes, page 2 [2]
    • 1.2 Organelles, page 3 [3]
    Its paragraphs begin with:
    • “All living things are made of cells.” [4]
    ");
    let answer = structure(&room, "Where does chapter 2 begin?").await;
    assert_eq!(answer.text, "In “Biology 2e”, chapter 2 begins here: Chapter 2: Plants, page 4. [1]");
}

#[tokio::test]
async fn a_definition_comes_with_its_sentence_and_further_places() {
    let room = room_with([biology()]).await;
    for question in ["Where is osmosis defined?", "Define OSMOSIS", "What is the definition of osmosis in Biology 2e?"]
    {
        let answer = structure(&room, question).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(answer.text, @r"
            “Osmosis” is defined on page 2 of “Biology 2e”: “Osmosis is the movement of water through a membrane.” [1]
            A further place:
            • page 5 of “Biology 2e”: “Osmosis is a process that also keeps the cells of animals in shape.” [2]
            ");
        }
        assert_eq!(answer.citations[0].quote, "Osmosis is the movement of water through a membrane.");
    }
    let answer = structure(&room, "What does the book call the loss of water through leaves?").await;
    assert!(answer.text.starts_with("“transpiration”, on page 4"), "{}", answer.text);
    assert_eq!(quotes(&structure(&room, "What are the key terms of chapter 2?").await).len(), 1);
}

#[tokio::test]
async fn a_term_that_is_defined_nowhere_goes_the_way_of_any_question() {
    let room = room_with([biology()]).await;
    let answer = ask(&room, None, "Where is inflation defined?").await;
    assert_eq!((answer.executor.as_str(), answer.answered), ("extractive", false), "{}", answer.text);
    let answer = ask(&room, None, "What are the chapters of Chemistry?").await;
    assert_eq!(answer.executor, "extractive");
}

#[tokio::test]
async fn with_several_documents_each_is_named_and_a_name_narrows() {
    let room = room_with([biology(), slides(), novel()]).await;
    let answer = structure(&room, "What is on page 2?").await;
    let titles: Vec<&str> = answer.citations.iter().map(|citation| citation.title.as_str()).collect();
    assert!(titles.contains(&"Biology 2e") && titles.contains(&"Memory lecture"), "{}", answer.text);
    let answer = structure(&room, "What is on page 2 of Biology 2e?").await;
    assert!(answer.citations.iter().all(|citation| citation.title == "Biology 2e"));
    let answer = structure(&room, "How many pages are there?").await;
    assert!(answer.text.contains("“Memory lecture” has no pages; it has 2 slides."), "{}", answer.text);
    let answer = structure(&room, "What is on page 30?").await;
    assert_eq!(
        answer.text,
        "“Biology 2e” has 7 pages; there is no page 30. “Memory lecture” has 2 slides; there is no page 30. “A Voyage” has no pages; it has 2 chapters."
    );
    let answer = structure(&room, "Where is interference defined?").await;
    assert!(answer.text.contains("slide 2 of “Memory lecture”"), "{}", answer.text);
}

#[tokio::test]
async fn slides_and_chapters_stand_for_pages() {
    let room = room_with([slides(), novel()]).await;
    let answer = structure(&room, "What is on slide 1?").await;
    assert_eq!(quotes(&answer), ["What is memory?", "Encoding"]);
    assert!(answer.text.starts_with("Slide 1 of “Memory lecture”"), "{}", answer.text);
    let answer = structure(&room, "What are the slides of the memory lecture?").await;
    assert_eq!(quotes(&answer), ["What is memory?", "Forgetting"]);
    let answer = structure(&room, "What is chapter 2 of A Voyage about?").await;
    assert!(answer.text.contains("The Storm"), "{}", answer.text);
    assert!(quotes(&answer).contains(&"On the third day a storm came up."));
    let answer = structure(&room, "What chapters does A Voyage have?").await;
    assert_eq!(quotes(&answer), ["The Harbour", "The Storm"]);
}

#[tokio::test]
async fn a_follow_up_goes_on_with_the_structure() {
    let room = room_with([biology(), slides()]).await;
    let first = ask(&room, None, "What are the chapters of Biology 2e?").await;
    let next = ask(&room, Some(first.conversation), "And what is on page 4?").await;
    assert_eq!(next.standalone_question.as_deref(), Some("What is on page 4 in Biology 2e?"));
    assert_eq!(next.executor, "structure");
    assert_eq!(quotes(&next)[0], "Chapter 2: Plants");
    let next = ask(&room, Some(first.conversation), "and the next page?").await;
    assert_eq!(quotes(&next)[0], "Chapter 3: Animals");
    let next = ask(&room, Some(first.conversation), "Where is osmosis defined?").await;
    assert_eq!(next.executor, "structure", "{}", next.text);
}

#[tokio::test]
async fn what_is_asked_in_an_indonesian_window_is_told_in_indonesian() {
    let room = room_with([biology()]).await;
    let language = InterfaceLanguage::Id;
    let told =
        async |question| put(&room, NewQuestion { language, ..NewQuestion::new(room.room, question) }).await.text;
    insta::assert_snapshot!(told("Bab apa saja?").await, @r"
    “Biology 2e” memiliki 3 bab:
    • Chapter 1: Cells, halaman 1 [1]
    • Chapter 2: Plants, halaman 4 [2]
    • Chapter 3: Animals, halaman 5 [3]
    ");
    for (question, said) in [
        ("Daftar isi", "Daftar isi “Biology 2e”:"),
        ("Ada berapa halaman?", "“Biology 2e” memiliki 7 halaman, dengan label i sampai 5. Yang terakhir, halaman 5,"),
        (
            "Apa isi halaman 3?",
            "Halaman 3 (halaman 5 dalam berkas) dari “Biology 2e”, menurut judul dan awal paragrafnya:",
        ),
        ("Apa isi halaman 99?", "“Biology 2e” memiliki 7 halaman; tidak ada halaman 99."),
        ("Di mana osmosis didefinisikan?", "“Osmosis” didefinisikan di halaman 2 dari “Biology 2e”: “Osmosis is the"),
    ] {
        let text = told(question).await;
        assert!(text.starts_with(said), "{question}: {text}");
    }
}
