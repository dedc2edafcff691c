use futures::StreamExt;
use llama::{Constraint, Error, Event, Reason};
use model_maker::Model;

use super::*;

/// Letters alone, so that what was written is read again as the same tokens.
fn letters(messages: Vec<Message>, max_tokens: u32) -> Request {
    let constraint = Some(Constraint::Grammar("root ::= [a-z]{400}".into()));
    Request { constraint, ..request(messages, max_tokens) }
}

#[tokio::test]
async fn a_text_comes_in_pieces_of_whole_characters() {
    let desk = Desk::new(&Model::tiny());
    let mut stream = desk.llama.generate(request(vec![user("Tell me more.")], 60));
    let (mut pieces, mut finished) = (Vec::new(), None);
    while let Some(event) = stream.next().await {
        match event.unwrap() {
            Event::Read { done, total } => assert!(pieces.is_empty() && done <= total),
            Event::Piece(piece) => pieces.push(piece),
            Event::Finished(end) => finished = Some(end),
        }
    }
    let finished = finished.unwrap();
    assert!(pieces.len() > 10 && pieces.iter().all(|piece| !piece.is_empty()));
    let written = finished.reason == Reason::Length && finished.generated_tokens == 60;
    assert!(written || finished.reason == Reason::End, "{finished:?}");
    assert_eq!(finished.reused_tokens, 0);
}

#[tokio::test]
async fn the_same_seed_writes_the_same_text() {
    let desk = Desk::new(&Model::tiny());
    let ask = async |seed| desk.write(Request { seed, ..letters(vec![user("Go on.")], 40) }).await.0;
    let first = ask(1).await;
    let other = ask(2).await;
    desk.llama.unload().await;
    assert_eq!(ask(1).await, first);
    assert_ne!(first, other);
    // Without chance the seed doesn't matter.
    let likeliest =
        async |seed| desk.write(Request { seed, temperature: 0.0, ..letters(vec![user("Go on.")], 40) }).await.0;
    assert_eq!(likeliest(1).await, likeliest(2).await);
}

#[tokio::test]
async fn a_second_turn_reads_only_what_is_new() {
    let desk = Desk::new(&Model::tiny());
    let mut messages = vec![system("You are a tutor. ".repeat(20).as_str()), user("What is a cell?")];
    let (answer, first) = desk.write(letters(messages.clone(), 30)).await;
    assert_eq!((answer.len(), first.reused_tokens, first.generated_tokens), (30, 0, 30));

    messages.extend([assistant(&answer), user("And its kernel?")]);
    let second = desk.llama.generate(letters(messages.clone(), 30));
    let events: Vec<_> = second.map(Result::unwrap).collect().await;
    let Some(Event::Finished(second)) = events.last() else { panic!("it doesn't finish") };
    // All of the first turn but the last letter, which nothing was written behind.
    let common = first.prompt_tokens + first.generated_tokens - 1;
    assert_eq!(second.reused_tokens, common);
    assert_eq!(second.prompt_tokens, desk.llama.count_prompt(&messages).await.unwrap());
    // The new ones fit into one batch.
    let read: Vec<_> = events.iter().filter(|event| matches!(event, Event::Read { .. })).collect();
    assert_eq!(read, [&Event::Read { done: second.prompt_tokens, total: second.prompt_tokens }]);

    // A cache that was cut says the same as one that was made anew.
    let (kept, _) = desk.write(Request { temperature: 0.0, ..letters(messages.clone(), 30) }).await;
    desk.llama.unload().await;
    let (anew, finished) = desk.write(Request { temperature: 0.0, ..letters(messages, 30) }).await;
    assert_eq!((kept, finished.reused_tokens), (anew, 0));
}

#[tokio::test]
async fn the_same_prompt_again_reads_its_last_token_alone() {
    let desk = Desk::new(&Model::tiny());
    let ask = request(vec![user("The same.")], 0);
    let (text, first) = desk.write(ask.clone()).await;
    assert_eq!((text.as_str(), first.reason, first.generated_tokens), ("", Reason::Length, 0));
    let (_, second) = desk.write(ask).await;
    assert_eq!(second.reused_tokens, first.prompt_tokens - 1);
}

#[tokio::test]
async fn a_text_ends_before_a_stop_text() {
    let desk = Desk::new(&Model::tiny());
    let (whole, _) = desk.write(letters(vec![user("Go on.")], 40)).await;
    let stop = whole[12..15].to_owned();
    let place = whole.find(&stop).unwrap();
    let (text, finished) = desk.write(Request { stop: vec![stop], ..letters(vec![user("Go on.")], 40) }).await;
    assert_eq!((text.as_str(), finished.reason), (&whole[..place], Reason::Stop));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_numbers() {
    let desk = Desk::new(&Model { context: 512, ..Model::tiny() });
    let long = vec![user(&"word ".repeat(120))];
    let prompt_tokens = desk.llama.count_prompt(&long).await.unwrap();
    assert!(prompt_tokens > 512);
    let error = desk.llama.generate(request(long, 10)).finish().await.unwrap_err();
    assert_eq!(error, Error::PromptTooLong { prompt_tokens, max_tokens: 10, context: 512 });

    // To the last token.
    let short = vec![user("Short.")];
    let room = 512 - desk.llama.count_prompt(&short).await.unwrap();
    let constraint = Some(Constraint::Grammar("root ::= [a-z]{512}".into()));
    let (_, full) = desk.write(Request { constraint, ..request(short.clone(), room) }).await;
    assert_eq!((full.reason, full.prompt_tokens + full.generated_tokens), (Reason::Length, 512));
    let error = desk.llama.generate(request(short, room + 1)).finish().await.unwrap_err();
    assert!(matches!(error, Error::PromptTooLong { max_tokens, .. } if max_tokens == room + 1));
}

#[tokio::test]
async fn a_request_without_a_message_is_refused() {
    let desk = Desk::new(&Model::tiny());
    assert_eq!(desk.llama.generate(request(Vec::new(), 10)).finish().await.unwrap_err(), Error::NoMessages);
}

#[tokio::test]
async fn each_of_many_requests_gets_its_own_answer() {
    let desk = Desk::new(&Model::tiny());
    let asked: Vec<String> = (0..12).map(|i| format!("answer{i}")).collect();
    let answers = asked.iter().map(|text| {
        let constraint = Some(Constraint::Grammar(format!("root ::= \"{text}\"")));
        let stream = desk.llama.generate(Request { constraint, ..request(vec![user(text)], 40) });
        let llama = desk.llama.clone();
        async move { (stream.finish().await.unwrap().0, llama.count(text).await.unwrap()) }
    });
    let answers = futures::future::join_all(answers).await;
    for (text, (answer, count)) in asked.iter().zip(answers) {
        assert_eq!((&answer, count), (text, text.len()));
    }
}

#[tokio::test]
async fn contents_of_any_kind_are_read() {
    let desk = Desk::new(&Model::tiny());
    for text in ["", " \n\t ", "\0zero\0", "\u{feff}Ω≈ç√ 👩‍🔬", "Qz0contentzQ", "{% if %}{{ }}"] {
        let (_, finished) = desk.write(request(vec![user(text), assistant(text), user("?")], 3)).await;
        assert_eq!(
            finished.prompt_tokens,
            desk.llama.count_prompt(&[user(text), assistant(text), user("?")]).await.unwrap()
        );
    }
}
