//! Summaries, guides and quizzes of a made book, with the real library, search and embedding model.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "shared with the other tests")]
mod room;

use std::collections::HashSet;

use kernel::{Cancel, DocumentId};
use library::conversations::{self, Mode, Subject, TurnState};
use library::documents;
use room::Room;
use room::volume::Volume;
use tutor::{Answer, Event, NewQuestion};

/// A book of two chapters with sections, and what surrounds the text of books.
fn physiology() -> Volume {
    Volume::new("Physiology", "pdf")
        .entry(1, "Contents", 1)
        .entry(1, "Chapter 1: The Blood", 2)
        .entry(2, "1.1 Red Cells", 2)
        .entry(2, "1.2 White Cells", 3)
        .entry(1, "Chapter 2: The Kidney", 4)
        .entry(1, "References", 5)
        .page(None, &["# Contents", "The book has a chapter on the blood and another one on the kidney of mammals."])
        .page(
            None,
            &[
                "# Chapter 1: The Blood",
                "## 1.1 Red Cells",
                "In this section, the red cells of the blood are described and explained to the student.",
                "*Haemoglobin* is the protein of red blood cells that binds oxygen in the lungs. \
                 Red blood cells carry oxygen from the lungs to every tissue of the body. \
                 The red cells of the blood live for about four months in the body. \
                 You may have seen a drop of your own blood under the microscope at school. \
                 *Anaemia* is a state in which the blood holds too few red cells or too little haemoglobin.",
                "Figure 1.1 A drop of blood under the microscope shows many thousand red cells.",
            ],
        )
        .page(
            None,
            &[
                "## 1.2 White Cells",
                "White blood cells defend the body against bacteria and viruses. \
                 *Phagocytosis* is the process by which a white cell swallows a bacterium and digests it. \
                 White cells leave the vessels and wander through the tissues in search of bacteria. \
                 What would happen to a body that had no white cells in its blood at all?",
            ],
        )
        .page(
            None,
            &[
                "# Chapter 2: The Kidney",
                "The kidney filters the blood and keeps its salts in balance. \
                 A *nephron* is the smallest unit of the kidney that filters blood and makes urine. \
                 Each kidney of a human being holds about a million nephrons. \
                 The hormone aldosterone makes the kidney keep sodium in the blood.",
            ],
        )
        .page(
            None,
            &["# References", "Smith, J. wrote the history of the kidney and of the blood in the year of 1999."],
        )
}

async fn library() -> Option<(Room, DocumentId)> {
    let room = Room::with("Medicine", &[]).await?;
    let document = physiology().put(&room.library, room.room);
    Some((room.embedded().await, document))
}

fn request<'a>(room: &Room, mode: Mode, subject: Option<Subject>, text: &'a str) -> NewQuestion<'a> {
    NewQuestion { mode, subject, ..NewQuestion::new(room.room, text) }
}

/// Asks, and checks that each statement is behind its proof and stands on the page that is cited for it.
async fn ask(room: &Room, mode: Mode, subject: Option<Subject>, text: &str) -> Answer {
    let mut asking = room.tutor.ask(request(room, mode, subject, text), Cancel::new()).await.unwrap();
    let (mut shown, mut proven) = (String::new(), 0);
    while let Some(event) = asking.next().await {
        match event {
            Event::Citation { index, .. } => proven = index,
            Event::Delta { text, .. } => shown += &text,
            Event::Started { .. } | Event::Progress(_) => {}
        }
        assert!(!shown.contains(&format!("[{}]", proven + 1)), "a marker before its proof: {shown}");
    }
    let answer = asking.answer().await.unwrap();
    assert_eq!((&answer.text, answer.state), (&shown, TurnState::Complete));
    for citation in &answer.citations {
        let page = room.page(citation.document, citation.page.unwrap());
        assert!(page.text.contains(&citation.quote), "{citation:?}");
    }
    let stored = room.library.read(|connection| conversations::turn(connection, answer.turn)).unwrap();
    assert_eq!((&stored.answer, stored.answered), (&answer.text, answer.answered));
    answer
}

fn whole(document: DocumentId) -> Option<Subject> {
    Some(Subject { document, section: None })
}

fn pages(answer: &Answer) -> HashSet<u32> {
    answer.citations.iter().filter_map(|citation| citation.page).collect()
}

