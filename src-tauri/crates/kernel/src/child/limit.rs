//! Keeps a child within its memory.
//!
//! Native libraries end with a plain crash when an allocation fails, which can't be told from any other crash. So a
//! child watches its own resident memory and leaves with an exit code of its own when that grows over the limit; the
//! system's limit on the address space can stand behind it for a single huge allocation.

/// The exit code of a child that noticed that it holds more memory than it may.
const OUT_OF_MEMORY: i32 = 97;

/// Address space that is no memory: shared libraries, stacks, reserved arenas.
#[cfg(unix)]
const ADDRESS_SLACK: u64 = 1 << 30;

/// Limits the address space of this process to what `memory_bytes` of memory need; call once, before anything
/// hostile is read. Without effect where the system has no such limit.
pub fn address_space(memory_bytes: u64) {
    #[cfg(unix)]
    {
        let most = Some(memory_bytes.saturating_add(ADDRESS_SLACK));
        let limit = rustix::process::Rlimit { current: most, maximum: most };
        // A system that refuses still has the watch.
        let _ = rustix::process::setrlimit(rustix::process::Resource::As, limit);
    }
    #[cfg(not(unix))]
    let _ = memory_bytes;
}

/// Keeps this process from being written to disk when it crashes: it holds what people wrote, and may be huge.
/// Without effect where the system knows no such thing.
pub fn no_core_dump() {
    #[cfg(unix)]
    {
        let none = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
        // A system that refuses still does as its own settings say.
        let _ = rustix::process::setrlimit(rustix::process::Resource::Core, none);
    }
}

/// Ends this process, in a way that [`was_memory`] tells, once it holds more than `memory_bytes`. Linux alone is
/// watched.
///
/// # Errors
/// No thread can be started.
pub fn resident(memory_bytes: u64) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    std::thread::Builder::new().name("memory limit".into()).stack_size(64 << 10).spawn(move || watch(memory_bytes))?;
    #[cfg(not(target_os = "linux"))]
    let _ = memory_bytes;
    Ok(())
}

/// The fastest that memory can fill, in bytes a millisecond: a gigabyte a second by each of four threads.
#[cfg(target_os = "linux")]
const FASTEST: u64 = 4 << 20;

/// Looks again when the limit could have been reached, so that a child at rest is all but left alone.
#[cfg(target_os = "linux")]
fn watch(memory_bytes: u64) {
    let mut left = 0;
    loop {
        std::thread::sleep(std::time::Duration::from_millis((left / FASTEST).clamp(25, 1000)));
        left = match memory_bytes.checked_sub(resident_bytes().unwrap_or_default()) {
            Some(left) => left,
            None => std::process::exit(OUT_OF_MEMORY),
        };
    }
}

#[cfg(target_os = "linux")]
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes << 10)
}

/// Whether a child that ended this way had used up its memory.
pub fn was_memory(status: std::process::ExitStatus) -> bool {
    status.code() == Some(OUT_OF_MEMORY)
}
