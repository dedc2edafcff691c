//! The thread that looks after the process: starts it, gives it one request at a time, and ends it.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use kernel::child::limit;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::Worker;
use super::child::Child;
use crate::Error;
use crate::protocol::{Answer, Ask, Failure, Finished, FromServer, ToServer};

/// What the thread is told, by handles, by streams, and by the process.
pub(super) enum Call {
    Ask(Job),
    Cancel(u64),
    Unload(oneshot::Sender<()>),
    Close,
    /// By the process of this number.
    Said(u64, FromServer),
    /// The process of this number says no more; what it had printed.
    Ended(u64, String),
}

/// A request and where its answers go.
pub(super) struct Job {
    pub(super) id: u64,
    pub(super) ask: Ask,
    pub(super) answers: UnboundedSender<Result<Answer, Error>>,
}

impl Job {
    fn answer(&self, answer: Result<Answer, Error>) {
        // Whoever asked may be gone; the answer is then nobody's.
        let _ = self.answers.send(answer);
    }
}

pub(super) struct Supervisor {
    worker: Worker,
    file: PathBuf,
    file_name: String,
    calls: Sender<Call>,
    /// Shown by the handle; 0 while there is none.
    process: Arc<AtomicU32>,
    waiting: VecDeque<Job>,
    running: Option<Running>,
    /// How many processes there were: what a former one says doesn't count.
    started: u64,
}

struct Running {
    child: Child,
    state: State,
    last_sign: Instant,
}

enum State {
    Loading,
    /// It said why it can't load the file; what it printed comes with its end.
    Failed(Failure),
    Idle,
    Working(Job),
}

impl Supervisor {
    pub(super) fn new(
        worker: Worker,
        file: &Path,
        calls: Sender<Call>,
        process: Arc<AtomicU32>,
    ) -> Result<Self, Error> {
        let file_name = file.to_str().ok_or_else(|| Error::Name(file.to_owned()))?.to_owned();
        let file = file.to_owned();
        Ok(Self { worker, file, file_name, calls, process, waiting: VecDeque::new(), running: None, started: 0 })
    }

    /// Until the last handle is gone.
    pub(super) fn run(mut self, calls: &Receiver<Call>) {
        loop {
            let call = match self.silent_at() {
                Some(time) => calls.recv_timeout(time.saturating_duration_since(Instant::now())),
                None => calls.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match call {
                Ok(Call::Ask(job)) => self.waiting.push_back(job),
                Ok(Call::Cancel(id)) => self.cancel(id),
                Ok(Call::Unload(done)) => {
                    self.stop(&Error::Stopped);
                    let _ = done.send(());
                }
                Ok(Call::Said(number, message)) if number == self.started => self.said(message),
                Ok(Call::Ended(number, printed)) if number == self.started => self.ended(&printed),
                Ok(Call::Said(..) | Call::Ended(..)) => {}
                Err(RecvTimeoutError::Timeout) => self.silent(),
                Ok(Call::Close) | Err(RecvTimeoutError::Disconnected) => return self.stop(&Error::Stopped),
            }
            self.go_on();
        }
    }

    /// Gives the process its next request, if it can take one; starts it, if there is none.
    fn go_on(&mut self) {
        match &mut self.running {
            Some(running) if matches!(running.state, State::Idle) => {
                if let Some(job) = self.waiting.pop_front() {
                    running.child.say(&ToServer::Ask(job.id, job.ask.clone()));
                    running.last_sign = Instant::now();
                    running.state = State::Working(job);
                }
            }
            Some(_) => {}
            None if self.waiting.is_empty() => {}
            None => self.start(),
        }
    }

    fn start(&mut self) {
        self.started += 1;
        match Child::start(&self.worker, &self.file_name, self.started, &self.calls) {
            Ok(child) => {
                self.process.store(child.number(), Ordering::Release);
                self.running = Some(Running { child, state: State::Loading, last_sign: Instant::now() });
            }
            Err(error) => self.fail_all(&error),
        }
    }

    fn said(&mut self, message: FromServer) {
        let Some(running) = &mut self.running else { return };
        running.last_sign = Instant::now();
        match message {
            FromServer::Loading => {}
            FromServer::Loaded => running.state = State::Idle,
            FromServer::Failed(failure) => running.state = State::Failed(failure),
            FromServer::Answer(id, answer) => {
                let last = answer.is_last();
                if let State::Working(job) = &running.state
                    && job.id == id
                {
                    job.answer(Ok(answer));
                    if last {
                        running.state = State::Idle;
                    }
                }
            }
        }
    }

    fn cancel(&mut self, id: u64) {
        if let Some(place) = self.waiting.iter().position(|job| job.id == id) {
            if let Some(job) = self.waiting.remove(place) {
                job.answer(Ok(Answer::Finished(Finished::UNSTARTED)));
            }
        } else if let Some(Running { child, state: State::Working(job), .. }) = &mut self.running
            && job.id == id
        {
            child.say(&ToServer::Cancel(id));
        }
    }

    /// The process has ended by itself, or says what is no message.
    fn ended(&mut self, printed: &str) {
        let Some(Running { child, state, .. }) = self.take_running() else { return };
        let status = child.end();
        match state {
            State::Failed(failure) => self.fail_all(&failure.about(&self.file, printed)),
            // It would end in the same way for each that waits.
            State::Loading => self.fail_all(&self.died_loading(status, printed)),
            State::Working(job) => job.answer(Err(self.died(status, printed))),
            State::Idle => drop(self.died(status, printed)),
        }
    }

    fn died(&self, status: std::io::Result<ExitStatus>, printed: &str) -> Error {
        let how = match status {
            Ok(status) if limit::was_memory(status) => return Error::OutOfMemory(self.file.clone()),
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        tracing::warn!(how, last = printed.lines().last(), "the process of the language model ended");
        Error::Died { file: self.file.clone(), how }
    }

    /// llama.cpp ends its process at a file that contradicts itself.
    fn died_loading(&self, status: std::io::Result<ExitStatus>, printed: &str) -> Error {
        let killed = status.as_ref().is_ok_and(was_killed);
        match self.died(status, printed) {
            Error::Died { file, how } if !killed => {
                Error::Damaged { file, detail: format!("llama.cpp broke off while it loaded it ({how})") }
            }
            error => error,
        }
    }

    /// When the process will have been silent for too long; an idle one may be silent.
    fn silent_at(&self) -> Option<Instant> {
        let running = self.running.as_ref().filter(|running| !matches!(running.state, State::Idle))?;
        Some(running.last_sign + self.worker.limits.silence)
    }

    fn silent(&mut self) {
        let error = Error::Silent { file: self.file.clone(), seconds: self.worker.limits.silence.as_secs() };
        match self.take_running() {
            Some(Running { state: State::Working(job), .. }) => job.answer(Err(error)),
            _ => self.fail_all(&error),
        }
    }

    fn stop(&mut self, error: &Error) {
        if let Some(Running { state: State::Working(job), .. }) = self.take_running() {
            job.answer(Err(error.clone()));
        }
        self.fail_all(error);
    }

    /// The process is no longer shown, and ends when what is returned is dropped.
    fn take_running(&mut self) -> Option<Running> {
        self.process.store(0, Ordering::Release);
        self.running.take()
    }

    fn fail_all(&mut self, error: &Error) {
        for job in self.waiting.drain(..) {
            job.answer(Err(error.clone()));
        }
    }
}

/// Whether it was ended from outside: by a person, or by a system that is short of memory.
fn was_killed(status: &ExitStatus) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        status.signal() == Some(rustix::process::Signal::KILL.as_raw())
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        false
    }
}
