use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::DocumentId;

use super::PageAddress;

/// Some fifteen pages at the width of a large screen.
const MOST_BYTES: usize = 32 << 20;

/// The pictures shown last, so that scrolling back needs no rendering. Bounded by what they weigh.
pub(crate) struct PageCache {
    kept: Mutex<Kept>,
    most: usize,
}

#[derive(Default)]
struct Kept {
    pictures: HashMap<PageAddress, Picture>,
    bytes: usize,
    uses: u64,
}

struct Picture {
    /// Of the file that it was drawn from: a new edition has other pages.
    hash: String,
    png: Arc<[u8]>,
    last_use: u64,
}

impl Default for PageCache {
    fn default() -> Self {
        Self::bounded(MOST_BYTES)
    }
}

impl PageCache {
    fn bounded(most: usize) -> Self {
        Self { kept: Mutex::default(), most }
    }

    pub(crate) fn get(&self, address: &PageAddress, hash: &str) -> Option<Arc<[u8]>> {
        let mut kept = self.lock();
        kept.uses += 1;
        let now = kept.uses;
        let picture = kept.pictures.get_mut(address).filter(|picture| picture.hash == hash)?;
        picture.last_use = now;
        Some(Arc::clone(&picture.png))
    }

    /// Keeps a picture in place of those that were not looked at for the longest time.
    pub(crate) fn put(&self, address: PageAddress, hash: &str, png: Arc<[u8]>) {
        if png.len() > self.most {
            return;
        }
        let mut kept = self.lock();
        kept.uses += 1;
        kept.bytes += png.len();
        let last_use = kept.uses;
        if let Some(before) = kept.pictures.insert(address, Picture { hash: hash.to_owned(), png, last_use }) {
            kept.bytes -= before.png.len();
        }
        while kept.bytes > self.most {
            // A few dozen pictures: looking at all of them costs nothing beside drawing one.
            let oldest = kept.pictures.iter().min_by_key(|(_, picture)| picture.last_use);
            let Some(oldest) = oldest.map(|(address, _)| *address) else { break };
            if let Some(gone) = kept.pictures.remove(&oldest) {
                kept.bytes -= gone.png.len();
            }
        }
    }

    /// Forgets the pictures of a document that was removed.
    pub(crate) fn forget(&self, document: DocumentId) {
        let mut kept = self.lock();
        kept.pictures.retain(|address, _| address.document != document);
        kept.bytes = kept.pictures.values().map(|picture| picture.png.len()).sum();
    }

    /// Forgets all pictures: another library has documents of the same numbers.
    pub(crate) fn clear(&self) {
        *self.lock() = Kept::default();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(document: i64, page: u32) -> PageAddress {
        PageAddress { document: DocumentId(document), page, width: 800, part: None }
    }

    fn png(bytes: usize) -> Arc<[u8]> {
        vec![0; bytes].into()
    }

    #[test]
    fn what_was_not_looked_at_for_longest_goes_first() {
        let cache = PageCache::bounded(100);
        cache.put(address(1, 1), "a", png(40));
        cache.put(address(1, 2), "a", png(40));
        assert!(cache.get(&address(1, 1), "a").is_some());
        cache.put(address(1, 3), "a", png(40));
        assert!(cache.get(&address(1, 2), "a").is_none());
        assert!(cache.get(&address(1, 1), "a").is_some());
        assert!(cache.get(&address(1, 3), "a").is_some());
    }

    #[test]
    fn it_never_weighs_more_than_allowed() {
        let cache = PageCache::bounded(100);
        for page in 1..50 {
            cache.put(address(1, page), "a", png(30));
            cache.put(address(1, page), "a", png(35));
            assert!(cache.lock().bytes <= 100);
        }
        assert_eq!(cache.lock().pictures.len(), 2);
        cache.put(address(2, 1), "a", png(101));
        assert!(cache.get(&address(2, 1), "a").is_none());
    }

    #[test]
    fn a_new_edition_has_other_pictures() {
        let cache = PageCache::bounded(100);
        cache.put(address(1, 1), "first", png(10));
        assert!(cache.get(&address(1, 1), "second").is_none());
        cache.put(address(1, 1), "second", png(20));
        assert!(cache.get(&address(1, 1), "second").is_some());
        assert_eq!(cache.lock().bytes, 20);
    }

    #[test]
    fn a_removed_document_is_forgotten() {
        let cache = PageCache::bounded(100);
        cache.put(address(1, 1), "a", png(10));
        cache.put(address(2, 1), "a", png(20));
        cache.forget(DocumentId(1));
        assert!(cache.get(&address(1, 1), "a").is_none());
        assert_eq!(cache.lock().bytes, 20);
    }
}
