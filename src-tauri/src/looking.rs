use std::sync::{Mutex, PoisonError};

use kernel::{DocumentId, Timestamp};
use library::readings::Reading;

/// Shorter looks are a page turned, in milliseconds.
const SHORTEST: i64 = 2_000;
/// Who looks at a page for longer has been away, in milliseconds.
const LONGEST: i64 = 10 * 60 * 1000;

/// The page that somebody looks at, and since when.
#[derive(Default)]
pub(crate) struct Looking(Mutex<Option<(DocumentId, u32, Timestamp)>>);

impl Looking {
    /// The document that is looked at.
    pub(crate) fn document(&self) -> Option<DocumentId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).map(|(document, ..)| document)
    }

    /// From now on it is this page, or none; what comes back is the look that has ended, where it was long enough.
    pub(crate) fn turn(&self, to: Option<(DocumentId, u32)>, now: Timestamp) -> Option<Reading> {
        let next = to.map(|(document, page)| (document, page, now));
        let mut looking = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (document, page, begun) = std::mem::replace(&mut *looking, next)?;
        let ms = (now.0 - begun.0).min(LONGEST);
        (ms >= SHORTEST).then(|| Reading { document, page, begun, ms: u32::try_from(ms).unwrap_or(u32::MAX) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_ends_with_the_next_one_and_a_glance_is_none() {
        let looking = Looking::default();
        let page = |page| Some((DocumentId(7), page));
        assert_eq!(looking.document(), None);
        assert_eq!(looking.turn(page(1), Timestamp(0)), None);
        assert_eq!(looking.document(), Some(DocumentId(7)));
        let first = Reading { document: DocumentId(7), page: 1, begun: Timestamp(0), ms: 5_000 };
        assert_eq!(looking.turn(page(2), Timestamp(5_000)), Some(first));
        assert_eq!(looking.turn(page(3), Timestamp(6_000)), None);
        let away = looking.turn(None, Timestamp(90_000_000));
        assert_eq!(away.map(|reading| (reading.page, i64::from(reading.ms))), Some((3, LONGEST)));
        assert_eq!(looking.turn(None, Timestamp(90_000_001)), None);
    }
}
