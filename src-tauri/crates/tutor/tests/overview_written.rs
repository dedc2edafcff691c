//! Summaries by a language model: a model server that behaves well and badly, over real HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "shared with the other tests")]
mod room;

use std::time::Duration;

use kernel::{Cancel, DocumentId};
use library::conversations::{Mode, Subject, TurnState};
use model_server::{ModelServer, Reply};
use room::Room;
use room::volume::Volume;
use tutor::{
    Answer, Budgets, Event, ExecutorSettings, Limits, Means, NewQuestion, Progress, SMALLEST_CONTEXT, ServerSettings,
};

/// A chapter that is too long for one request of the smallest context.
fn rivers() -> Volume {
    let mut volume = Volume::new("Rivers", "pdf").entry(1, "Chapter 1: Water", 1);
    for (number, river) in ["Danube", "Rhine", "Elbe", "Oder", "Vistula", "Loire", "Rhone", "Ebro"].iter().enumerate() {
        let text = format!(
            "The {river} carries the water of many small streams from the mountains down to the sea. \
             Ships on the {river} bring coal and grain to the towns that stand along its banks. \
             In spring the melting snow of the mountains makes the {river} rise above its banks. \
             Fish such as the salmon return to the {river} every year and lay their eggs in the gravel. \
             Dams across the {river} hold the water back and drive turbines that make electricity. \
             Farmers beside the {river} lead its water through ditches to their fields in dry summers."
        );
        let blocks = ["# Chapter 1: Water", &text];
        volume = volume.page(None, if number == 0 { &blocks } else { &blocks[1..] });
    }
    volume
}

async fn room() -> Option<(Room, DocumentId, ModelServer)> {
    let room = Room::with("Geography", &[]).await?;
    let document = rivers().put(&room.library, room.room);
    let (room, server) = with_server(room).await;
    Some((room, document, server))
}

/// The room with its vectors, and a server that answers its questions.
async fn with_server(room: Room) -> (Room, ModelServer) {
    let room = room.embedded().await;
    let server = ModelServer::start().await.unwrap();
    let settings = ServerSettings {
        address: server.address().into(),
        model: "test-model".into(),
        context: SMALLEST_CONTEXT,
        remote_allowed: false,
        has_key: false,
    };
    let long = Duration::from_secs(60);
    let means = Means { limits: Limits { first: long, next: long, whole: long }, ..Means::default() };
    room.tutor.set_up(ExecutorSettings { server: Some(settings), ..ExecutorSettings::default() }, means).unwrap();
    (room, server)
}

fn request(room: &Room, document: DocumentId, mode: Mode) -> NewQuestion<'static> {
    let subject = Some(Subject { document, section: None });
    NewQuestion { mode, subject, ..NewQuestion::new(room.room, "Summarise") }
}

async fn summary(room: &Room, document: DocumentId) -> Answer {
    let asking = room.tutor.ask(request(room, document, Mode::Summary), Cancel::new()).await.unwrap();
    let answer = asking.answer().await.unwrap();
    assert_eq!((answer.state, answer.answered), (TurnState::Complete, true), "{answer:?}");
    for citation in &answer.citations {
        assert!(room.page(document, citation.page.unwrap()).text.contains(&citation.quote), "{citation:?}");
    }
    answer
}

