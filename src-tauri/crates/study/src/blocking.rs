//! Work with the store: not on the threads that serve everybody.

use library::{Connection, Library, Transaction};

use crate::Error;

/// What is read of the library.
pub(crate) async fn reading<T: Send + 'static>(
    library: &Library,
    work: impl FnOnce(&Connection) -> Result<T, library::Error> + Send + 'static,
) -> Result<T, Error> {
    of(library, move |library| library.read(work)).await
}

/// What is written into the library in one transaction.
pub(crate) async fn writing<T: Send + 'static>(
    library: &Library,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, library::Error> + Send + 'static,
) -> Result<T, Error> {
    of(library, move |library| library.write(work)).await
}

/// The same, on the disk before this returns.
pub(crate) async fn writing_durably<T: Send + 'static>(
    library: &Library,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, library::Error> + Send + 'static,
) -> Result<T, Error> {
    of(library, move |library| library.write_durably(work)).await
}

async fn of<T: Send + 'static>(
    library: &Library,
    work: impl FnOnce(Library) -> Result<T, library::Error> + Send + 'static,
) -> Result<T, Error> {
    let library = library.clone();
    let done = tokio::task::spawn_blocking(move || work(library)).await;
    Ok(done.map_err(|_| Error::Interrupted)??)
}
