//! Questions about words on a page.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "shared with the other tests")]
mod room;

use kernel::{Cancel, Citation, DocumentId};
use library::annotations::{self, Selection};
use library::conversations::{self, About};
use model_server::{ModelServer, Reply};
use room::Room;
use tutor::{Answer, ExecutorSettings, Means, NewQuestion, ServerSettings};

const BIOLOGY: &[(&str, &[&str])] = &[
    (
        "Osmosis",
        &[
            "Osmosis is the movement of water through a membrane that holds back salt.",
            "Salt stays on its side of the wall.",
            "The pores of the membrane are too narrow for what is dissolved in the water.",
        ],
    ),
    ("Mines", &["Salt is dug out of mountains on each side of the wall of a mine.", "It is sold by the ton."]),
];
const SALT: &str = "Salt stays on its side of the wall.";

/// Words of the first page, as the window cites them.
fn cited(room: &Room, quote: &str) -> Citation {
    let document = DocumentId(1);
    let start = u32::try_from(room.page(document, 1).text.find(quote).unwrap()).unwrap();
    let end = start + u32::try_from(quote.len()).unwrap();
    let on = Selection { document, page: 1, start, end, quote: quote.into() };
    room.library.read(|connection| annotations::cite(connection, &on)).unwrap()
}

async fn ask(room: &Room, question: &str, about: &About) -> Answer {
    let new = NewQuestion { about: Some(about), ..NewQuestion::new(room.room, question) };
    room.tutor.ask(new, Cancel::new()).await.unwrap().answer().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn this_is_answered_from_around_the_words_and_stored_with_them() {
    let Some(room) = Room::with("biology", BIOLOGY).await else { return };
    let about = About { citation: cited(&room, SALT), note: "The moon is made of cheese.".into() };
    let answer = ask(&room, "Explain this sentence.", &about).await;
    assert!(answer.answered, "{answer:?}");
    assert!(answer.citations.iter().all(|citation| citation.page == Some(1)), "{answer:?}");
    assert!(!answer.text.contains("Salt stays") && !answer.text.contains("cheese"), "{}", answer.text);
    assert_eq!(answer.standalone_question.as_deref(), Some("Explain “Salt stays on its side of the wall”."));
    let stored = room.library.read(|connection| conversations::turn(connection, answer.turn)).unwrap();
    assert_eq!(stored.about, Some(about.clone()));

    // What is asked about other words is another question.
    let other = About { citation: cited(&room, "The pores of the membrane"), ..about };
    let second = ask(&room, "Explain this sentence.", &other).await;
    assert_ne!(second.standalone_question, answer.standalone_question);
    assert!(!second.provenance.remembered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_told_the_words_and_what_the_student_wrote_but_nothing_is_proven_by_that() {
    let Some(room) = Room::with("biology", BIOLOGY).await else { return };
    let server = ModelServer::start().await.unwrap();
    let server_settings = ServerSettings {
        address: server.address().into(),
        model: "test-model".into(),
        context: 4096,
        remote_allowed: false,
        has_key: false,
    };
    let settings = ExecutorSettings { server: Some(server_settings), ..ExecutorSettings::default() };
    room.tutor.set_up(settings, Means::default()).unwrap();
    server.then(Reply::says(["The pores of the membrane are too narrow. [1] The moon is made of cheese. [1]"]));
    server.then(Reply::says(["a) The moon is made of cheese. [1]"]));
    let about = About { citation: cited(&room, SALT), note: "The moon is made of cheese.".into() };
    let answer = ask(&room, "Why is that?", &about).await;
    let sent = server.requests()[0].to_string();
    assert!(sent.contains("these words of a document: Salt stays on its side of the wall."), "{sent}");
    assert!(sent.contains("the student wrote: The moon is made of cheese."), "{sent}");
    assert!(answer.text.contains("too narrow") && !answer.text.contains("cheese"), "{}", answer.text);
    assert_eq!(answer.provenance.unsupported, ["The moon is made of cheese."]);
}
