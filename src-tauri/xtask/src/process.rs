//! Running other programs, and saying in one line what went wrong.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Runs `command` with its output on ours.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = shown(command);
    let status = command.status().with_context(|| cannot_start(&line))?;
    if status.success() { Ok(()) } else { bail!("`{line}` ended with {status}") }
}

/// Runs `command` and gives its standard output; its error output is part of the error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let line = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| cannot_start(&line))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` ended with {}: {}", output.status, last_line(&said));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether `program` can be started at all; it is asked for its version only.
pub(crate) fn exists(program: &str) -> bool {
    let started = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    !matches!(started, Err(e) if e.kind() == ErrorKind::NotFound)
}

/// The command as one would type it, cut when it is long.
pub(crate) fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    if line.chars().count() > 160 {
        line = line.chars().take(157).collect::<String>() + "...";
    }
    line
}

fn cannot_start(line: &str) -> String {
    let program = line.split(' ').next().unwrap_or(line);
    format!("{program} could not be started: is it installed and on the PATH?")
}

fn last_line(text: &str) -> &str {
    text.lines().rev().find(|l| !l.trim().is_empty()).unwrap_or("it said nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("no-such-program-here")).expect_err("there is none");
        assert!(error.to_string().contains("no-such-program-here could not be started"), "{error}");
    }

    #[test]
    fn a_failing_program_is_quoted() {
        let error = output(Command::new("cargo").arg("--no-such-flag")).expect_err("it has no such flag");
        assert!(error.to_string().starts_with("`cargo --no-such-flag` ended with"), "{error}");
    }
}
