//! Every check, one after the other; a failure doesn't hide the next one.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::cargo::{self, Profile, cargo};
use crate::metadata::Metadata;
use crate::places::Places;
use crate::setup::{self, system::Purpose, ui};
use crate::{deny, direction, notices, process, say};

/// How many lines of a test run are kept to be shown again at the end.
const CLOSING_LINES: usize = 60;

/// One check that was made.
struct Done {
    name: &'static str,
    took: Duration,
    error: Option<String>,
}

/// Makes all checks; the error names those that failed.
pub(crate) fn all(places: &Places) -> Result<()> {
    let native = setup::prepare(places, Purpose::Test)?;
    let native = native.as_path();
    let mut done = Vec::new();
    let mut closing = Vec::new();
    let mut check = |name, what: &mut dyn FnMut() -> Result<()>| {
        say::doing(name);
        let start = Instant::now();
        let error = what().err().map(|e| format!("{e:#}"));
        if let Some(error) = &error {
            say::note(&format!("failed: {error}"));
        }
        done.push(Done { name, took: start.elapsed(), error });
    };

    check("formatting", &mut || process::run(cargo(places, native).args(["fmt", "--all", "--check"])));
    check("direction of dependencies", &mut || direction::check(&places.root, &Metadata::load(places)?));
    check("third-party notices", &mut || notices::check(places));
    check("licences, bans and sources", &mut || deny::check(places, native));
    for (name, script) in [("UI types", "check"), ("UI lint", "lint"), ("UI tests", "test")] {
        check(name, &mut || process::run(ui::npm(&places.ui()).args(["run", "--silent", script])));
    }
    check("clippy", &mut || {
        let mut clippy = cargo(places, native);
        clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        process::run(&mut clippy)
    });
    check("UI in a browser", &mut || process::run(ui::npm(&places.ui()).args(["run", "--silent", "browser"])));
    // The tests of the window and of the command line start the built executable.
    check("build", &mut || cargo::build(places, native, Profile::Dev));
    check("UI size", &mut || process::run(ui::npm(&places.ui()).args(["run", "--silent", "size"])));
    check("tests", &mut || {
        let (result, last) = tests(places, native)?;
        closing = last;
        result
    });
    report(&done, &closing)
}

/// Runs every Rust test, those in the real window included; gives the runner's closing lines as well.
fn tests(places: &Places, native: &Path) -> Result<(Result<()>, Vec<String>)> {
    let mut run = cargo(places, native);
    if process::output(Command::new("cargo").args(["nextest", "--version"])).is_ok() {
        run.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
    } else {
        run.args(["test", "--workspace", "--no-fail-fast"]);
    }
    // A snapshot that differs is a failure here and never a new file.
    run.env("INSTA_UPDATE", "no");
    let (from, to) = io::pipe().context("no pipe to the test runner")?;
    run.stdin(Stdio::null()).stderr(to.try_clone()?).stdout(to);
    let line = process::shown(&run);
    let mut runner = run.spawn().with_context(|| format!("`{line}` could not be started"))?;
    drop(run); // It holds the pipe's other end open.
    let mut kept = Closing::default();
    for line in BufReader::new(from).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        writeln!(io::stderr(), "{line}")?;
        kept.push(line);
    }
    let status = runner.wait()?;
    let result = if status.success() { Ok(()) } else { Err(anyhow::anyhow!("`{line}` ended with {status}")) };
    Ok((result, kept.lines()))
}

/// The lines with which a test runner sums up.
#[derive(Default)]
struct Closing {
    /// nextest: its summary and the failures named after it.
    summary: VecDeque<String>,
    /// cargo test: one result for each binary, and what failed in it.
    results: Vec<String>,
}

impl Closing {
    fn push(&mut self, line: String) {
        if line.trim_start().starts_with("Summary [") {
            self.summary = VecDeque::from([line]);
        } else if !self.summary.is_empty() {
            self.summary.push_back(line);
            if self.summary.len() > CLOSING_LINES {
                self.summary.remove(1);
            }
        } else if line.starts_with("test result:") || line.ends_with("... FAILED") {
            self.results.push(line);
        }
    }

    fn lines(self) -> Vec<String> {
        if self.summary.is_empty() { self.results } else { self.summary.into() }
    }
}

fn report(done: &[Done], closing: &[String]) -> Result<()> {
    say::doing("summary");
    for Done { name, took, error } in done {
        say::note(&format!(
            "{name:<28} {:>7.1} s  {}",
            took.as_secs_f32(),
            if error.is_some() { "FAILED" } else { "ok" }
        ));
    }
    for line in closing {
        println!("{line}");
    }
    let failed: Vec<&str> = done.iter().filter(|d| d.error.is_some()).map(|d| d.name).collect();
    if failed.is_empty() { Ok(()) } else { bail!("failed: {}", failed.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closing(output: &str) -> Vec<String> {
        let mut closing = Closing::default();
        output.lines().for_each(|line| closing.push(line.to_owned()));
        closing.lines()
    }

    #[test]
    fn the_summary_of_nextest_is_kept_with_its_failures() {
        let output =
            "PASS a\n------\n     Summary [ 1.2s] 2 tests run: 1 passed, 1 failed\n        FAIL b\nerror: failed";
        assert_eq!(closing(output).len(), 3);
    }

    #[test]
    fn the_results_of_cargo_test_are_kept_for_every_binary() {
        let output = "test a ... ok\ntest result: ok. 1 passed\ntest b ... FAILED\ntest result: FAILED. 0 passed";
        assert_eq!(
            closing(output),
            ["test result: ok. 1 passed", "test b ... FAILED", "test result: FAILED. 0 passed"]
        );
    }

    #[test]
    fn what_failed_is_named() {
        let step = |name, error: Option<&str>| Done { name, took: Duration::ZERO, error: error.map(str::to_owned) };
        assert!(report(&[step("a", None)], &[]).is_ok());
        let error = report(&[step("a", Some("x")), step("b", None), step("c", Some("y"))], &[]).unwrap_err();
        assert_eq!(error.to_string(), "failed: a, c");
    }
}
