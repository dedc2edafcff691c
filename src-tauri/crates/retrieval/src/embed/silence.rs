//! The runtime kept from reporting.

/// What ONNX Runtime looks for: with it, it makes no uploader, no mark of this device and no store of events.
const SILENT: &str = "ORT_DISABLE_TELEMETRY";

/// Keeps ONNX Runtime, whenever it is loaded later, from sending anything to its maker.
///
/// The runtime of the official packages reports about itself over the internet from the moment its environment is made,
/// before any call can switch that off; only a variable of the process's own environment can. So this is to be called
/// first of all, while the process has one thread; what it starts inherits it. [`environment`](super::environment) calls
/// it again, for a process that hasn't.
#[allow(unsafe_code, reason = "the environment of a process is shared with the C library")]
pub fn silence_runtime() {
    if std::env::var_os(SILENT).is_some_and(|value| value == "1") {
        return;
    }
    // SAFETY: at the beginning of a process no other thread can read the environment meanwhile. Later, Rust's own readers
    // are kept apart by a lock of the standard library, and the runtime, which would read past it, is not loaded yet.
    unsafe { std::env::set_var(SILENT, "1") };
}