/// The statements of a summary without their markers.
fn statements(text: &str) -> Vec<String> {
    let parts = text.split(['[', ']']).step_by(2).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_summary_says_of_each_part_what_stands_there_and_nothing_twice() {
    let Some((room, document)) = library().await else { return };
    let answer = ask(&room, Mode::Summary, whole(document), "Summarise").await;
    assert!(answer.answered, "{answer:?}");
    let lines: Vec<&str> = answer.text.lines().collect();
    let titles: Vec<&str> = lines.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(titles, ["- Chapter 1", "- Chapter 2"], "{}", answer.text);
    for line in &lines {
        let said = line.trim_start_matches("- Chapter 1: The Blood: ").trim_start_matches("- Chapter 2: The Kidney: ");
        for statement in statements(said) {
            let on = |citation: &kernel::Citation| citation.quote.split_whitespace().eq(statement.split_whitespace());
            assert!(answer.citations.iter().any(on), "{statement}");
        }
    }
    let said: HashSet<&str> = answer.citations.iter().map(|citation| citation.quote.as_str()).collect();
    assert_eq!(said.len(), answer.citations.len());
    for left_out in ["In this section", "Figure", "microscope", "What would", "Smith", "another one"] {
        assert!(!answer.text.contains(left_out), "{}", answer.text);
    }
    assert_eq!(answer.executor, "extractive");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_is_summed_up_alone_whether_it_is_chosen_or_named() {
    let Some((room, document)) = library().await else { return };
    let chosen = Some(Subject { document, section: Some(3) });
    let answer = ask(&room, Mode::Summary, chosen, "Summarise").await;
    assert!(answer.answered && answer.text.contains("hite"), "{}", answer.text);
    assert_eq!(pages(&answer), HashSet::from([3]));
    for named in ["Summarise section 1.2", "Give me a short summary of White Cells, please", "Ringkas bagian 1.2"] {
        let same = ask(&room, Mode::Summary, None, named).await;
        assert_eq!(same.text, answer.text, "{named}");
    }
    let kidney = ask(&room, Mode::Summary, None, "Summarise chapter 2 of Physiology").await;
    assert_eq!(pages(&kidney), HashSet::from([4]), "{}", kidney.text);
    let found = ask(&room, Mode::Summary, None, "Sum up what aldosterone does in the kidney").await;
    assert_eq!(pages(&found), HashSet::from([4]), "{}", found.text);
    let book = ask(&room, Mode::Summary, None, "Summarise the book").await;
    assert_eq!(book.text, ask(&room, Mode::Summary, whole(document), "Summarise").await.text);
}

/// A lecture without headings whose passages run on from page to page.
fn lecture() -> Volume {
    let page = |organ: &str, product: &str| {
        format!(
            "The {organ} of a mammal is made of many thousand cells that work together day and night. \
             A *{product}* is what the {organ} makes and gives into the blood when the body asks for it. \
             Without its {organ} a mammal falls ill within a week and dies of it in the end."
        )
    };
    Volume::new("Glands", "pdf")
        .page(Some("xi"), &[&page("thyroid", "thyroxine")])
        .page(Some("10"), &[&page("pancreas", "insulin")])
        .page(Some("11"), &[&page("pituitary", "oxytocin")])
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_summed_up_and_asked_about_alone() {
    let Some((room, _)) = library().await else { return };
    let document = lecture().put(&room.library, room.room);
    let room = room.embedded().await;
    let passages = room.library.read(|connection| library::passages::on_page(connection, document, 2)).unwrap();
    assert!(passages.iter().any(|passage| passage.page_start < 2 || passage.page_end > 2), "{passages:?}");
    let page = ask(&room, Mode::Summary, None, "Summarise page 10 of Glands").await;
    assert!(page.answered && pages(&page) == HashSet::from([2]), "{page:?}");
    assert!(page.text.contains("pancreas"), "{}", page.text);
    let quiz = ask(&room, Mode::Quiz, None, "Quiz me on page 11 of Glands").await;
    assert!(quiz.answered && pages(&quiz) == HashSet::from([3]), "{quiz:?}");
    let guide = ask(&room, Mode::Guide, None, "Make a study guide to pages 10-11 of Glands").await;
    assert!(guide.text.starts_with("## Pages 10–11 (pages 2–3 of the file)\n"), "{}", guide.text);
    assert_eq!(pages(&guide), HashSet::from([2, 3]));
    let roman = ask(&room, Mode::Summary, None, "Summarise page xi").await;
    assert!(roman.citations.iter().all(|it| it.document == document && it.page == Some(1)), "{roman:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_no_document_or_more_than_one_has_is_not_guessed() {
    let Some((room, _)) = library().await else { return };
    let nowhere = ask(&room, Mode::Summary, None, "Summarise page 12").await;
    assert!(!nowhere.answered && nowhere.text.contains("there is no page 12"), "{}", nowhere.text);
    lecture().put(&room.library, room.room);
    let both = ask(&room, Mode::Quiz, None, "Quiz me on page 3").await;
    assert!(!both.answered && both.text.contains("as in “page 3 of Physiology”"), "{}", both.text);
    let one = ask(&room, Mode::Summary, None, "Summarise page 3 of Physiology").await;
    assert!(one.answered && pages(&one) == HashSet::from([3]), "{one:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_one_of_the_document_that_is_named_beside_it() {
    let Some((room, _)) = library().await else { return };
    let other = Volume::new("Astronomy", "pdf")
        .entry(1, "Chapter 1: The Sun", 1)
        .entry(1, "Chapter 2: The Moon", 2)
        .page(None, &["# Chapter 1: The Sun", "The sun is a star that burns hydrogen in its core and shines on us."])
        .page(None, &["# Chapter 2: The Moon", "The moon goes round the earth once in some twenty-seven days."]);
    let other = other.put(&room.library, room.room);
    let moon = ask(&room, Mode::Summary, None, "Summarise chapter 2 of Astronomy").await;
    assert!(moon.citations.iter().all(|it| it.document == other), "{moon:?}");
    assert!(moon.text.contains("moon"), "{}", moon.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guide_has_every_part_in_order_with_its_terms_and_questions() {
    let Some((room, document)) = library().await else { return };
    let answer = ask(&room, Mode::Guide, Some(Subject { document, section: Some(1) }), "Study guide").await;
    let headings: Vec<&str> = answer.text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(headings, ["1.1 Red Cells", "1.2 White Cells"], "{}", answer.text);
    assert_eq!(answer.text.matches("Key terms:\n- ").count(), 2, "{}", answer.text);
    assert_eq!(answer.text.matches("Check yourself:\n- ").count(), 2, "{}", answer.text);
    let defined = "- Haemoglobin: Haemoglobin is the protein of red blood cells that binds oxygen in the lungs. [";
    assert!(answer.text.contains(defined), "{}", answer.text);
    let asked = answer.text.lines().find(|line| line.contains("What does “Haemoglobin” mean?")).unwrap();
    let number: usize = asked.split(['[', ']']).nth(1).unwrap().parse().unwrap();
    assert!(answer.citations[number - 1].quote.starts_with("Haemoglobin is"), "{}", answer.text);
    assert!(!answer.text.contains("nephron"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quiz_asks_for_what_is_defined_and_gives_no_term_away() {
    let Some((room, document)) = library().await else { return };
    let answer = ask(&room, Mode::Quiz, whole(document), "Quiz me").await;
    let questions: Vec<&str> = answer.text.lines().collect();
    assert_eq!(questions.len(), 4, "{}", answer.text);
    let terms = ["haemoglobin", "anaemia", "phagocytosis", "nephron"];
    for (question, term) in questions.iter().zip(terms) {
        let number: usize = question.split(['[', ']']).nth(1).unwrap().parse().unwrap();
        assert!(answer.citations[number - 1].quote.to_lowercase().contains(term), "{question}");
        let blanked = question.starts_with("- Which term is meant: “");
        assert_eq!(question.to_lowercase().contains(term), !blanked, "{question}");
        assert_eq!(question.contains("____"), blanked, "{question}");
    }
    assert_eq!(questions.iter().filter(|question| question.contains("____")).count(), 2);
    let about = ask(&room, Mode::Quiz, None, "Quiz me on the cells that swallow bacteria").await;
    assert!(about.citations.iter().any(|citation| citation.quote.starts_with("Phagocytosis")), "{}", about.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said() {
    let Some((room, document)) = library().await else { return };
    let nothing = ask(&room, Mode::Summary, None, "Summarise the fall of the Roman Empire").await;
    assert!(!nothing.answered && nothing.citations.is_empty(), "{}", nothing.text);
    let unsaid = ask(&room, Mode::Quiz, None, "Quiz me").await;
    assert!(unsaid.answered, "the only document is meant: {}", unsaid.text);
    let gone = ask(&room, Mode::Guide, Some(Subject { document, section: Some(99) }), "Guide").await;
    assert!(!gone.answered && gone.text.contains("no longer"), "{}", gone.text);
    let empty = Volume::new("Pictures", "pdf").page(None, &[]).put(&room.library, room.room);
    for mode in [Mode::Summary, Mode::Guide, Mode::Quiz] {
        let answer = ask(&room, mode, whole(empty), "About this").await;
        assert!(!answer.answered && !answer.text.is_empty() && answer.citations.is_empty(), "{}", answer.text);
    }
    room.library.write(|tx| documents::remove(tx, document)).unwrap();
    let removed = ask(&room, Mode::Summary, whole(document), "Summarise").await;
    assert!(!removed.answered && removed.text.contains("no longer"), "{}", removed.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_keeps_what_was_said() {
    let Some((room, document)) = library().await else { return };
    let cancel = Cancel::new();
    let new = request(&room, Mode::Guide, whole(document), "Study guide");
    let mut asking = room.tutor.ask(new, cancel.clone()).await.unwrap();
    let mut shown = String::new();
    while let Some(event) = asking.next().await {
        if let Event::Delta { text, .. } = event {
            shown += &text;
            cancel.cancel();
        }
    }
    let answer = asking.answer().await.unwrap();
    assert_eq!((answer.state, &answer.text), (TurnState::Stopped, &shown));
    assert!(shown.starts_with("## Chapter 1") && !shown.contains("## Chapter 2"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overview_is_remembered_for_its_subject_alone() {
    let Some((room, document)) = library().await else { return };
    let section = |section| Some(Subject { document, section: Some(section) });
    let red = ask(&room, Mode::Summary, section(2), "Summarise this").await;
    let white = ask(&room, Mode::Summary, section(3), "Summarise this").await;
    assert_ne!(red.text, white.text);
    let again = ask(&room, Mode::Summary, section(2), "Summarise this").await;
    assert!(again.provenance.remembered && !white.provenance.remembered);
    assert_eq!(again.text, red.text);
    let guide = ask(&room, Mode::Guide, section(2), "Summarise this").await;
    assert!(!guide.provenance.remembered && guide.text != red.text);
    let new = NewQuestion { beside: Some(again.turn), ..request(&room, Mode::Summary, section(2), "Summarise this") };
    let beside = room.tutor.ask(new, Cancel::new()).await.unwrap().answer().await.unwrap();
    assert!(!beside.provenance.remembered);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_model_sentences_are_weighed_by_their_words() {
    let room = Room::by_words("Medicine", &[]).await;
    let document = physiology().put(&room.library, room.room);
    let answer = ask(&room, Mode::Summary, whole(document), "Summarise").await;
    assert!(pages(&answer).contains(&4) && pages(&answer).is_subset(&HashSet::from([2, 3, 4])), "{}", answer.text);
    assert_eq!(answer.text.lines().count(), 2, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_document_without_headings_is_told_by_its_pages() {
    let room = Room::by_words("Logbook", &[]).await;
    // Made words, so that no sentence says what another does.
    let word = |mut number: u32| -> String {
        let mut word = String::new();
        while number > 0 {
            word.push_str(["ba", "do", "ki", "lu", "me", "no", "pa", "ru"][(number % 8) as usize]);
            number /= 8;
        }
        word
    };
    let sentence = |day: u32, watch: u32| {
        let first = 5000 + day * 100 + watch * 5;
        let [one, two, three, four] = [0, 1, 2, 3].map(|nth| word(first + nth));
        format!("The {one} and the {two} of it all were not the {three} that had been with the {four}. ")
    };
    let mut log = Volume::new("Logbook", "pdf");
    for day in 1..=240 {
        let text: String = (1..=12).map(|watch| sentence(day, watch)).collect();
        log = log.page(None, &[text.trim()]);
    }
    let document = log.put(&room.library, room.room);
    let answer = ask(&room, Mode::Summary, whole(document), "Summarise").await;
    let lines: Vec<&str> = answer.text.lines().collect();
    assert!(lines.len() > 1 && lines.iter().all(|line| line.starts_with("- Pages ")), "{}", answer.text);
    assert!(lines[0].starts_with("- Pages 1–"), "{}", answer.text);
}
