use llama::{Constraint, Error, Reason};
use model_maker::Model;
use serde_json::Value;

use super::*;

const SCHEMA: &str = r#"{
    "type": "object",
    "properties": {
        "question": {"type": "string", "maxLength": 12},
        "options": {"type": "array", "items": {"type": "string", "maxLength": 5}, "minItems": 2, "maxItems": 3},
        "answer": {"enum": [0, 1, 2]},
        "sure": {"type": "boolean"}
    },
    "required": ["question", "options", "answer", "sure"],
    "additionalProperties": false
}"#;

fn in_form(constraint: Constraint, max_tokens: u32, seed: u32) -> Request {
    let temperature = if seed.is_multiple_of(4) { 0.0 } else { 1.5 };
    Request { constraint: Some(constraint), seed, temperature, ..request(vec![user("A question!")], max_tokens) }
}

#[tokio::test]
async fn json_that_ends_by_itself_follows_its_schema() {
    let desk = Desk::new(&Model::tiny());
    let (mut ended, mut cut) = (0, 0);
    for seed in 0..40 {
        let max_tokens = if seed % 2 == 0 { 30 } else { 400 };
        let (text, finished) = desk.write(in_form(Constraint::JsonSchema(SCHEMA.into()), max_tokens, seed)).await;
        match finished.reason {
            Reason::End => {
                ended += 1;
                let json: Value = serde_json::from_str(&text).expect(&text);
                assert!(json["question"].as_str().unwrap().chars().count() <= 12);
                assert!(matches!(json["options"].as_array().unwrap().len(), 2 | 3));
                assert!(json["answer"].as_u64().unwrap() <= 2 && json["sure"].is_boolean());
            }
            Reason::Length => {
                cut += 1;
                assert_eq!(finished.generated_tokens, max_tokens);
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(ended >= 15 && cut >= 15, "{ended} ended, {cut} were cut");
}

#[tokio::test]
async fn characters_in_a_form_are_whole_ones() {
    let desk = Desk::new(&Model::tiny());
    for seed in 0..12 {
        let grammar = Constraint::Grammar("root ::= \"<\" [^<>\\x00-\\x7F]{1,6} \">\"".into());
        let (text, finished) = desk.write(in_form(grammar, 100, seed)).await;
        assert_eq!(finished.reason, Reason::End);
        let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).expect(&text);
        assert!((1..=6).contains(&inner.chars().count()) && !inner.contains(char::REPLACEMENT_CHARACTER), "{text}");
    }
}

#[tokio::test]
async fn a_form_that_can_not_be_used_is_refused_and_the_next_request_answered() {
    let desk = Desk::new(&Model::tiny());
    let bad = [
        Constraint::Grammar("root ::= (".into()),
        Constraint::Grammar("root ::= missing".into()),
        Constraint::Grammar("root ::= root \"a\"".into()),
        Constraint::Grammar("other ::= \"a\"".into()),
        Constraint::Grammar("root ::= \"a\0\"".into()),
        Constraint::Grammar(String::new()),
        Constraint::JsonSchema("{".into()),
        Constraint::JsonSchema(r#"{"type": "no such type"}"#.into()),
    ];
    let process = {
        desk.llama.describe().await.unwrap();
        desk.llama.process()
    };
    for constraint in bad {
        let error = desk.llama.generate(in_form(constraint.clone(), 10, 1)).finish().await.unwrap_err();
        assert!(matches!(error, Error::Grammar(_)), "{constraint:?}: {error}");
    }
    let (text, _) = desk.write(in_form(Constraint::Grammar("root ::= \"yes\" | \"no\"".into()), 10, 1)).await;
    assert!(matches!(text.as_str(), "yes" | "no"));
    assert_eq!(desk.llama.process(), process);
}
