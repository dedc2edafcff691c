//! Files that came by "open with", by the command line or by a second start, on their way to the window.

use std::sync::{Mutex, PoisonError};

/// Kept until the window takes them; from then on later ones go to it directly.
#[derive(Default)]
pub(crate) struct OpenedFiles(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    paths: Vec<String>,
    taken: bool,
}

impl OpenedFiles {
    pub(crate) fn new(paths: Vec<String>) -> Self {
        Self(Mutex::new(Waiting { paths, taken: false }))
    }

    /// The files so far; the window listens for the rest.
    pub(crate) fn take(&self) -> Vec<String> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.taken = true;
        std::mem::take(&mut waiting.paths)
    }

    /// Keeps files for a window that has not asked yet; gives them back where it has: they are to be sent to it.
    pub(crate) fn add(&self, paths: Vec<String>) -> Option<Vec<String>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.taken {
            return (!paths.is_empty()).then_some(paths);
        }
        waiting.paths.extend(paths);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_wait_for_the_window_and_are_given_once() {
        let opened = OpenedFiles::new(vec!["/a.pdf".into()]);
        assert_eq!(opened.add(vec!["/b.pdf".into()]), None);
        assert_eq!(opened.take(), ["/a.pdf", "/b.pdf"]);
        assert!(opened.take().is_empty());
        assert_eq!(opened.add(vec!["/c.pdf".into()]), Some(vec!["/c.pdf".into()]));
        assert_eq!(opened.add(Vec::new()), None);
    }
}
