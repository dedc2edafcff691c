use std::path::Path;
use std::process::{Command, Stdio};

use acceptance::app;
use serde_json::Value;

use crate::import::ROOM;
use crate::memory::Sampler;

/// The first answers load models and fill the page cache; they are not counted.
const WARM_UP: usize = 10;

/// Milliseconds of each counted question, sorted.
pub(crate) struct Latency(Vec<f64>);

impl Latency {
    /// Takes milliseconds in any order.
    pub(crate) fn new(mut millis: Vec<f64>) -> Self {
        millis.sort_by(f64::total_cmp);
        Self(millis)
    }

    /// The share `p` (0 to 1) of the questions took at most this long.
    pub(crate) fn percentile(&self, p: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let at = (p * self.0.len() as f64).ceil() as usize;
        self.0.get(at.saturating_sub(1).min(last)).copied().unwrap_or(f64::NAN)
    }

    /// How many were counted.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}

/// Times `search` over a batch.
pub(crate) fn search(data: &Path, batch: &Path) -> Latency {
    search_in_memory(data, batch).0
}

/// The same, with the largest PSS that the searching process had, in bytes.
pub(crate) fn search_in_memory(data: &Path, batch: &Path) -> (Latency, u64) {
    let mut command = app::command(data);
    command.args(["--json", "search", "--room", ROOM, "-k", "10", "--batch"]).arg(batch);
    let (millis, memory) = millis(&mut command, "elapsed_ms");
    (Latency::new(millis), memory)
}

/// Times the first text of `ask` over a batch.
pub(crate) fn ask(data: &Path, batch: &Path) -> Latency {
    let mut command = app::command(data);
    command.args(["--json", "ask", "--room", ROOM, "--batch"]).arg(batch);
    Latency::new(millis(&mut command, "first_token_ms").0)
}

fn millis(command: &mut Command, key: &str) -> (Vec<f64>, u64) {
    let child = command.stderr(Stdio::inherit()).stdout(Stdio::piped()).spawn().expect("the app runs");
    let memory = Sampler::start(child.id());
    let output = child.wait_with_output().expect("its end");
    let memory = memory.stop();
    assert!(output.status.success(), "a batch failed");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let results = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    (results.filter_map(|result| result[key].as_f64()).skip(WARM_UP).collect(), memory)
}
