/// What of the machine a model may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Memory that can be had without swapping, in bytes; `u64::MAX` where it isn't known.
    pub available_bytes: u64,
    /// Cores, not counting those that two threads share: more threads than that are slower.
    pub physical_cores: usize,
}

impl Machine {
    /// This machine as it is now. Linux alone tells its memory.
    pub fn now() -> Self {
        // A container may have fewer than the machine.
        let usable = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            available_bytes: available_bytes().unwrap_or(u64::MAX),
            physical_cores: num_cpus::get_physical().min(usable),
        }
    }
}

#[cfg(target_os = "linux")]
fn available_bytes() -> Option<u64> {
    let all = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = all.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(not(target_os = "linux"))]
fn available_bytes() -> Option<u64> {
    None
}
