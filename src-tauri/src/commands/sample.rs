//! The short text about learning that the app carries, so that a first room has something to ask.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kernel::{DocumentId, InterfaceLanguage, RoomId};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// Where it lies while it is taken in, in the library's folder.
const FOLDER: &str = "sample";

/// Takes the text into a room, in the interface's language, like any other file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sample_add(
    shell: State<'_, Shell>,
    room: RoomId,
    language: InterfaceLanguage,
) -> Result<DocumentId, Fault> {
    shell
        .with(move |app| {
            let folder = app.library.folder().root().join(FOLDER);
            let file = unpack(&folder, language)?;
            let added = app.intake.add(room, &file, None);
            // The library has a copy of its own by now.
            if let Err(error) = fs::remove_dir_all(&folder) {
                tracing::warn!(%error, "the unpacked sample could not be removed");
            }
            Ok(added?.document)
        })
        .await
}

/// Its name and its bytes.
fn sample(language: InterfaceLanguage) -> (&'static str, &'static [u8]) {
    match language {
        InterfaceLanguage::En => ("how-to-learn.pdf", include_bytes!("../../../assets/sample/how-to-learn.pdf")),
        InterfaceLanguage::Id => ("cara-belajar.pdf", include_bytes!("../../../assets/sample/cara-belajar.pdf")),
    }
}

/// Puts it into a folder, which is made.
fn unpack(folder: &Path, language: InterfaceLanguage) -> Result<PathBuf, Fault> {
    let (name, bytes) = sample(language);
    let file = folder.join(name);
    fs::create_dir_all(folder).and_then(|()| fs::write(&file, bytes)).map_err(|error| not_unpacked(&file, &error))?;
    Ok(file)
}

fn not_unpacked(file: &Path, error: &io::Error) -> Fault {
    let message = format!(
        "{} could not be written: {error}. Free some space, or check the permissions of the library’s folder.",
        file.display()
    );
    Fault::new(Fault::not_written(file, error).code, message)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;

    #[test]
    fn there_is_one_for_each_language() {
        let samples = [InterfaceLanguage::En, InterfaceLanguage::Id].map(sample);
        assert_ne!(samples[0].1, samples[1].1);
        for (name, bytes) in samples {
            assert!(bytes.starts_with(b"%PDF-"), "{name}");
            assert!(bytes.len() < 150_000, "{name}: {} bytes", bytes.len());
        }
    }

    #[test]
    fn it_is_unpacked_whole_also_over_what_a_kill_left() -> Result<(), Fault> {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join(FOLDER);
        fs::create_dir_all(&folder).expect("the folder");
        fs::write(folder.join("how-to-learn.pdf"), b"%PDF-").expect("the half of it");
        let file = unpack(&folder, InterfaceLanguage::En)?;
        assert_eq!(fs::read(file).expect("the sample"), sample(InterfaceLanguage::En).1);
        Ok(())
    }
}
