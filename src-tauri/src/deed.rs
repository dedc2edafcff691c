use std::sync::{Mutex, PoisonError};

use kernel::Cancel;

/// Something that is done once at a time, and can be stopped.
#[derive(Default)]
pub(crate) struct Deed(Mutex<Option<Cancel>>);

impl Deed {
    /// Begins it; none while it is under way already.
    pub(crate) fn begin(&self) -> Option<Cancel> {
        let mut deed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if deed.is_some() { None } else { Some(deed.insert(Cancel::new()).clone()) }
    }

    /// It is over: it can be begun again.
    pub(crate) fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Stops it; false when it is not under way.
    pub(crate) fn stop(&self) -> bool {
        let deed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        deed.as_ref().inspect(|cancel| cancel.cancel()).is_some()
    }
}
