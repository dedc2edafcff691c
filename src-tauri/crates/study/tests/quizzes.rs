//! Whatever a document says, no item is shown that breaks what the gate promises.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::sync::Arc;

use kernel::{Cancel, DocumentId, InterfaceLanguage, LibraryFolder, NativeParts, SystemClock};
use library::documents::NewDocument;
use library::quizzes::{Item, ItemKind, Key};
use library::{Library, documents, pages, passages, rooms, terms};
use proptest::prelude::*;
use reader::{Block, BlockKind, Emphasis, Page, PageStatus, PassageBuilder, TermFinder};
use retrieval::{ModelFiles, Retrieval, Spaces, fold, is_stop_word, stem, words};
use study::quiz::{Difficulty, Request, Scope, Summary, quiz};
use tempfile::TempDir;

/// A library with one document, searched by words alone.
struct Shelf {
    library: Library,
    retrieval: Retrieval,
    document: DocumentId,
    texts: Vec<String>,
    _folder: TempDir,
}

impl Shelf {
    /// A document of these pages; each is a paragraph, whose terms in asterisks are set in bold.
    fn of(marked: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock)).unwrap();
        let native = NativeParts::new(folder.path().join("none"));
        let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 1).unwrap();
        let retrieval = Retrieval::new(library.clone(), spaces);
        let read: Vec<Page> = (1..).zip(marked).map(|(number, text)| page(number, text)).collect();
        let document = library
            .write(|tx| {
                let room = rooms::create(tx, "Room", library.now())?.room;
                let new = NewDocument {
                    room,
                    title: "Book".to_owned(),
                    file_name: "book.pdf".to_owned(),
                    source: None,
                    hash: "hash".to_owned(),
                    format: "pdf".to_owned(),
                    bytes: 1,
                    replaces: None,
                };
                let document = documents::add(tx, &new, library.now())?.document;
                let mut builder = PassageBuilder::new("Book", 256);
                let mut count = |text: &str| u32::try_from(text.split_whitespace().count()).unwrap();
                let mut finder = TermFinder::new();
                let (mut cut, mut found) = (Vec::new(), Vec::new());
                for page in &read {
                    pages::insert(tx, document, page)?;
                    cut.extend(builder.push(page, &mut count));
                    found.extend(finder.push(page));
                }
                cut.extend(builder.finish(&mut count));
                found.extend(finder.finish());
                passages::insert(tx, document, &cut)?;
                terms::insert(tx, document, &found)?;
                Ok(document)
            })
            .unwrap();
        let texts = read.into_iter().map(|page| page.text).collect();
        Self { library, retrieval, document, texts, _folder: folder }
    }

    fn quiz(&self, kinds: &[ItemKind], count: usize, seed: u64) -> (Vec<Item>, Summary) {
        let request = Request {
            scope: Scope::Documents(vec![self.document]),
            count,
            kinds: kinds.to_vec(),
            difficulty: Difficulty::Medium,
            seed,
            earlier: Vec::new(),
            language: InterfaceLanguage::En,
        };
        let mut items = Vec::new();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let cancel = Cancel::new();
        let making = quiz(&self.library, &self.retrieval, None, &request, &cancel, |made| items.push(made.item));
        let summary = runtime.block_on(making).unwrap();
        (items, summary)
    }
}

fn page(number: u32, marked: &str) -> Page {
    let mut text = String::new();
    let mut emphasis = Vec::new();
    for (at, part) in marked.split('*').enumerate() {
        let start = u32::try_from(text.len()).unwrap();
        text.push_str(part);
        let end = u32::try_from(text.len()).unwrap();
        if at % 2 == 1 && end > start {
            emphasis.push(Emphasis { start, end, bold: true, italic: false });
        }
    }
    let end = u32::try_from(text.len()).unwrap();
    let blocks = vec![Block { kind: BlockKind::Paragraph, level: None, start: 0, end }];
    Page { status: PageStatus::Text, text, blocks, emphasis, ..Page::unreadable(number) }
}

/// What each item promises, told from nothing but the item and the pages.
fn assert_sound(item: &Item, texts: &[String]) {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let stems = |text: &str| -> HashSet<String> {
        let folded = words(text).map(|(_, word)| fold(word).into_owned());
        folded.filter(|word| !is_stop_word(word)).map(|word| stem(&word).into_owned()).collect()
    };
    for citation in [&item.citation].into_iter().chain(&item.further) {
        let page = &texts[citation.page.unwrap() as usize - 1];
        assert!(page.contains(&citation.quote), "{item:#?}");
    }
    assert!((0.0..=1.0).contains(&item.confidence), "{item:#?}");
    let said = texts.iter().any(|text| letters(text).contains(&letters(&item.stem)));
    match (item.kind, &item.answer) {
        (ItemKind::Choice, Key::One(key)) => {
            let options: HashSet<_> = item.options.iter().map(|option| letters(option)).collect();
            assert_eq!((item.options.len(), options.len()), (4, 4), "{item:#?}");
            assert!(item.options.contains(key), "{item:#?}");
            assert!(letters(&item.citation.quote).contains(&letters(key)), "{item:#?}");
            assert!(stems(key).is_disjoint(&stems(&item.stem)), "{item:#?}");
        }
        (ItemKind::Cloze, Key::One(key)) => {
            let filled = letters(&item.stem.replace("_____", key));
            assert!(letters(&item.citation.quote) == filled, "{item:#?}");
            assert!(stems(key).is_disjoint(&stems(&item.stem)), "{item:#?}");
        }
        (ItemKind::TrueFalse, Key::One(key)) => assert_eq!(key, &said.to_string(), "{item:#?}"),
        (ItemKind::Matching, Key::Each(keys)) => {
            let (keyed, offered): (HashSet<&String>, HashSet<&String>) =
                (keys.iter().collect(), item.options.iter().collect());
            assert!(keyed == offered, "{item:#?}");
            assert_eq!((keys.len(), item.further.len() + 1), (item.terms.len(), item.terms.len()), "{item:#?}");
        }
        (ItemKind::Short, Key::One(reference)) => {
            assert!(letters(&item.citation.quote).contains(&letters(reference)), "{item:#?}");
        }
        _ => panic!("{item:#?}"),
    }
}

