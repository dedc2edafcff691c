//! Keeps the child within its memory.
//!
//! PDFium ends with a plain crash when an allocation fails, which can't be told from any other crash. So the child
//! watches its own resident memory and leaves with an exit code of its own when that grows over the limit; the
//! system's limit on the address space stands behind it for a single huge allocation.

use super::protocol::OUT_OF_MEMORY;

/// Address space that is no memory: shared libraries, stacks, reserved arenas.
#[cfg(unix)]
const ADDRESS_SLACK: u64 = 1 << 30;

/// Sets the limits of this process; call once, before anything hostile is read.
pub(super) fn set(memory_bytes: u64) {
    #[cfg(unix)]
    {
        let most = Some(memory_bytes.saturating_add(ADDRESS_SLACK));
        let limit = rustix::process::Rlimit { current: most, maximum: most };
        if rustix::process::setrlimit(rustix::process::Resource::As, limit).is_err() {
            tracing::warn!("the address space can't be limited");
        }
    }
    #[cfg(target_os = "linux")]
    {
        let watched = std::thread::Builder::new()
            .name("memory limit".into())
            .stack_size(64 << 10)
            .spawn(move || watch(memory_bytes));
        if watched.is_err() {
            tracing::warn!("memory can't be watched");
        }
    }
    #[cfg(not(unix))]
    let _ = memory_bytes;
}

/// At a gigabyte a second, the fastest a page can fill, 25 ms are 25 MB late.
#[cfg(target_os = "linux")]
fn watch(memory_bytes: u64) {
    loop {
        std::thread::sleep(std::time::Duration::from_millis(25));
        if resident_bytes().is_some_and(|bytes| bytes > memory_bytes) {
            std::process::exit(OUT_OF_MEMORY);
        }
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
pub(super) fn was_memory(status: std::process::ExitStatus) -> bool {
    status.code() == Some(OUT_OF_MEMORY)
}
