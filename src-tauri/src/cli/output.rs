//! Lines on standard output.

use std::io::{self, IsTerminal, Write};

use kernel::Code;
use serde::Serialize;

use super::Failure;

/// Where results go: JSON objects a line for programs, or text for people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether programs read along.
    pub(super) fn is_json(self) -> bool {
        self.json
    }

    /// Whether a person looks on while it happens: a progress bar makes sense.
    pub(super) fn is_watched(self) -> bool {
        !self.json && io::stderr().is_terminal()
    }

    /// One result: `value` as JSON, or the words of `text`.
    pub(super) fn line<T: Serialize>(self, value: &T, text: impl FnOnce(&T) -> String) -> Result<(), Failure> {
        if self.json { self.object(value) } else { self.text(&(text(value) + "\n")) }
    }

    /// A JSON object on a line of its own.
    pub(super) fn object<T: Serialize>(self, value: &T) -> Result<(), Failure> {
        let mut line = serde_json::to_vec(value).map_err(|e| Failure::internal(&e))?;
        line.push(b'\n');
        self.write(&line)
    }

    /// Words for a person, as they are.
    pub(super) fn text(self, words: &str) -> Result<(), Failure> {
        self.write(words.as_bytes())
    }

    /// A line must be out before the next step: who reads it may act on it at once.
    fn write(self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::NobodyReads,
            _ => Failure::internal(&error),
        })
    }
}

/// `singular` or `plural` behind its number.
pub(super) fn counted(number: u32, singular: &str, plural: &str) -> String {
    format!("{number} {}", if number == 1 { singular } else { plural })
}

/// Why it failed, in one line, for whoever reads standard error; the code is for scripts.
pub(super) fn complain(code: Code, message: &str) {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    // Standard error may be closed; then there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "smart-study-room: {line} [{}]", code.name());
}