const NOUNS: [&str; 16] = [
    "keel", "sluice", "gable", "lintel", "quern", "anvil", "bellows", "trestle", "hawser", "mullion", "purlin",
    "tenon", "mortise", "gasket", "capstan", "treadle",
];
const MEANINGS: [&str; 10] = [
    "a heavy beam that carries the whole weight of a ship",
    "the narrow gate that holds back the water of a mill",
    "a flat stone on which grain is ground by hand",
    "the art of joining timber without any iron nails",
    "an important thing",
    "a block of steel on which a smith hammers glowing iron",
    "the slender bar that parts two panes of old glass",
    "a drum that sailors turn to raise an anchor",
    "any seal between two flanges that keeps steam from leaking",
    "one of them",
];

fn sentence() -> impl Strategy<Value = String> {
    let noun = || proptest::sample::select(&NOUNS[..]);
    let meaning = || proptest::sample::select(&MEANINGS[..]);
    let odd = "[A-Za-z*“”()?!:;,._ \n0-9é-]{0,60}";
    prop_oneof![
        6 => (noun(), meaning()).prop_map(|(noun, meaning)| format!("A *{noun}* is {meaning}.")),
        2 => (noun(), meaning()).prop_map(|(noun, meaning)| format!("The word *{noun}* refers to {meaning}.")),
        2 => (noun(), meaning()).prop_map(|(noun, meaning)| format!("In old towns {meaning} is called a *{noun}*.")),
        2 => (noun(), noun()).prop_map(|(a, b)| format!("A {a}, or {b}, weighs more than 40 stones in most of the towns.")),
        1 => noun().prop_map(|noun| format!("This {noun} increases the price of it, as shown in Figure 3.")),
        2 => odd,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_item_breaks_what_the_gate_promises(
        pages in proptest::collection::vec(proptest::collection::vec(sentence(), 1..8), 2..6),
        seed in any::<u64>(),
    ) {
        let texts: Vec<String> = pages.iter().map(|page| page.join(" ")).collect();
        let shelf = Shelf::of(&texts);
        let (items, summary) = shelf.quiz(&ItemKind::ALL, 12, seed);
        prop_assert_eq!(summary.made + summary.drafts, items.len());
        prop_assert_eq!(summary.rejected, summary.reasons.values().sum::<usize>());
        items.iter().for_each(|item| assert_sound(item, &shelf.texts));
        let stems: HashSet<(ItemKind, &str, &[String])> =
            items.iter().map(|item| (item.kind, item.stem.as_str(), item.terms.as_slice())).collect();
        prop_assert_eq!(stems.len(), items.len(), "nothing is asked twice");
    }
}

/// A page on which every noun has a meaning of its own.
fn workshop() -> Vec<String> {
    let sound = MEANINGS.iter().filter(|meaning| meaning.len() > 20);
    NOUNS.iter().zip(sound).map(|(noun, meaning)| format!("A *{noun}* is {meaning}.")).collect()
}

#[test]
fn of_plain_definitions_each_kind_is_made() {
    let shelf = Shelf::of(&workshop());
    for kind in ItemKind::ALL {
        let (items, summary) = shelf.quiz(&[kind], 3, 5);
        assert!(!items.is_empty(), "{kind:?}: {summary:?}");
        items.iter().for_each(|item| assert_sound(item, &shelf.texts));
    }
}

#[test]
fn an_option_that_the_document_bears_out_as_well_is_not_offered() {
    let mut pages = workshop();
    // From now on the capstan is what the keel is, in other words.
    pages.push("On rivers a *capstan* carries the whole weight of a ship, as a heavy beam does.".to_owned());
    let shelf = Shelf::of(&pages);
    let (items, _) = shelf.quiz(&[ItemKind::Choice], 20, 1);
    let keel = items.iter().find(|item| item.answer == Key::One("keel".to_owned())).unwrap();
    assert!(!keel.options.contains(&"capstan".to_owned()), "{keel:#?}");
}

#[test]
fn without_the_model_items_are_less_sure_and_a_stop_is_heard() {
    let shelf = Shelf::of(&workshop());
    let (items, _) = shelf.quiz(&[ItemKind::Choice], 2, 1);
    assert!(items.iter().all(|item| item.confidence < 0.9), "{items:#?}");
    let cancel = Cancel::new();
    cancel.cancel();
    let request = Request {
        scope: Scope::Documents(vec![shelf.document]),
        count: 5,
        kinds: Vec::new(),
        difficulty: Difficulty::Hard,
        seed: 1,
        earlier: Vec::new(),
        language: InterfaceLanguage::En,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let summary = runtime
        .block_on(quiz(&shelf.library, &shelf.retrieval, None, &request, &cancel, |_| panic!("an item")))
        .unwrap();
    assert_eq!((summary.made, summary.note), (0, None));
}
