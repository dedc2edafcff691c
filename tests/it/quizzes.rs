//! Quizzes made on the command line.

use std::collections::HashSet;
use std::sync::Arc;

use acceptance::rivers::{self, PAGES};
use kernel::{LibraryFolder, SystemClock};
use library::{Library, rooms};
use model_server::{ModelServer, Reply};
use serde_json::{Value, json};
use study::quiz::{Made, RULES};
use tokio::runtime::Runtime;

use crate::cli::{Shelf, keys};

fn rivers() -> Shelf {
    let shelf = Shelf::new();
    let file = shelf.file("rivers.pdf", rivers::pdf());
    shelf.import(&[&file]);
    shelf
}

/// The items and the summary of a quiz.
fn quiz(shelf: &Shelf, arguments: &[&str]) -> (Vec<Value>, Value) {
    let mut lines = shelf.json(&[&["quiz", "--room", "Books"], arguments].concat());
    let summary = lines.pop().unwrap();
    assert_eq!(summary["type"], "summary", "{summary:#}");
    let drafts = if arguments.contains(&"--drafts") { summary["drafts"].as_u64().unwrap() } else { 0 };
    assert_eq!(summary["made"].as_u64().unwrap() + drafts, lines.len() as u64, "{summary:#}");
    (lines, summary)
}

/// The paragraph that a citation quotes.
fn cited<'a>(citation: &Value) -> &'a str {
    let page = citation["page"].as_u64().unwrap() as usize;
    let quote = citation["quote"].as_str().unwrap();
    let found = PAGES[page - 1].1.iter().find(|paragraph| paragraph.contains(quote));
    for place in citation["boxes"].as_array().unwrap() {
        assert_eq!(place["page"], page, "{citation:#}");
        assert!(place["x0"].as_f64() < place["x1"].as_f64(), "{citation:#}");
    }
    assert!(!citation["boxes"].as_array().unwrap().is_empty(), "{citation:#}");
    found.unwrap_or_else(|| panic!("{quote} is not on page {page}"))
}

#[test]
fn a_choice_has_one_right_option_that_its_page_proves() {
    let shelf = rivers();
    let (items, summary) = quiz(&shelf, &["--count", "8"]);
    assert_eq!(items.len(), 8, "{summary:#}");
    let mut places = HashSet::new();
    for (number, item) in (1..).zip(&items) {
        assert_eq!(
            keys(item),
            ["answer", "citation", "confidence", "explanation", "id", "kind", "options", "stem"],
            "{item:#}"
        );
        assert_eq!((&item["id"], &item["kind"]), (&json!(number), &json!("choice")));
        let options = item["options"].as_array().unwrap();
        assert_eq!(options.iter().collect::<HashSet<_>>().len(), 4, "{item:#}");
        let key = item["answer"].as_str().unwrap();
        places.insert(options.iter().position(|option| option == key).unwrap());
        let said = cited(&item["citation"]).to_lowercase();
        assert!(said.contains(&key.to_lowercase()), "{item:#}");
        for other in options.iter().filter_map(Value::as_str).filter(|option| *option != key) {
            assert!(!said.contains(&other.to_lowercase()), "{item:#}");
        }
        let stem = item["stem"].as_str().unwrap();
        assert!(stem.ends_with('?') && !stem.to_lowercase().contains(&key.to_lowercase()), "{item:#}");
        assert!((0.0..=1.0).contains(&item["confidence"].as_f64().unwrap()));
    }
    assert!(places.len() > 1, "the right option is not always at the same place");
}

#[test]
fn a_gap_is_filled_by_the_words_of_the_page() {
    let shelf = rivers();
    let (items, _) = quiz(&shelf, &["--count", "6", "--kind", "cloze"]);
    assert_eq!(items.len(), 6);
    for item in &items {
        let filled = item["stem"].as_str().unwrap().replace("_____", item["answer"].as_str().unwrap());
        assert!(cited(&item["citation"]).contains(&filled), "{item:#}");
        assert_eq!(item["options"], json!([]));
        let begins = |word: &str| format!("{}…", word.chars().next().unwrap());
        let hint: Vec<String> = item["answer"].as_str().unwrap().split(' ').map(begins).collect();
        assert_eq!(item["hint"], hint.join(" "), "{item:#}");
    }
}

