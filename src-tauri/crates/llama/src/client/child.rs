//! One process, and the threads that listen to it.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use kernel::child::frame;

use super::Worker;
use super::supervisor::Call;
use crate::Error;
use crate::protocol::{Load, ToServer};

/// What is kept of what the process prints: llama.cpp says why it doesn't load a file among the last lines.
const KEPT_LINES: usize = 40;
/// A longer line is cut.
const LONGEST_LINE: usize = 500;

/// How often a thread of GCC's OpenMP looks whether the others are ready before it sleeps. With 1,000 times, some
/// microseconds, a model of 57 million parameters writes on an idle machine as fast as with the default of 300,000;
/// where other work takes the cores, several times faster. With none it is half as fast on an idle machine.
const SPIN: (&str, &str) = ("GOMP_SPINCOUNT", "1000");

/// A running process; dropping it ends it.
pub(super) struct Child {
    process: std::process::Child,
    requests: ChildStdin,
}

impl Child {
    /// Starts the process and has it load `file`. What it says comes as calls that carry `number`.
    pub(super) fn start(worker: &Worker, file: &str, number: u64, calls: &Sender<Call>) -> Result<Self, Error> {
        let failed = |source: std::io::Error| failed(&worker.program, &source);
        let mut process = Command::new(&worker.program)
            .args(&worker.args)
            // An abort would otherwise start a debugger.
            .env("GGML_NO_BACKTRACE", "1")
            .env(SPIN.0, SPIN.1)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let pipes = (process.stdin.take(), process.stdout.take(), process.stderr.take());
        let (Some(requests), Some(answers), Some(printed)) = pipes else {
            return Err(failed(std::io::ErrorKind::BrokenPipe.into()));
        };
        let mut child = Self { process, requests };
        listen(answers, printed, number, calls.clone()).map_err(failed)?;
        let machine = (worker.machine)();
        child.send(&Load {
            file: file.to_owned(),
            available_bytes: machine.available_bytes,
            threads: u32::try_from(machine.physical_cores).unwrap_or(u32::MAX).max(1),
            context_cap: worker.limits.context_tokens,
        });
        Ok(child)
    }

    pub(super) fn number(&self) -> u32 {
        self.process.id()
    }

    pub(super) fn say(&mut self, message: &ToServer) {
        self.send(message);
    }

    fn send(&mut self, message: &impl serde::Serialize) {
        // A process that is gone shows by the end of its answers.
        let _ = frame::write(&mut self.requests, message);
    }

    /// Ends the process, if it hasn't ended, and says how.
    pub(super) fn end(mut self) -> std::io::Result<ExitStatus> {
        if let Some(status) = self.process.try_wait()? {
            return Ok(status);
        }
        self.process.kill()?;
        self.process.wait()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn failed(program: &Path, error: &std::io::Error) -> Error {
    Error::Start { program: program.to_owned(), detail: error.to_string() }
}

/// Passes answers on, and at their end what the process has printed.
fn listen(answers: ChildStdout, printed: ChildStderr, number: u64, calls: Sender<Call>) -> std::io::Result<()> {
    let printed: JoinHandle<String> =
        std::thread::Builder::new().name("model's messages".into()).spawn(move || last_lines(printed))?;
    std::thread::Builder::new().name("model's answers".into()).spawn(move || {
        let mut from = BufReader::with_capacity(64 << 10, answers);
        while let Ok(Some(message)) = frame::read(&mut from) {
            if calls.send(Call::Said(number, message)).is_err() {
                return;
            }
        }
        // Closed first: a process that talks nonsense can't wait for its pipe.
        drop(from);
        let printed = printed.join().unwrap_or_default();
        let _ = calls.send(Call::Ended(number, printed));
    })?;
    Ok(())
}

fn last_lines(printed: ChildStderr) -> String {
    let mut last = VecDeque::new();
    for line in BufReader::new(printed).split(b'\n').map_while(Result::ok) {
        if last.len() == KEPT_LINES {
            last.pop_front();
        }
        last.push_back(String::from_utf8_lossy(line.get(..LONGEST_LINE).unwrap_or(&line)).into_owned());
    }
    Vec::from(last).join("\n")
}
