//! Requests, taken from standard input by a thread of its own, so that a cancellation is seen in the middle of one.

use std::io::{self, BufReader};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};

use kernel::child::frame;

use crate::protocol::{Ask, ToServer};

pub(super) struct Inbox {
    asks: Receiver<(u64, Ask)>,
    /// The last request that was cancelled; only one is at work at a time.
    cancelled: Arc<AtomicU64>,
}

impl Inbox {
    /// Begins to listen. The end of standard input ends this process even in the middle of a request, so that it
    /// can't outlive a parent that was killed.
    pub(super) fn listen(mut stdin: BufReader<io::Stdin>) -> io::Result<Self> {
        let (sender, asks) = channel();
        let cancelled = Arc::new(AtomicU64::new(u64::MAX));
        let marked = Arc::clone(&cancelled);
        std::thread::Builder::new().name("requests".into()).spawn(move || {
            while let Ok(Some(message)) = frame::read(&mut stdin) {
                match message {
                    ToServer::Ask(id, ask) => {
                        if sender.send((id, ask)).is_err() {
                            break;
                        }
                    }
                    ToServer::Cancel(id) => marked.store(id, Ordering::Release),
                }
            }
            leave();
        })?;
        Ok(Self { asks, cancelled })
    }

    pub(super) fn next(&self) -> Option<(u64, Ask)> {
        self.asks.recv().ok()
    }

    pub(super) fn is_cancelled(&self, id: u64) -> bool {
        self.cancelled.load(Ordering::Acquire) == id
    }
}

/// Ends this process at once. An orderly exit would take away what llama.cpp's threads still work with.
fn leave() -> ! {
    #[cfg(unix)]
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    std::process::exit(0)
}
