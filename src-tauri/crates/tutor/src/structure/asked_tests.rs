#![allow(clippy::unwrap_used)]
use super::*;

/// What a question asks, in a few words; "-" for one that is not about structure.
fn told(question: &str) -> String {
    let of = |of: &Of| {
        let place = of.place.as_ref().map(|it| format!(" {}", it.words)).unwrap_or_default();
        let book = of.book.as_ref().map(|it| format!(" <{it}>")).unwrap_or_default();
        place + &book
    };
    let book = |book: &Option<String>| book.as_ref().map(|it| format!(" <{it}>")).unwrap_or_default();
    match recognise(question) {
        None => "-".to_owned(),
        Some(Asked::Contents { level, of: it }) => {
            format!("contents{}{}", level.map(|it| format!(" {it:?}")).unwrap_or_default(), of(&it))
        }
        Some(Asked::Count { level, of: it }) => format!("count {level:?}{}", of(&it)),
        Some(Asked::On { place, book: it }) => format!("on {}{}", place.words, book(&it)),
        Some(Asked::Start { place, book: it }) => format!("start {}{}", place.words, book(&it)),
        Some(Asked::Defined { term }) => format!("defined {}{}", term.name, book(&term.book)),
        Some(Asked::Called { description }) => format!("called {description}"),
        Some(Asked::Terms { of: it }) => format!("terms{}", of(&it)),
    }
}

#[test]
fn structure_is_asked_for_in_many_words() {
    for (question, expected) in [
        ("What are the chapters?", "contents Chapter"),
        ("what chapters are in this book", "contents Chapter"),
        ("What chapters does the book have?", "contents Chapter"),
        ("Please list all chapters of Biology 2e.", "contents Chapter <Biology 2e>"),
        ("Show me the table of contents", "contents"),
        ("table of contents", "contents"),
        ("Give me the outline of the book", "contents"),
        ("What sections does chapter 3 have?", "contents Section chapter 3"),
        ("What are the sections in chapter three?", "contents Section chapter 3"),
        ("Can you list the sections of chapter 3 of Biology 2e?", "contents Section chapter 3 <Biology 2e>"),
        ("How is the book organized?", "contents"),
        ("What are the slides?", "contents Slide"),
        ("Welche Kapitel hat das Buch?", "contents Chapter"),
        ("Was sind die Kapitel?", "contents Chapter"),
        ("Zeige mir das Inhaltsverzeichnis", "contents"),
        ("Apa saja bab dalam buku ini?", "contents Chapter"),
        ("daftar isi", "contents"),
        ("How many pages are there?", "count Page"),
        ("How many pages does it have?", "count Page"),
        ("how many chapters does Biology 2e have", "count Chapter <Biology 2e>"),
        ("How many sections are in chapter 2?", "count Section chapter 2"),
        ("How long is the book?", "count Page"),
        ("How many pages does chapter 3 have?", "count Page chapter 3"),
        ("Wie viele Seiten hat das Buch?", "count Page"),
        ("Berapa halaman buku ini?", "count Page"),
        ("What is on page 57?", "on page 57"),
        ("What's on page iv of Biology 2e?", "on page iv <Biology 2e>"),
        ("page A-3", "on page A-3"),
        ("What does page 12 say?", "on page 12"),
        ("What is on p. 12?", "on p. 12"),
        ("what's on p12", "on p 12"),
        ("What does ch3 cover?", "on ch 3"),
        ("What is on pages 12-14?", "on pages 12–14"),
        ("what do pages 12 to 14 say", "on pages 12–14"),
        ("Summarise pp. iv – vi of Biology 2e", "on pp. iv–vi <Biology 2e>"),
        ("Was steht auf Seiten 3 bis 5?", "on seiten 3–5"),
        ("Apa isi halaman 3 sampai 5?", "on halaman 3–5"),
        ("what is on slide 4", "on slide 4"),
        ("What is in chapter 2?", "on chapter 2"),
        ("What is chapter 2 about?", "on chapter 2"),
        ("What is the title of chapter 5?", "on chapter 5"),
        ("What does section 3.2 cover?", "on section 3.2"),
        ("What is on the last page?", "on last page"),
        ("Was steht auf Seite 57?", "on seite 57"),
        ("Apa isi halaman 57?", "on halaman 57"),
        ("Where does chapter 5 start?", "start chapter 5"),
        ("On which page is chapter 5?", "start chapter 5"),
        ("Auf welcher Seite beginnt Kapitel 5?", "start kapitel 5"),
        ("Where is osmosis defined?", "defined osmosis"),
        ("where is the term “action potential” defined in the book?", "defined action potential"),
        ("On which page is memory defined in Psychology 2e?", "defined memory <Psychology 2e>"),
        ("Define osmosis.", "defined osmosis"),
        ("What is the definition of osmosis?", "defined osmosis"),
        ("Where does the book define osmosis?", "defined osmosis"),
        ("How does the book define osmosis?", "defined osmosis"),
        ("Wo wird Osmose definiert?", "defined Osmose"),
        ("Di mana osmosis didefinisikan?", "defined osmosis"),
        ("What does the book call learning by watching others?", "called learning by watching others"),
        ("What are the key terms in chapter 3?", "terms chapter 3"),
        ("glossary", "terms"),
    ] {
        assert_eq!(told(question), expected, "{question}");
    }
}

#[test]
fn questions_about_a_subject_are_not_taken_for_questions_about_structure() {
    for question in [
        "What are the parts of the brain?",
        "What are the sections of the spinal cord?",
        "What is the structure of DNA?",
        "What are the contents of the treaty?",
        "How many pages did Freud write?",
        "How many chambers does the heart have?",
        "How long is the small intestine?",
        "What does page 57 say about memory?",
        "What is the difference between chapter 2 and chapter 3?",
        "Where is the hippocampus?",
        "Where is it defined?",
        "Define it.",
        "Define osmosis and explain why it matters.",
        "What is osmosis?",
        "What is memory about?",
        "Who called it the collective unconscious?",
        "What is p53?",
        "What is CH4?",
        "What is in chapters 2 to 4?",
        "What is section a of the cortex?",
        "What is part of the brain?",
        "In this section, what is described?",
        "Which of the following was mentioned in this chapter?",
        "What are the key concepts of behaviorism?",
        "chapter",
    ] {
        assert_eq!(told(question), "-", "{question}");
    }
}

#[test]
fn the_book_itself_is_told_from_one_by_name() {
    for generic in ["the book", "this document", "it", "my course notes", "buku ini", "dem Buch"] {
        assert!(is_generic(generic), "{generic}");
    }
    for name in ["Biology 2e", "the book of Genesis", "the brain", ""] {
        assert!(!is_generic(name), "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn no_question_breaks_the_recogniser(question in "(what|is|on|page|chapter|of|the|define|how many|[0-9ivx.]{1,4}|\\PC{1,6}| ){0,14}") {
        let _ = recognise(&question);
    }
}