fn asked(server: &ModelServer) -> Vec<String> {
    let user =
        |request: &serde_json::Value| request["messages"].as_array()?.last()?["content"].as_str().map(str::to_owned);
    server.requests().iter().filter_map(user).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_long_for_one_request_is_read_in_several_and_made_into_one_summary() {
    let Some((room, document, server)) = room().await else { return };
    let answer = summary(&room, document).await;
    let asked = asked(&server);
    let (last, reading) = asked.split_last().unwrap();
    assert!(reading.len() > 1 && reading.iter().all(|asked| asked.contains("\nEvidence:\n[1] ")), "{asked:#?}");
    assert!(last.contains("\nStatements:\n[1] ") && last.starts_with("Part: Rivers"), "{last}");
    let every = ["Danube", "Ebro"].iter().all(|river| reading.iter().any(|asked| asked.contains(river)));
    assert!(every, "{reading:#?}");
    assert_eq!(answer.executor, "server");
    assert!(answer.text.contains("Danube") && answer.text.ends_with(']'), "{}", answer.text);
    assert!(answer.citations.iter().any(|citation| citation.page > Some(1)), "{answer:?}");
    let provenance = &answer.provenance;
    assert_eq!(provenance.prompt.as_deref(), Some("summary/1, condense/1"));
    assert_eq!((provenance.fell_back.as_deref(), provenance.left_out), (None, 0));
    assert!(!provenance.passages.is_empty());
    assert_eq!(provenance.tokens.prompt, 100 * u32::try_from(asked.len()).unwrap(), "each request is counted");
    let again = summary(&room, document).await;
    assert!(again.provenance.remembered && again.text == answer.text);
}

/// What is told of the reading for a summary, and how much of the answer had been shown by then.
async fn progress(room: &Room, document: DocumentId) -> Vec<(Progress, usize)> {
    let mut asking = room.tutor.ask(request(room, document, Mode::Summary), Cancel::new()).await.unwrap();
    let mut told = Vec::new();
    let mut shown = 0;
    while let Some(event) = asking.next().await {
        match event {
            Event::Progress(progress) => told.push((progress, shown)),
            Event::Delta { text, .. } => shown += text.len(),
            Event::Started { .. } | Event::Citation { .. } => {}
        }
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_long_part_is_read_it_is_told_how_far_it_is() {
    let Some((room, document, server)) = room().await else { return };
    let told = progress(&room, document).await;
    let reading = u32::try_from(server.requests().len()).unwrap() - 1;
    let expected = (1..=reading + 1).map(|request| {
        let progress = Progress { title: "Rivers".into(), part: 1, parts: 1, request, requests: reading };
        (progress, 0)
    });
    assert!(reading > 1 && told.iter().cloned().eq(expected), "{told:#?}");
    let whole: Vec<bool> = told.iter().map(|(progress, _)| progress.is_put_together()).collect();
    assert_eq!(whole.iter().filter(|it| **it).count(), 1, "{whole:?}");
    assert_eq!(progress(&room, document).await, [], "what is remembered is not read again");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_parts_it_is_told_which_one_is_read() {
    let Some(room) = Room::with("Geography", &[]).await else { return };
    let volume = ["Seas", "Lakes"].iter().zip(1..).fold(Volume::new("Water", "pdf"), |volume, (title, page)| {
        let text = format!("{title} hold most of the water that people see. {title} freeze when the winter is long.");
        volume.entry(1, title, page).page(None, &[&format!("# {title}"), &text])
    });
    let document = volume.put(&room.library, room.room);
    let (room, _server) = with_server(room).await;
    let told = progress(&room, document).await;
    let parts: Vec<(&str, u32, u32)> = told.iter().map(|(it, _)| (it.title.as_str(), it.part, it.parts)).collect();
    assert_eq!(parts, [("Seas", 1, 2), ("Lakes", 2, 2)]);
    assert!(told[0].1 == 0 && told[1].1 > 0, "the second part is read once the first was told: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_page_a_model_is_given_what_stands_on_it_alone() {
    let Some((room, document, server)) = room().await else { return };
    let new = NewQuestion { mode: Mode::Summary, ..NewQuestion::new(room.room, "Summarise page 2") };
    let answer = room.tutor.ask(new, Cancel::new()).await.unwrap().answer().await.unwrap();
    let asked = asked(&server).join("\n");
    assert!(asked.contains("Rhine") && !asked.contains("Danube") && !asked.contains("Elbe"), "{asked}");
    assert!(answer.citations.iter().all(|it| (it.document, it.page) == (document, Some(2))), "{answer:?}");
    assert!(answer.answered && answer.text.contains("Rhine"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_passage_supports_is_left_out() {
    let Some((room, document, server)) = room().await else { return };
    server.then(Reply::says([
        "Ships on the Danube bring coal and grain to the towns. [1] The Danube is made of cheese from the moon. [1]",
    ]));
    server.then(Reply::says(["a) The Danube is made of moon cheese. [1]"]));
    let answer = summary(&room, document).await;
    assert!(!answer.text.contains("cheese"), "{}", answer.text);
    assert_eq!(answer.provenance.unsupported, ["The Danube is made of cheese from the moon."]);
    assert!(asked(&server).last().unwrap().contains("coal and grain"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_fails_leaves_the_documents_own_sentences() {
    let Some((room, document, server)) = room().await else { return };
    server.then(Reply::Refuses(401, String::new()));
    let answer = summary(&room, document).await;
    assert_eq!((answer.executor.as_str(), server.requests().len()), ("extractive", 1));
    assert!(answer.provenance.fell_back.as_deref().unwrap().contains("API key"), "{answer:?}");
    for citation in &answer.citations {
        assert!(answer.text.contains(&citation.quote), "{}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_summary_comes_of_the_statements_they_are_said_themselves() {
    let Some((room, document, server)) = room().await else { return };
    summary(&room, document).await;
    let reading = asked(&server).len() - 1;
    let Some((room, document, server)) = self::room().await else { return };
    (0..reading).for_each(|_| server.then(Reply::Quotes));
    server.then(Reply::Complains("out of memory".into()));
    let answer = summary(&room, document).await;
    assert_eq!((answer.executor.as_str(), asked(&server).len()), ("server", reading + 1));
    assert!(answer.provenance.fell_back.as_deref().unwrap().contains("out of memory"));
    assert!(answer.text.contains("Danube") && answer.citations.len() > 1, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_of_a_remote_model_is_kept_between_the_requests_of_one_summary() {
    let Some((room, document, server)) = room().await else { return };
    let mut settings = room.tutor.executor_settings();
    let remote = settings.server.as_mut().unwrap();
    // An address of this machine that is not known to be one, as a remote one would be.
    remote.address = server.address().replace("127.0.0.1", "0.0.0.0");
    remote.remote_allowed = true;
    settings.budgets = Budgets { conversation: 200, day: 1000 };
    room.tutor.set_up(settings, Means::default()).unwrap();
    let answer = summary(&room, document).await;
    assert_eq!((server.requests().len(), answer.executor.as_str()), (2, "extractive"));
    assert!(answer.provenance.remote);
    assert!(answer.provenance.fell_back.as_deref().unwrap().contains("this conversation"), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_the_reading() {
    let Some((room, document, server)) = room().await else { return };
    server.then(Reply::Quotes);
    server.then(Reply::Nothing);
    let cancel = Cancel::new();
    let asking = room.tutor.ask(request(&room, document, Mode::Guide), cancel.clone()).await.unwrap();
    while server.requests().len() < 2 {
        tokio::task::yield_now().await;
    }
    cancel.cancel();
    let answer = asking.answer().await.unwrap();
    assert_eq!((answer.state, answer.text.as_str()), (TurnState::Stopped, ""));
    server.left().await;
}
