//! One run of the recognition program: within limits, out of the way of everything else, and never left behind.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use kernel::Cancel;

/// How often a wait looks whether the person has stopped the work.
const LOOK: Duration = Duration::from_millis(50);
/// What a program that has closed its output may still need to end.
const ENDING: Duration = Duration::from_millis(5);
/// The densest page gives a megabyte; more is not looked at.
const MOST_OUTPUT: u64 = 16 << 20;
/// Of what it says besides, this much is kept for a message.
const MOST_COMPLAINT: u64 = 4 << 10;

/// Variables that a program may need to start at all and to find its languages; it gets no other.
const ENVIRONMENT: [&str; 9] =
    ["PATH", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SystemRoot", "SystemDrive", "TEMP", "TMP", "TMPDIR", "windir"];

/// What a run may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecognitionLimits {
    /// For a page, however often the program has to look at it. Long, as it runs after everything else: a page of a few
    /// seconds takes minutes beside a build.
    pub time: Duration,
    /// Of the processor for each look, in whole seconds, where the system can limit that of another process (Linux).
    pub processor: Duration,
    /// Address space of the program, where the system can limit that of another process (Linux).
    pub memory_bytes: u64,
}

impl Default for RecognitionLimits {
    fn default() -> Self {
        Self { time: Duration::from_secs(900), processor: Duration::from_secs(120), memory_bytes: 2 << 30 }
    }
}

/// What came out of a run.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) stdout: Vec<u8>,
    /// What it said on standard error, on one line.
    pub(super) complaint: String,
    pub(super) status: ExitStatus,
}

/// Why nothing came out of a run.
#[derive(Debug)]
pub(super) enum Stopped {
    /// It could not be started, or its pipes broke.
    Broken(io::Error),
    /// It wrote more than any page has.
    TooMuch,
    /// It took longer than this.
    Time(Duration),
    Cancelled,
}

/// When a run has to be over.
#[derive(Clone, Copy)]
pub(super) struct Until<'a> {
    pub(super) limits: RecognitionLimits,
    pub(super) started: Instant,
    pub(super) cancel: &'a Cancel,
}

impl<'a> Until<'a> {
    pub(super) fn new(limits: RecognitionLimits, cancel: &'a Cancel) -> Self {
        Self { limits, started: Instant::now(), cancel }
    }

    fn left(&self) -> Duration {
        self.limits.time.saturating_sub(self.started.elapsed())
    }
}

