//! Which embedding model a library is wanted in: the one that comes with the app, or one that the person has chosen.

use std::path::Path;

use intake::ModelChange;
use kernel::{Code, NativeParts};
use library::{Library, settings};
use retrieval::ModelFiles;
use serde::Serialize;
use specta::Type;

use crate::app::App;
use crate::fault::Fault;

/// Where the name of a chosen model stands among the library's settings.
const KEY: &str = "embedding_model";

/// The embedding model of a library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct EmbeddingModel {
    /// The model that the library is searched by; while it is being changed, the one from before.
    pub name: String,
    /// Whether the model that is wanted is the one that comes with the app.
    pub is_built_in: bool,
    /// How far the change to the wanted one has come; none when it is done.
    pub change: Option<ModelChange>,
}

/// The files of the wanted model.
pub(crate) fn wanted(library: &Library, native: &NativeParts) -> Result<ModelFiles, library::Error> {
    let chosen: Option<String> = library.read(|connection| settings::get(connection, KEY))?;
    Ok(match chosen {
        Some(name) => ModelFiles::kept(library.folder(), &name),
        None => ModelFiles::built_in(native),
    })
}

/// The model as it stands.
pub(crate) fn of(app: &App) -> Result<EmbeddingModel, Fault> {
    let chosen: Option<String> = app.library.read(|connection| settings::get(connection, KEY))?;
    let name = app.retrieval.space()?.index.model().to_owned();
    Ok(EmbeddingModel { name, is_built_in: chosen.is_none(), change: app.intake.model_change()? })
}

/// Wants the library in the model of this folder, or in the one that comes with the app. It takes effect when the
/// library is opened again: a second index is then built beside the first.
pub(crate) fn choose(app: &App, folder: Option<&Path>) -> Result<(), Fault> {
    let kept = match folder {
        Some(folder) => {
            let busy = || {
                Fault::new(
                    Code::Busy,
                    "Another process is at work on this library. Choose the model there, or close it and try again.",
                )
            };
            Some(app.intake.keep_model(folder)?.ok_or_else(busy)?)
        }
        None => None,
    };
    app.library.write(|tx| match &kept {
        Some(files) => settings::set(tx, KEY, files.name()),
        None => settings::remove(tx, KEY),
    })?;
    Ok(())
}