#[test]
fn a_false_statement_differs_from_its_page_and_a_true_one_stands_there() {
    let shelf = rivers();
    let (items, _) = quiz(&shelf, &["--count", "10", "--kind", "true-false"]);
    let mut answers = HashSet::new();
    for item in &items {
        let stands = cited(&item["citation"]).contains(item["stem"].as_str().unwrap());
        assert_eq!(item["answer"], stands.to_string(), "{item:#}");
        answers.insert(stands);
    }
    assert_eq!(answers.len(), 2, "both are asked");
}

#[test]
fn matching_and_short_questions_have_their_proofs() {
    let shelf = rivers();
    let (items, _) = quiz(&shelf, &["--count", "3", "--kind", "matching", "--kind", "short"]);
    assert_eq!(items.iter().filter(|item| item["kind"] == "matching").count(), 2, "the kinds take turns: {items:#?}");
    for item in &items {
        if item["kind"] == "short" {
            assert!(cited(&item["citation"]).contains(item["answer"].as_str().unwrap()), "{item:#}");
            continue;
        }
        let proofs: Vec<&Value> = [&item["citation"]].into_iter().chain(item["further"].as_array().unwrap()).collect();
        let terms = item["terms"].as_array().unwrap();
        let answers = item["answer"].as_array().unwrap();
        assert_eq!((proofs.len(), answers.len()), (terms.len(), terms.len()), "{item:#}");
        for ((term, answer), proof) in terms.iter().zip(answers).zip(proofs) {
            let said = cited(proof).to_lowercase();
            let term = term.as_str().unwrap().to_lowercase();
            assert!(said.contains(&term) && said.contains(answer.as_str().unwrap()), "{item:#}");
            assert!(item["options"].as_array().unwrap().contains(answer), "{item:#}");
        }
    }
}

#[test]
fn the_same_seed_asks_the_same_and_a_section_only_of_itself() {
    let shelf = rivers();
    let of = |seed: &str| quiz(&shelf, &["--count", "5", "--seed", seed]);
    assert_eq!(of("3"), of("3"));
    assert_ne!(of("3").0, of("4").0);
    let (items, summary) =
        quiz(&shelf, &["--document", "1", "--section", "Coasts", "--kind", "cloze", "--count", "50"]);
    assert!((1..=4).contains(&items.len()), "{summary:#}");
    assert!(items.iter().all(|item| item["citation"]["page"] == 3), "{items:#?}");
    assert!(summary["note"].as_str().unwrap().contains("not enough"), "{summary:#}");
}

#[test]
fn of_text_in_another_language_nothing_is_asked() {
    let shelf = Shelf::new();
    let said = "Die Osmose ist die Bewegung von Wasser durch eine dünne Haut. Ein Delta ist ein Fächer aus Schlamm, den \
                ein Fluss an seiner Mündung ablagert. Der Gletscher ist ein Strom aus Eis, der langsam zu Tal fließt.";
    let file = shelf.file("wasser.txt", said);
    shelf.import(&[&file]);
    let (items, summary) = quiz(&shelf, &[]);
    assert!(items.is_empty());
    assert!(summary["note"].as_str().unwrap().contains("English"), "{summary:#}");
}

#[test]
fn people_read_questions_with_their_answers() {
    let shelf = rivers();
    let done = shelf.run(&["quiz", "--room", "Books", "--count", "2"]);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("1. ") && done.out.contains("   D. ") && done.out.contains("Answer: "), "{}", done.out);
    assert!(done.out.contains("2 made"), "{}", done.out);
    for (arguments, code) in
        [(&["--kind", "riddle"][..], 2), (&["--document", "9"], 1), (&["--section", "Ice"], 2), (&["--count", "0"], 2)]
    {
        let done = shelf.run(&[&["quiz", "--room", "Books"], arguments].concat());
        assert_eq!(done.code, Some(code), "{arguments:?}: {done:?}");
    }
}

