use std::time::Duration;

use super::*;
use crate::executor::{Spending, Waited};

const NOUNS: [Noun; 8] =
    [Noun::Page, Noun::Slide, Noun::Sheet, Noun::Chapter, Noun::MainPart, Noun::Section, Noun::Heading, Noun::KeyTerm];

fn faults() -> Vec<ExecutorFault> {
    let address = || "x".to_owned();
    let time = Duration::from_millis(1500);
    let refused =
        |message: &str| ExecutorFault::Refused { address: address(), status: 500, message: message.to_owned() };
    vec![
        ExecutorFault::Unreachable { address: address() },
        ExecutorFault::KeyRefused { address: address() },
        ExecutorFault::Overloaded { address: address(), wait: None },
        refused(""),
        refused("x"),
        ExecutorFault::NotAServer { address: address() },
        ExecutorFault::Garbled { address: address() },
        ExecutorFault::BrokenOff { address: address() },
        ExecutorFault::TooSlow { waited: Waited::First(time) },
        ExecutorFault::TooSlow { waited: Waited::Next(time) },
        ExecutorFault::TooSlow { waited: Waited::Whole(time) },
        ExecutorFault::Model { why: "x".to_owned() },
        ExecutorFault::Broken { why: "x".to_owned() },
        ExecutorFault::ContextTooSmall { allowed: 1, needed: 2 },
        ExecutorFault::Resting { rest: time },
        ExecutorFault::Spent { limit: 1, of: Spending::Conversation },
        ExecutorFault::Spent { limit: 1, of: Spending::Day },
    ]
}

fn whole(it: &dyn Phrases) -> Vec<&'static str> {
    vec![
        it.nothing_answers(),
        it.nothing_near(),
        it.unsupported(),
        it.nothing_to_ask(),
        it.nothing_to_sum_up(),
        it.no_part(),
        it.subject_gone(),
        it.subject_wanted(),
        it.key_terms(),
        it.check_yourself(),
        it.its_sections(1),
        it.its_sections(2),
        it.its_paragraphs(),
        it.further_places(1),
        it.further_places(2),
    ]
}

fn filled(it: &dyn Phrases) -> Vec<String> {
    let two = Count { number: 2, noun: Noun::Page };
    vec![
        it.which_term("x"),
        it.what_means("x"),
        it.of_document("x", "x"),
        it.page_in_file("x", 1),
        it.pages(Noun::Page, "x"),
        it.pages_in_file(Noun::Page, "x", "x"),
        it.pages_with_label(Noun::Page, "x"),
        it.contents_of("x"),
        it.no_contents("x"),
        it.has_parts("x", two),
        it.has_from_to("x", two, "x", Some("x")),
        it.has_from_to("x", two, "x", None),
        it.has("x", two),
        it.has_labelled("x", two, "x", "x"),
        it.has_none("x", Noun::Slide, two),
        it.has_no("x", two, "x"),
        it.has_no_range("x", two, "x"),
        it.has_no_label("x", two, "x"),
        it.has_with_label("x", two, "x"),
        it.last_begins("x", "x", true),
        it.last_begins("x", "x", false),
        it.more(2),
        it.more_of(two),
        it.more_documents(2),
        it.more_have_it(2),
        it.several_have_it("x", "x", "x"),
        it.heading("x"),
        it.table("x"),
        it.page_told("x"),
        it.page_without_text("x"),
        it.not_read(Noun::Page, 2, "x", 1, two),
        it.begins("x", "x", "x"),
        it.has_sections("x", 0),
        it.has_sections("x", 2),
        it.is_long("x", 2, Some("x")),
        it.is_long("x", 2, None),
        it.is_defined("x", "x", "x"),
        it.is_called("x", "x", "x"),
        it.defines("x", two),
    ]
}

fn all(it: &dyn Phrases) -> Vec<String> {
    let counted = NOUNS.into_iter().flat_map(|noun| [1, 2].map(|number| it.counted(Count { number, noun })));
    let places = NOUNS.into_iter().map(|noun| it.place(noun, "x"));
    let fallen = faults().into_iter().flat_map(|fault| [true, false].map(|is_silent| it.fallen(&fault, is_silent)));
    whole(it).into_iter().map(str::to_owned).chain(filled(it)).chain(counted).chain(places).chain(fallen).collect()
}

#[test]
fn every_sentence_is_said_in_each_language() {
    let (english, indonesian) = (all(phrases(InterfaceLanguage::En)), all(phrases(InterfaceLanguage::Id)));
    for (english, indonesian) in english.iter().zip(&indonesian) {
        assert_ne!(english, indonesian);
    }
}

#[test]
fn each_language_has_its_own_plurals_and_order_of_words() {
    let (english, indonesian) = (phrases(InterfaceLanguage::En), phrases(InterfaceLanguage::Id));
    let terms = |number| Count { number, noun: Noun::KeyTerm };
    assert_eq!([1, 2].map(|number| english.counted(terms(number))), ["1 key term", "2 key terms"]);
    assert_eq!([1, 2].map(|number| indonesian.counted(terms(number))), ["1 istilah penting", "2 istilah penting"]);
    let page = indonesian.of_document(&indonesian.place(Noun::Page, "iv"), "“Biologi”");
    assert_eq!(page, "halaman iv dari “Biologi”");
    let chapters = |number| Count { number, noun: Noun::Chapter };
    assert_eq!(indonesian.has_from_to("“Biologi”", chapters(1), "Sel", None), "“Biologi” memiliki 1 bab, yaitu Sel.");
    assert_eq!(
        indonesian.has_from_to("“Biologi”", chapters(3), "Sel", Some("Hewan")),
        "“Biologi” memiliki 3 bab, dari Sel, sampai Hewan."
    );
}

#[test]
fn a_fault_and_what_is_done_about_it_are_told_in_one_language() {
    let fault = ExecutorFault::TooSlow { waited: Waited::First(Duration::from_millis(1500)) };
    assert_eq!(
        phrases(InterfaceLanguage::Id).fallen(&fault, false),
        "Model belum mulai menjawab dalam 1,5 detik. Selebihnya dikutip dari dokumen."
    );
}
