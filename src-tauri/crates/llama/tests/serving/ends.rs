use futures::StreamExt;
use llama::{Constraint, Error, Event, Generation, Reason};
use model_maker::Model;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::*;

/// A text that doesn't end by itself for a long time.
fn endless() -> Request {
    let constraint = Some(Constraint::Grammar("root ::= [a-z]+".into()));
    // Of a model that never chooses to end it, as the grammar lets it go on for ever.
    Request { constraint, stop: Vec::new(), ..request(vec![user("Go on.")], 7000) }
}

fn slow() -> Model {
    Model { context: 8192, ..Model::tiny() }
}

async fn first_piece(stream: &mut Generation) {
    while let Some(event) = stream.next().await {
        if matches!(event.unwrap(), Event::Piece(_)) {
            return;
        }
    }
    panic!("nothing was written");
}

fn process(desk: &Desk) -> Pid {
    Pid::from_raw(i32::try_from(desk.llama.process().unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn a_cancelled_text_ends_and_the_next_one_is_written() {
    let desk = Desk::new(&slow());
    let mut stream = desk.llama.generate(endless());
    first_piece(&mut stream).await;
    stream.cancel();
    let (_, finished) = stream.finish().await.unwrap();
    assert_eq!(finished.reason, Reason::Cancelled);
    assert!(finished.generated_tokens < 7000);
    assert!(desk.write(request(vec![user("Go on.")], 5)).await.1.reused_tokens > 0);
}

#[tokio::test]
async fn a_stream_that_is_dropped_stops_its_work() {
    let desk = Desk::new(&slow());
    let mut dropped = desk.llama.generate(endless());
    first_piece(&mut dropped).await;
    let process = desk.llama.process();
    drop(dropped);
    // Ones that have not begun, too.
    drop(desk.llama.generate(endless()));
    let waiting = desk.llama.generate(endless());
    waiting.cancel();
    assert_eq!(waiting.finish().await.unwrap().1.reason, Reason::Cancelled);
    let (_, finished) = desk.write(request(vec![user("Go on.")], 5)).await;
    assert!(finished.reused_tokens > 0);
    assert_eq!(desk.llama.process(), process);
}

#[tokio::test]
async fn reading_a_prompt_can_be_cancelled_and_goes_on_where_it_stopped() {
    let desk = Desk::new(&slow());
    let long = request(vec![user(&"word ".repeat(1500))], 1);
    let mut stream = desk.llama.generate(long.clone());
    assert!(matches!(stream.next().await, Some(Ok(Event::Read { .. }))));
    stream.cancel();
    let (text, finished) = stream.finish().await.unwrap();
    assert_eq!((text.as_str(), finished.reason, finished.generated_tokens), ("", Reason::Cancelled, 0));
    let (_, again) = desk.write(long).await;
    assert!(again.reused_tokens > 0 && again.reason != Reason::Cancelled);
}

#[tokio::test]
async fn a_killed_process_ends_its_text_with_an_error_and_the_next_one_is_written() {
    let desk = Desk::new(&slow());
    let mut stream = desk.llama.generate(endless());
    let waiting = desk.llama.generate(request(vec![user("Go on.")], 5));
    first_piece(&mut stream).await;
    let killed = process(&desk);
    kill_process(killed, Signal::KILL).unwrap();
    let error = stream.finish().await.unwrap_err();
    assert!(matches!(&error, Error::Died { how, .. } if how.contains("SIGKILL")), "{error}");
    assert!(waiting.finish().await.is_ok());
    assert_ne!(process(&desk), killed);
}

#[tokio::test]
async fn a_process_that_says_nothing_is_given_up() {
    let limits = Limits { silence: Duration::from_millis(500), ..Limits::default() };
    let desk = Desk::with(&slow().bytes(), Worker { limits, ..worker() });
    let mut stream = desk.llama.generate(endless());
    first_piece(&mut stream).await;
    kill_process(process(&desk), Signal::STOP).unwrap();
    assert!(matches!(stream.finish().await, Err(Error::Silent { .. })));
    assert!(desk.llama.describe().await.is_ok());
}

#[tokio::test]
async fn no_process_is_left_behind() {
    let desk = Desk::new(&slow());
    desk.llama.describe().await.unwrap();
    let unloaded = process(&desk);
    desk.llama.unload().await;
    assert!(test_kill_process(unloaded).is_err());
    assert_eq!(desk.llama.process(), None);

    let mut stream = desk.llama.generate(endless());
    first_piece(&mut stream).await;
    let working = process(&desk);
    let Desk { llama, folder } = desk;
    drop(llama);
    // The stream still has its process.
    assert!(matches!(stream.next().await, Some(Ok(Event::Piece(_)))));
    drop(stream);
    assert!(test_kill_process(working).is_err());
    drop(folder);
}

#[tokio::test]
async fn switching_off_ends_what_waits() {
    let desk = Desk::new(&slow());
    let mut stream = desk.llama.generate(endless());
    let waiting = desk.llama.generate(endless());
    first_piece(&mut stream).await;
    desk.llama.unload().await;
    assert_eq!(stream.finish().await.unwrap_err(), Error::Stopped);
    assert_eq!(waiting.finish().await.unwrap_err(), Error::Stopped);
}

/// The process notices by the end of its standard input that nobody needs it. This very program is its parent, in a
/// process of its own, as one that is killed can't clear up.
#[cfg(target_os = "linux")]
#[test]
fn a_process_ends_with_its_parent_in_the_middle_of_the_work() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    const AS_PARENT: &str = "LLAMA_TEST_AS_PARENT";
    if std::env::var_os(AS_PARENT).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        return runtime.block_on(async {
            let desk = Desk::new(&slow());
            let mut stream = desk.llama.generate(endless());
            first_piece(&mut stream).await;
            println!("process {}", desk.llama.process().unwrap());
            let _ = stream.finish().await;
        });
    }
    let mut parent = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ends::a_process_ends_with_its_parent_in_the_middle_of_the_work", "--nocapture"])
        .env(AS_PARENT, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(parent.stdout.take().unwrap()).lines().map(Result::unwrap);
    let process = lines.find_map(|line| line.split_once("process ").map(|(_, number)| number.to_owned())).unwrap();
    parent.kill().unwrap();
    parent.wait().unwrap();
    // Gone, or waiting for somebody to take note.
    while std::fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| !stat.contains(") Z ")) {
        std::thread::yield_now();
    }
}