/// What is kept is not made again.
#[test]
fn questions_that_are_kept_are_not_made_again() {
    let shelf = rivers();
    let kept = ["--count", "6", "--keep", "--kind", "choice", "--kind", "cloze", "--kind", "true-false"];
    let (items, _) = quiz(&shelf, &kept);
    let (again, _) = quiz(&shelf, &kept);
    let stems: HashSet<String> = items.iter().map(|item| item["stem"].to_string()).collect();
    assert!(again.iter().all(|item| !stems.contains(&item["stem"].to_string())), "{again:#?}");
}

/// A doubtful question waits for a decision, and who has decided can't be asked twice.
#[test]
fn doubtful_questions_are_listed_and_decided_on() {
    let shelf = rivers();
    let (items, _) = quiz(&shelf, &["--count", "2"]);
    let doubtful = items.iter().map(|item| {
        let mut item = item.clone();
        item["confidence"] = json!(0.4);
        Made { item: serde_json::from_value(item).unwrap(), maker: RULES.to_owned() }
    });
    let library = Library::open(LibraryFolder::new(shelf.data()), Arc::new(SystemClock)).unwrap();
    let room = library.read(|connection| rooms::by_name(connection, "Books")).unwrap().unwrap().room;
    let kept = study::taking::keep(&library, room, &doubtful.collect::<Vec<_>>()).unwrap();
    assert_eq!((kept.ready, kept.drafts), (0, 2));

    let drafts = || shelf.json(&["drafts", "list", "--room", "Books"]);
    let listed = drafts();
    assert!(listed.iter().zip(&items).all(|(draft, item)| draft["stem"] == item["stem"]), "{listed:#?}");
    let number = |at: usize| listed[at]["item"].to_string();
    let rejected = shelf.json(&["drafts", "reject", &number(0), "--reason", "ambiguous"]);
    assert_eq!((&rejected[0]["type"], &rejected[0]["reason"]), (&json!("rejected"), &json!("ambiguous")));
    let approved = shelf.json(&["drafts", "approve", &number(1)]);
    assert_eq!(approved[0]["type"], "approved");
    assert!(drafts().is_empty());
    let twice = shelf.run(&["drafts", "approve", &number(0)]);
    assert_eq!(twice.code, Some(1), "{twice:?}");
}

/// What a language model writes is asked where the page bears it out, and dropped where it doesn't; without the model
/// the rest is made of the document's own sentences.
#[test]
fn a_language_model_drafts_and_the_checks_decide() {
    let shelf = rivers();
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(ModelServer::start()).unwrap();
    shelf.json(&["executors", "server", server.address(), "--model", "test-model"]);
    let others = ["moraine", "fjord", "aquifer"];
    let right = "What is a thick body of ice called that creeps downhill under its own weight?";
    let proposals = json!({"questions": [
        {"sentence": 1, "question": right, "answer": "glacier", "others": others},
        {"sentence": 3, "question": "What melts and leaves a ridge of rubble behind?", "answer": "fjord",
         "others": ["moraine", "glacier", "aquifer"]},
        {"sentence": 9, "question": "What is nowhere?", "answer": "nothing", "others": others},
    ]});
    server.then(Reply::says([proposals.to_string().as_str()]));
    let of_ice = ["--document", "1", "--section", "Ice", "--count", "3", "--drafts"];
    let (items, summary) = quiz(&shelf, &of_ice);
    assert_eq!(items[0]["stem"], right, "{items:#?}");
    assert_eq!(items[0]["answer"], "glacier");
    assert!(cited(&items[0]["citation"]).contains("thick body of ice"));
    assert!(
        items.iter().all(|item| !item["stem"].as_str().unwrap().contains("What melts") && item["answer"] != "nothing")
    );
    assert!(summary["reasons"]["key_not_recovered"].as_u64() >= Some(1), "{summary:#}");
    let request = &server.requests()[0];
    assert_eq!(request["response_format"]["type"], "json_schema", "{request:#}");
    assert!(request["messages"].to_string().contains("creeps downhill"), "{request:#}");

    drop(server);
    let (items, summary) = quiz(&shelf, &of_ice);
    assert!(!items.is_empty() && items.iter().all(|item| item["stem"] != right), "{items:#?}");
    assert!(summary["note"].as_str().unwrap().contains("made without it"), "{summary:#}");
    let (_, summary) = quiz(&shelf, &["--executor", "extractive", "--count", "2"]);
    assert_eq!(summary["note"], Value::Null, "{summary:#}");
}
