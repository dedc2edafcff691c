use kernel::Code;
use serde::Serialize;
use tutor::{BreakerState, ExecutorSettings, ExecutorState, FoundServer, ServerSettings};

use super::{Failure, Session, arguments};
use crate::executors;

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    #[serde(flatten)]
    executor: ExecutorState,
}

#[derive(Serialize)]
struct Found {
    r#type: &'static str,
    #[serde(flatten)]
    server: FoundServer,
}

/// Shows who can answer, looks for model servers, or sets one up.
pub(super) fn run(session: &Session, what: arguments::Executors) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let settings = app.tutor.executor_settings();
    match what {
        arguments::Executors::List => {}
        arguments::Executors::Look => {
            for server in app.runtime().block_on(tutor::look()) {
                session.out.line(&Found { r#type: "server", server }, |Found { server, .. }| {
                    format!("{} at {}: {}", server.name, server.address, server.models.join(", "))
                })?;
            }
            return Ok(());
        }
        arguments::Executors::Local { file } => {
            let file = std::path::absolute(&file).unwrap_or(file);
            if !file.is_file() {
                let message = format!("{} is not there. Name a GGUF file.", file.display());
                return Err(Failure::new(Code::NotFound, message));
            }
            let file = Some(file.to_string_lossy().into_owned());
            executors::set_up(&app, ExecutorSettings { file, ..settings }, None)?;
        }
        arguments::Executors::Server { address, model, context, allow_remote, key_from_stdin } => {
            let key = key_from_stdin.then(first_line).transpose()?;
            let server = ServerSettings {
                address,
                model,
                context,
                remote_allowed: allow_remote,
                has_key: settings.server.as_ref().is_some_and(|server| server.has_key),
            };
            executors::set_up(&app, ExecutorSettings { server: Some(server), ..settings }, key.as_deref())?;
        }
        arguments::Executors::Forget => {
            executors::set_up(&app, ExecutorSettings { server: None, file: None, ..settings }, None)?;
        }
    }
    for executor in app.tutor.executors() {
        session.out.line(&Line { r#type: "executor", executor }, |line| words(&line.executor))?;
    }
    Ok(())
}

/// Not an argument: those of a process are there for everybody to read.
fn first_line() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| Failure::internal(&error))?;
    Ok(line.trim().to_owned())
}

fn words(executor: &ExecutorState) -> String {
    let model = executor.model.as_deref().unwrap_or("no language model, quotes the documents");
    let place = if executor.remote { ", not on this computer" } else { "" };
    let breaker = match executor.breaker {
        BreakerState::Closed => "",
        BreakerState::Open => ", left alone for a while after failures",
        BreakerState::HalfOpen => ", to be tried again after failures",
    };
    format!("{}: {model}{place}{breaker}", executor.executor.name())
}
