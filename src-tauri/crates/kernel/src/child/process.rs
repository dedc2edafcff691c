//! The parent's handle of one child.

use std::ffi::OsString;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{frame, limit};
use crate::Cancel;

/// How often a wait looks whether the person has stopped the work.
const LOOK: Duration = Duration::from_millis(50);

/// Replies that wait in the parent; the rest waits in the pipe and then in the child.
const WAITING: usize = 4;

/// A running child that answers with `R`; dropping it ends it.
pub struct Child<R> {
    process: Option<std::process::Child>,
    requests: Option<Box<dyn Write + Send>>,
    replies: Receiver<R>,
}

/// Why no reply came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The child ended.
    Crashed,
    /// The child ended because it held too much memory.
    Memory,
    /// The time was over.
    Time,
    /// The person stopped it.
    Cancelled,
}

impl<R: DeserializeOwned + Send + 'static> Child<R> {
    /// Starts a program that reads requests from its standard input and answers on its standard output.
    ///
    /// # Errors
    /// The system's, when it can't be started.
    pub fn start(program: &Path, args: &[OsString]) -> io::Result<Self> {
        let mut process = Command::new(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(requests), Some(replies)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut child = Self::over(requests, replies)?;
        child.process = Some(process);
        Ok(child)
    }

    /// A peer at the other end of two pipes, whatever it is; it has to end by itself when they close.
    ///
    /// # Errors
    /// No thread can be started.
    pub fn over(requests: impl Write + Send + 'static, replies: impl Read + Send + 'static) -> io::Result<Self> {
        let (sender, waiting) = sync_channel(WAITING);
        std::thread::Builder::new().name("replies".into()).spawn(move || {
            // Ends with the child's last message, at a message that is none, or when nobody listens any more.
            let mut from = BufReader::with_capacity(64 << 10, replies);
            while let Ok(Some(reply)) = frame::read(&mut from) {
                if sender.send(reply).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { process: None, requests: Some(Box::new(requests)), replies: waiting })
    }

    /// Sends a request; if the child is gone, [`Child::reply`] says so.
    pub fn request(&mut self, request: &impl Serialize) {
        if let Some(pipe) = &mut self.requests {
            let _ = frame::write(pipe, request);
        }
    }

    /// The next reply, or why there is none. After a silence the child is of no more use.
    ///
    /// # Errors
    /// Why there is none.
    pub fn reply(&mut self, limit: Duration, cancel: &Cancel) -> Result<R, Silence> {
        let until = Instant::now() + limit;
        loop {
            if cancel.is_cancelled() {
                return Err(Silence::Cancelled);
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.replies.recv_timeout(left.min(LOOK)) {
                Ok(reply) => return Ok(reply),
                Err(RecvTimeoutError::Disconnected) => return Err(self.cause_of_death()),
                Err(RecvTimeoutError::Timeout) if left.is_zero() => return Err(Silence::Time),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    fn cause_of_death(&mut self) -> Silence {
        // The pipe is closed: it has ended or is about to; a child that only closed its pipe is ended.
        self.requests = None;
        let Some(process) = &mut self.process else { return Silence::Crashed };
        if matches!(process.try_wait(), Ok(None)) {
            let _ = process.kill();
        }
        match process.wait() {
            Ok(status) if limit::was_memory(status) => Silence::Memory,
            _ => Silence::Crashed,
        }
    }
}

impl<R> Drop for Child<R> {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_child_answers_until_it_ends() {
        let mut child = Child::<String>::start(Path::new("cat"), &[]).unwrap();
        child.request(&"a question comes back");
        let patience = Duration::from_secs(20);
        assert_eq!(child.reply(patience, &Cancel::new()).unwrap(), "a question comes back");
        assert_eq!(child.reply(Duration::ZERO, &Cancel::new()), Err(Silence::Time));
        let stopped = Cancel::new();
        stopped.cancel();
        assert_eq!(child.reply(patience, &stopped), Err(Silence::Cancelled));
        let mut gone = Child::<String>::start(Path::new("true"), &[]).unwrap();
        assert_eq!(gone.reply(patience, &Cancel::new()), Err(Silence::Crashed));
    }
}
