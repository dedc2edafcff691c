//! What the tests of this crate share.

use kernel::NativeParts;

/// The native parts of this machine. Tests that need the model say so and pass over where it is not set up;
/// `cargo xtask test` always sets it up.
pub(crate) fn native() -> Option<NativeParts> {
    let folder = std::env::var_os("SMART_STUDY_ROOM_NATIVE")?;
    Some(NativeParts::new(folder))
}
