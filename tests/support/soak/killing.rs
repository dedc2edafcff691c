//! A process that is killed while it prints.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::shelf::Shelf;

/// Longest that a first line may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the app prints from its first line on until it is killed.
pub(super) fn until_killed(shelf: &Shelf, arguments: &[&str], after: Duration) -> Vec<Value> {
    let mut command = shelf.command();
    command.arg("--json").args(arguments).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let (send, lines) = channel();
    let output = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    let first = lines.recv_timeout(PATIENCE).expect("a first line");
    let mut printed = vec![first];
    printed.extend(within(&lines, after));
    child.kill().unwrap();
    child.wait().unwrap();
    // What stood in the pipe had been printed.
    printed.extend(lines);
    // The last line may be cut.
    printed.iter().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn within(lines: &Receiver<String>, time: Duration) -> Vec<String> {
    let end = Instant::now() + time;
    let mut read = Vec::new();
    loop {
        match lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(line) => read.push(line),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return read,
        }
    }
}
