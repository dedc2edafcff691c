//! The parent's handle of one child.

use std::io::BufReader;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use kernel::Cancel;
use kernel::child::{frame, limit};

use super::Worker;
use super::protocol::{Hello, Reply, Request, WirePath};
use crate::Error;

/// How often a wait looks whether the person has stopped the work.
const LOOK: Duration = Duration::from_millis(50);

/// Replies that wait in the parent; the rest waits in the pipe and then in the child.
const WAITING: usize = 4;

/// A running child; dropping it ends it.
pub(super) struct Child {
    process: std::process::Child,
    requests: Option<ChildStdin>,
    replies: Receiver<Reply>,
}

/// Why no reply came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// The child ended.
    Crashed,
    /// The child ended because it held too much memory.
    Memory,
    /// The time was over.
    Time,
    /// The person stopped it.
    Cancelled,
}

impl Child {
    pub(super) fn start(worker: &Worker) -> Result<Self, Error> {
        let failed = |source| Error::Start { program: worker.program.clone(), source };
        let mut process = Command::new(&worker.program)
            .args(&worker.args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let (Some(requests), Some(stdout)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(failed(std::io::ErrorKind::BrokenPipe.into()));
        };
        let (sender, replies) = sync_channel(WAITING);
        std::thread::Builder::new()
            .name("replies".into())
            .spawn(move || {
                // Ends with the child's last message, at a message that is none, or when nobody listens any more.
                let mut from = BufReader::with_capacity(64 << 10, stdout);
                while let Ok(Some(reply)) = frame::read(&mut from) {
                    if sender.send(reply).is_err() {
                        break;
                    }
                }
            })
            .map_err(failed)?;
        let mut child = Self { process, requests: Some(requests), replies };
        // A child that is already gone shows at the first reply.
        let _ = child.send_message(&Hello {
            pdfium: WirePath::new(&worker.native.pdfium()),
            memory_bytes: worker.limits.memory_bytes,
        });
        Ok(child)
    }

    /// Sends a request; if the child is gone, [`Child::reply`] says so.
    pub(super) fn request(&mut self, request: &Request) {
        let _ = self.send_message(request);
    }

    fn send_message(&mut self, message: &impl serde::Serialize) -> std::io::Result<()> {
        match &mut self.requests {
            Some(pipe) => frame::write(pipe, message),
            None => Err(std::io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// The next reply, or why there is none. After a silence the child is of no more use.
    pub(super) fn reply(&mut self, limit: Duration, cancel: &Cancel) -> Result<Reply, Silence> {
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
        if matches!(self.process.try_wait(), Ok(None)) {
            let _ = self.process.kill();
        }
        match self.process.wait() {
            Ok(status) if limit::was_memory(status) => Silence::Memory,
            _ => Silence::Crashed,
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
