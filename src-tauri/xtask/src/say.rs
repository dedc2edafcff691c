//! What the person sees while they wait.

/// A new part of the work begins.
pub(crate) fn doing(what: &str) {
    eprintln!("==> {what}");
}

/// Something worth knowing that is no error.
pub(crate) fn note(what: &str) {
    eprintln!("    {what}");
}
