use std::fmt;
use std::sync::Arc;

use tokio::sync::OnceCell;

/// Where a key comes from; may wait, as a keyring does that the person has to open first.
type Find = dyn Fn() -> Option<String> + Send + Sync;

/// The key of a model server, looked for when it is needed first. Clones share it. Never shown and never stored here.
#[derive(Clone, Default)]
pub struct Key {
    find: Option<Arc<Find>>,
    found: Arc<OnceCell<Option<String>>>,
}

impl Key {
    /// None is needed.
    pub fn none() -> Self {
        Self::default()
    }

    /// A key that `find` finds.
    pub fn found_by(find: impl Fn() -> Option<String> + Send + Sync + 'static) -> Self {
        Self { find: Some(Arc::new(find)), found: Arc::default() }
    }

    pub(super) async fn get(&self) -> Option<&str> {
        let find = Arc::clone(self.find.as_ref()?);
        let look = || async move { tokio::task::spawn_blocking(move || find()).await.ok().flatten() };
        self.found.get_or_init(look).await.as_deref()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.find.is_some() { "Key(…)" } else { "Key(none)" })
    }
}
