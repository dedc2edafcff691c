//! Searching and asking, one question or a batch.

use serde_json::{Value, json};

use crate::cli::{Shelf, keys};
use document_maker::Pdf;

fn biology() -> Shelf {
    let shelf = Shelf::new();
    let pdf = Pdf::new()
        .titled("Biology")
        .page(
            "Photosynthesis",
            &[
                "Photosynthesis is the process by which green plants turn sunlight into chemical energy.",
                "It takes place in the chloroplasts, which hold the green pigment chlorophyll.",
            ],
        )
        .page(
            "Digestion",
            &[
                "The stomach is a muscular organ that breaks food down with acid and enzymes.",
                "Most nutrients are absorbed in the small intestine.",
            ],
        )
        .page(
            "Blood",
            &[
                "The heart pumps blood through the arteries to every part of the body.",
                "Red blood cells carry oxygen because they contain haemoglobin.",
            ],
        );
    let file = shelf.file("biology.pdf", pdf.bytes());
    shelf.import(&[&file]);
    shelf
}

#[test]
fn search_finds_words_and_meaning() {
    let shelf = biology();
    let by_words = &shelf.json(&["search", "--room", "Books", "-k", "2", "chlorophyll"])[0];
    assert_eq!(keys(by_words), ["elapsed_ms", "id", "passages"]);
    let best = &by_words["passages"][0];
    for key in ["document", "title", "page_start", "page_end", "label", "headings", "text", "score"] {
        assert!(best.get(key).is_some(), "{key} is missing: {best}");
    }
    assert_eq!(best["page_start"], 1);
    assert_eq!(best["headings"], json!(["Photosynthesis"]));
    assert!(best.get("explanation").is_none());

    let by_meaning = &shelf.json(&["search", "--room", "Books", "--explain", "where meals get dissolved"])[0];
    let best = &by_meaning["passages"][0];
    assert_eq!(best["page_start"], 2, "{by_meaning:#}");
    assert!(best["explanation"]["similarity"].as_f64().unwrap() > 0.2, "{best:#}");
}

#[test]
fn an_answer_streams_and_ends_with_its_proof() {
    let shelf = biology();
    let lines = shelf.json(&["ask", "--room", "Books", "What do red blood cells carry?"]);
    let (answer, deltas) = lines.split_last().unwrap();
    assert!(!deltas.is_empty());
    let streamed: String = deltas.iter().map(|delta| delta["text"].as_str().unwrap()).collect();
    assert!(deltas.iter().all(|delta| delta["type"] == "delta"));
    assert_eq!(answer["type"], "answer");
    assert_eq!(answer["answer"], streamed.as_str());
    assert_eq!(answer["answered"], true, "{answer:#}");
    assert_eq!(answer["executor"], "extractive");
    let cited = &answer["citations"][0];
    for key in ["document", "title", "page", "label", "locator", "quote", "boxes"] {
        assert!(cited.get(key).is_some(), "{key} is missing: {cited}");
    }
    assert_eq!(cited["page"], 3);
    assert!(cited["quote"].as_str().unwrap().contains("carry oxygen"), "{cited}");
    let place = &cited["boxes"][0];
    assert_eq!(place["page"], 3);
    for (low, high) in [("x0", "x1"), ("y0", "y1")] {
        let (low, high) = (place[low].as_f64().unwrap(), place[high].as_f64().unwrap());
        assert!(0.0 <= low && low < high && high <= 1.0, "{place}");
    }

    let conversation = answer["conversation"].as_str().unwrap();
    let more = shelf.json(&["ask", "--room", "Books", "--conversation", conversation, "Why do they carry it?"]);
    assert_eq!(more.last().unwrap()["conversation"], answer["conversation"]);
}

#[test]
fn a_document_or_a_section_is_summed_up_and_made_into_a_guide_and_a_quiz() {
    let shelf = biology();
    let ask = |mode: &str, about: &[&str]| {
        let words = ["ask", "--room", "Books", "--mode", mode, "--document", "1"];
        let lines = shelf.json(&[&words[..], about, &["About this"]].concat());
        lines.last().unwrap().clone()
    };
    let summary = ask("summary", &[]);
    assert_eq!(summary["answered"], true, "{summary:#}");
    let text = summary["answer"].as_str().unwrap();
    for part in ["- Photosynthesis: ", "- Digestion: ", "- Blood: "] {
        assert!(text.contains(part), "{text}");
    }
    let section = ask("summary", &["--section", "Blood"]);
    assert!(section["citations"].as_array().unwrap().iter().all(|cited| cited["page"] == 3), "{section:#}");
    let guide = ask("guide", &[]);
    assert!(guide["answer"].as_str().unwrap().starts_with("## Photosynthesis\n"), "{guide:#}");
    let quiz = ask("quiz", &["--section", "Photosynthesis"]);
    assert!(quiz["answer"].as_str().unwrap().contains("What does “Photosynthesis” mean? [1]"), "{quiz:#}");
}

#[test]
fn a_question_that_nothing_answers_is_declined() {
    let shelf = biology();
    let lines = shelf.json(&["ask", "--room", "Books", "Who won the football championship of 1954?"]);
    let answer = lines.last().unwrap();
    assert_eq!(answer["answered"], false, "{answer:#}");
    assert_eq!(answer["citations"], json!([]));
}

#[test]
fn a_batch_answers_line_by_line_and_goes_on_after_a_bad_one() {
    let shelf = biology();
    let batch = "{\"id\": \"a\", \"question\": \"chlorophyll\", \"answer\": \"never looked at\"}\n\n\
                 {\"id\": \"b\"}\n\
                 {\"id\": 3, \"question\": \"stomach\"}\n";
    let done = shelf.json_with_input(&["search", "--room", "Books", "--batch", "-"], batch);
    let lines = done.lines();
    assert_eq!(done.code, Some(1), "{done:?}");
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["id"], &lines[0]["passages"][0]["page_start"]), (&json!("a"), &json!(1)));
    assert_eq!(
        (&lines[1]["type"], &lines[1]["id"], &lines[1]["code"]),
        (&json!("failed"), &json!("b"), &json!("invalid"))
    );
    assert_eq!((&lines[2]["id"], &lines[2]["passages"][0]["page_start"]), (&json!(3), &json!(2)));

    let file = shelf.file("batch.jsonl", "{\"id\": 1, \"question\": \"What does the heart pump?\"}\n");
    let answers = shelf.json(&["ask", "--room", "Books", "--batch", file.to_str().unwrap()]);
    assert_eq!(answers.iter().map(|line| line["type"].clone()).collect::<Vec<Value>>(), ["answer"]);
    assert_eq!(answers[0]["id"], 1);
}
