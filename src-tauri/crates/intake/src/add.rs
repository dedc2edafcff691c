//! A file becomes a document of a room.

use std::path::{Path, absolute};

use kernel::{DocumentId, RoomId};
use library::documents::{self, Added, NewDocument};
use library::jobs::{self, JobKind};

use crate::shared::Shared;
use crate::{Error, original, title};

/// Keeps a copy of the file and queues it, as the new edition of a document if it is to replace one. A job that is to be
/// read `here`, by this process, whoever is in charge, is never queued but running from its start.
pub(crate) fn add(
    shared: &Shared,
    room: RoomId,
    path: &Path,
    replaces: Option<DocumentId>,
    here: bool,
) -> Result<Added, Error> {
    // The copy can go away between the two steps when the last other document of the same bytes is removed.
    for _ in 0..3 {
        let original = original::keep(path, &shared.library)?;
        let copy = shared.library.original(&original.hash, original.format.name());
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let new = NewDocument {
            room,
            title: title::of_file(path),
            file_name,
            source: absolute(path).ok().map(|path| path.to_string_lossy().into_owned()),
            hash: original.hash,
            format: original.format.name().into(),
            bytes: original.bytes,
            replaces,
        };
        let added = shared.library.write(|tx| {
            if !copy.is_file() {
                return Ok(None);
            }
            let now = shared.library.now();
            let added = documents::add(tx, &new, now)?;
            if !added.duplicate {
                let job = jobs::enqueue(tx, added.document, JobKind::Import, 0, now)?;
                if here {
                    jobs::lease(tx, job, &shared.owner, shared.lease_end(), now)?;
                }
            }
            Ok(Some(added))
        })?;
        if let Some(added) = added {
            return Ok(added);
        }
    }
    Err(Error::Missing(path.into()))
}
