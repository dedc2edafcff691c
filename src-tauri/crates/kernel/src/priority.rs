//! Who has the processor first.

/// Lets this thread, and what it starts, have the processor after the window and whatever else a person waits for.
///
/// Linux alone has priorities that are a thread's own and can be lowered by anyone; without effect elsewhere.
pub fn lower() {
    #[cfg(target_os = "linux")]
    {
        /// About a tenth of the share of a thread that competes with it.
        const NICENESS: i32 = 10;
        // A system that refuses only works in another order.
        let _ = rustix::process::setpriority_process(None, NICENESS);
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rustix::process::getpriority_process;

    use super::*;

    #[test]
    fn only_the_thread_that_asks_for_it_gives_way() {
        let before = getpriority_process(None).unwrap();
        let lowered = std::thread::spawn(|| {
            lower();
            getpriority_process(None).unwrap()
        });
        assert_eq!(lowered.join().unwrap(), before.max(10));
        assert_eq!(getpriority_process(None).unwrap(), before);
    }
}
