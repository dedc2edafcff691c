use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use acceptance::app;
use serde_json::Value;

use crate::memory::Sampler;

/// An import by the command line into a new library.
pub(crate) struct Import {
    /// From the command to the complete keyword index.
    pub(crate) searchable: Duration,
    /// From the command to the last vector.
    pub(crate) complete: Duration,
    /// Pages that were read.
    pub(crate) pages: u64,
    /// Passages that were embedded.
    pub(crate) passages: u64,
    /// Largest summed PSS of all its processes, in bytes.
    pub(crate) peak: u64,
}

/// The room that everything is measured in.
pub(crate) const ROOM: &str = "Bench";

/// Imports `book` into the library at `data`.
pub(crate) fn run(data: &Path, book: &Path) -> Import {
    let started = Instant::now();
    let mut child = app::command(data)
        .args(["--json", "import", "--room", ROOM])
        .arg(book)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the app starts");
    let sampler = Sampler::start(child.id());
    let output = BufReader::new(child.stdout.take().expect("a piped output"));
    let mut last = Value::Null;
    for line in output.lines() {
        let event: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        if event["type"] != "progress" {
            last = event;
        }
    }
    let whole = started.elapsed();
    let status = child.wait().expect("its end");
    assert!(status.success() && last["type"] == "imported", "the import failed: {last}");
    // The app's own figures count from the start of its work; starting the process comes on top.
    let millis = |key: &str| Duration::from_secs_f64(last[key].as_f64().expect(key) / 1000.0);
    let start_up = whole.saturating_sub(millis("complete_ms"));
    Import {
        searchable: millis("searchable_ms") + start_up,
        complete: whole,
        pages: last["pages"].as_u64().expect("pages"),
        passages: last["passages"].as_u64().expect("passages"),
        peak: sampler.stop(),
    }
}