/// Runs `program` without a shell, `input` on its standard input.
pub(super) fn run(program: &Path, arguments: &[OsString], input: &[u8], until: Until<'_>) -> Result<Output, Stopped> {
    let mut running = Running::start(program, arguments, &until).map_err(Stopped::Broken)?;
    let (stdin, stdout, stderr) =
        (running.child.stdin.take(), running.child.stdout.take(), running.child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
        return Err(Stopped::Broken(io::ErrorKind::BrokenPipe.into()));
    };
    std::thread::scope(|scope| {
        // A program that has seen enough closes its input; what it says then counts.
        scope.spawn(move || stdin.write_all(input));
        let complaint = scope.spawn(move || {
            let kept = taken(stderr, MOST_COMPLAINT, true).unwrap_or_default();
            String::from_utf8_lossy(&kept).split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let (sender, output) = channel();
        scope.spawn(move || sender.send(taken(stdout, MOST_OUTPUT + 1, false)));
        let ended = running.output(&output, &until);
        // Closes the pipes that the threads wait at, whatever came of it.
        let status = running.end();
        let stdout = ended?;
        let status = status.map_err(Stopped::Broken)?;
        if used_up_its_time(status) {
            return Err(Stopped::Time(until.limits.processor));
        }
        Ok(Output { stdout, complaint: complaint.join().unwrap_or_default(), status })
    })
}

/// The first `most` bytes; with `all`, what comes behind them is read too, so that the writer is not held up.
fn taken(mut from: impl Read, most: u64, all: bool) -> io::Result<Vec<u8>> {
    let mut kept = Vec::new();
    from.by_ref().take(most).read_to_end(&mut kept)?;
    if all {
        io::copy(&mut from, &mut io::sink())?;
    }
    Ok(kept)
}

/// A running program; dropping it ends it and everything that it started.
struct Running {
    child: Child,
    /// It was waited for: its number may be another's by now.
    over: bool,
}

impl Running {
    fn start(program: &Path, arguments: &[OsString], until: &Until<'_>) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.envs(ENVIRONMENT.iter().filter_map(|it| Some((OsStr::new(it), std::env::var_os(it)?))));
        // One thread: pages are recognised beside other work, and more threads a page only heat the machine.
        command.env("OMP_THREAD_LIMIT", "1").env("LC_ALL", "C");
        apart(&mut command);
        let running = Self { child: command.spawn()?, over: false };
        running.hold_back(until);
        Ok(running)
    }

    /// What it writes until it ends.
    fn output(&mut self, output: &Receiver<io::Result<Vec<u8>>>, until: &Until<'_>) -> Result<Vec<u8>, Stopped> {
        let stdout = loop {
            if until.cancel.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            match output.recv_timeout(until.left().min(LOOK)) {
                Ok(stdout) => break stdout.map_err(Stopped::Broken)?,
                Err(RecvTimeoutError::Disconnected) => return Err(Stopped::Broken(io::ErrorKind::BrokenPipe.into())),
                Err(RecvTimeoutError::Timeout) if until.left().is_zero() => {
                    return Err(Stopped::Time(until.limits.time));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        if stdout.len() as u64 > MOST_OUTPUT {
            return Err(Stopped::TooMuch);
        }
        loop {
            if self.has_ended().map_err(Stopped::Broken)? {
                return Ok(stdout);
            }
            if until.cancel.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            if until.left().is_zero() {
                return Err(Stopped::Time(until.limits.time));
            }
            std::thread::sleep(ENDING);
        }
    }

    /// Takes its priority, memory and processor time down. It has just been started and is still being loaded.
    #[cfg(unix)]
    fn hold_back(&self, until: &Until<'_>) {
        use rustix::process::{Pid, setpriority_process};
        let pid = Pid::from_child(&self.child);
        let _ = setpriority_process(Some(pid), 19);
        #[cfg(target_os = "linux")]
        {
            use rustix::process::{Resource, Rlimit, prlimit};
            let most = |value: u64| Rlimit { current: Some(value), maximum: Some(value.saturating_add(1)) };
            // The second one also ends it if this process is killed and nobody looks at the clock any more.
            for (resource, value) in
                [(Resource::As, until.limits.memory_bytes), (Resource::Cpu, until.limits.processor.as_secs().max(1))]
            {
                if let Err(error) = prlimit(Some(pid), resource, most(value)) {
                    tracing::warn!(%error, "the recognition program can't be limited");
                }
            }
        }
        #[cfg(not(target_os = "linux"))]
        let _ = until;
    }

    #[cfg(not(unix))]
    fn hold_back(&self, _until: &Until<'_>) {}

    /// Whether it has ended; it is not waited for yet, so its number stays its own.
    #[cfg(unix)]
    fn has_ended(&mut self) -> io::Result<bool> {
        use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        Ok(waitid(WaitId::Pid(Pid::from_child(&self.child)), look)?.is_some())
    }

    #[cfg(not(unix))]
    fn has_ended(&mut self) -> io::Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Ends it, if it has not ended by itself, and everything that it started.
    fn end(&mut self) -> io::Result<ExitStatus> {
        #[cfg(unix)]
        if !self.over {
            let group = rustix::process::Pid::from_child(&self.child);
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        #[cfg(not(unix))]
        let _ = self.child.kill();
        let status = self.child.wait();
        self.over = true;
        status
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// Whether the system ended it for the time of the processor that it took.
#[cfg(unix)]
fn used_up_its_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
fn used_up_its_time(_status: ExitStatus) -> bool {
    false
}

/// In a group of its own, so that it can be ended with whatever it starts.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Idle, and without a console window.
#[cfg(windows)]
fn apart(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const IDLE_PRIORITY_CLASS: u32 = 0x40;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(IDLE_PRIORITY_CLASS | CREATE_NO_WINDOW);
}
