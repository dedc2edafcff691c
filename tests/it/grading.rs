//! Answers graded from the command line.

use serde_json::json;

use crate::cli::Shelf;

#[test]
fn an_answer_is_graded_point_by_point() {
    let shelf = Shelf::new();
    let question = "What do arteries and veins do?";
    let reference = "Arteries carry blood away from the heart, while veins bring it back.";
    let of = |answer: &str| {
        let lines = shelf.json(&["grade", "--question", question, "--reference", reference, answer]);
        assert_eq!(lines.len(), 1);
        lines[0].clone()
    };
    let right = of("Arteries take the blood away from the heart, and veins bring it back to the heart.");
    assert_eq!((&right["id"], &right["verdict"]), (&json!(null), &json!("correct")), "{right:#}");
    assert_eq!(right["points"].as_array().unwrap().len(), 2);
    for point in right["points"].as_array().unwrap() {
        assert_eq!(point["met"], "met", "{right:#}");
        assert!(point["evidence"].as_str().unwrap().contains("heart"), "{right:#}");
    }
    let wrong = of("Arteries do not carry blood away from the heart.");
    assert_eq!(wrong["points"][0]["met"], "contradicted", "{wrong:#}");
    assert_eq!(wrong["verdict"], "incorrect", "{wrong:#}");
    assert!(wrong["feedback"].as_str().unwrap().contains("Arteries carry blood"), "{wrong:#}");
    assert!(wrong["score"].as_f64().unwrap() < right["score"].as_f64().unwrap());
    for beside in ["Photosynthesis turns light into sugar.", "-"] {
        let beside = of(beside);
        assert_eq!(beside["verdict"], "incorrect", "{beside:#}");
    }
    assert_eq!(of("-")["score"], 0.0);
    for (answer, score) in [("no", 1.0), ("It is.", 0.0)] {
        let lines = shelf.json(&["grade", "--question", "Is it?", "--reference", "No.", answer]);
        assert_eq!(lines[0]["score"], score, "{:#}", lines[0]);
    }
}

#[test]
fn a_batch_of_answers_goes_on_behind_one_that_cannot_be_graded() {
    let shelf = Shelf::new();
    let long = "word ".repeat(1000);
    let batch = format!(
        "{}\n{}\n{}\n",
        json!({"id": 1, "question": "", "reference": " ", "answer": "Something."}),
        json!({"id": 2, "question": "", "reference": "A spider has eight legs.", "answer": long}),
        json!({"id": 3, "question": "", "reference": "A spider has eight legs.", "answer": "It has 8 legs.", "score": 1}),
    );
    let done = shelf.json_with_input(&["grade", "--batch", "-"], &batch);
    let lines = done.lines();
    assert_eq!((done.code, lines.len()), (Some(1), 3), "{done:?}");
    for (line, says) in [(&lines[0], "reference is empty"), (&lines[1], "5000 characters")] {
        assert_eq!((&line["type"], &line["code"]), (&json!("failed"), &json!("invalid")), "{line}");
        assert!(line["message"].as_str().unwrap().contains(says), "{line}");
    }
    assert_eq!(lines[2]["id"], 3);
    assert!(lines[2]["score"].as_f64().unwrap() > 0.5, "{:#}", lines[2]);
}
