//! The commands and events by name, and the TypeScript that is made of their types.
//!
//! `ui/src/backend/bindings.ts` is written here and nowhere else; a test fails when it no longer fits.

use std::path::Path;
use std::process::ExitCode;

use specta::{
    Type, Types,
    datatype::{DataType, Primitive},
};
use specta_typescript::{Number, Typescript};
use specta_util::Remapper;
use tauri_specta::{Builder, BuilderConfiguration, ErrorHandlingMode, LanguageExt, collect_commands, collect_events};

use crate::{
    commands::{
        annotations, ask, backup, card_files, card_notes, cards, conversations, desk, desktop, documents, drafts,
        executors, find, formulas, health, import, memory, model, pages, progress, quizzes, reviews, rooms, sample,
        search, settings, status, study_settings, works,
    },
    events,
    fault::Fault,
};

/// Everything that crosses between the window and the app.
pub(crate) fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .commands(collect_commands![
            rooms::rooms_list,
            rooms::room_create,
            rooms::room_rename,
            rooms::room_remove,
            rooms::room_bring_back,
            rooms::room_place,
            rooms::room_colour,
            documents::documents_list,
            documents::document_outline,
            documents::document_pause,
            documents::document_resume,
            documents::document_cancel,
            documents::document_retry,
            documents::document_remove,
            documents::document_bring_back,
            documents::document_replace,
            documents::document_look,
            documents::document_rename,
            documents::document_tag,
            documents::document_place,
            documents::recognition,
            documents::document_recognise,
            import::import_paths,
            import::pick_files,
            import::opened_files,
            sample::sample_add,
            search::search,
            find::document_find,
            find::find_everything,
            ask::ask,
            ask::ask_stop,
            conversations::conversations_list,
            conversations::conversation_turns,
            conversations::conversation_rename,
            conversations::conversation_remove,
            conversations::conversation_show,
            conversations::conversations_search,
            conversations::conversation_markdown,
            conversations::conversation_export,
            conversations::conversation_spent,
            quizzes::quiz_make,
            quizzes::quiz_make_stop,
            quizzes::quizzes_list,
            quizzes::quiz_open,
            quizzes::quiz_answer,
            quizzes::quiz_appeal,
            quizzes::quiz_end,
            quizzes::quiz_again,
            quizzes::quiz_remove,
            quizzes::quiz_statistics,
            drafts::drafts_list,
            drafts::draft_approve,
            drafts::draft_reject,
            drafts::draft_reopen,
            drafts::drafts_decisions,
            reviews::review_next,
            reviews::review_card,
            reviews::review_answer,
            reviews::review_undo,
            reviews::card_leave_out,
            reviews::card_take_in,
            cards::cards_due,
            cards::cards_overview,
            cards::cards_list,
            cards::cards_statistics,
            card_notes::note_add,
            card_notes::note_edit,
            card_notes::note_remove,
            card_notes::note_preview,
            card_notes::note_media,
            card_notes::notes_from_questions,
            card_notes::notes_of_terms,
            card_notes::notes_add,
            study_settings::study_settings,
            study_settings::study_settings_set,
            study_settings::memory_parameters,
            study_settings::memory_fit,
            study_settings::memory_fit_stop,
            study_settings::memory_reset,
            card_files::cards_import,
            card_files::cards_export,
            card_files::pick_cards,
            card_files::pick_cards_target,
            annotations::annotations_list,
            annotations::annotations_search,
            annotations::selection_cite,
            annotations::annotation_add,
            annotations::annotation_edit,
            annotations::annotation_remove,
            annotations::annotation_bring_back,
            annotations::annotations_export,
            progress::progress,
            progress::activity,
            pages::page_info,
            pages::page_text,
            pages::page_words,
            pages::document_unlock,
            formulas::formulas,
            settings::settings_get,
            settings::settings_set,
            status::status,
            status::library_reopen,
            works::works_list,
            works::works_clear,
            health::health,
            health::library_check,
            health::library_repair,
            memory::memory,
            memory::answer_measures,
            model::embedding_model,
            model::embedding_model_choose,
            model::pick_embedding_model,
            executors::executors,
            executors::executors_set_up,
            executors::servers_look,
            executors::server_models,
            executors::pick_language_model,
            backup::backup_create,
            backup::backup_restore,
            backup::backup_stop,
            backup::pick_backup_target,
            backup::pick_backup,
            desk::desk_get,
            desk::desk_set,
            desktop::link_open,
            desktop::notify,
            desktop::menu_set,
            desktop::power,
        ])
        .events(collect_events![
            events::DocumentChanged,
            events::DocumentRemoved,
            events::RoomsChanged,
            events::FilesOpened,
            events::StatusChanged,
            events::WorkEnded,
            events::MenuChosen,
            events::PowerChanged,
        ])
        .typ::<Fault>()
        .disable_serde_phases()
        .error_handling(ErrorHandlingMode::Throw)
}

/// Writes the bindings to `path`, for whoever builds the interface.
#[allow(clippy::print_stderr)]
pub(crate) fn write(path: &Path) -> ExitCode {
    match builder().export(PlainNumbers, path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{} could not be written: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// TypeScript in which every number is a `number`: no value that the app sends is NaN or infinite, so floats need
/// no `| null`, and no identifier or time in milliseconds comes near 2^53.
struct PlainNumbers;

impl LanguageExt for PlainNumbers {
    type Error = specta_typescript::Error;

    fn export(self, cfg: &BuilderConfiguration, path: &Path) -> Result<(), Self::Error> {
        let number = Number::<()>::definition(&mut Types::default());
        let remapper = [Primitive::f32, Primitive::f64, Primitive::i64, Primitive::u64]
            .into_iter()
            .fold(Remapper::new(), |remapper, from| remapper.rule(DataType::Primitive(from), number.clone()));
        let mut cfg = cfg.clone();
        cfg.types = remapper.remap_types(cfg.types);
        Typescript::default().export(&cfg, path)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn the_committed_bindings_fit_the_commands() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        builder().export(PlainNumbers, &fresh).unwrap();
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/backend/bindings.ts");
        // Not `assert_eq`: what differs is for `git diff`, after they were written anew.
        assert!(
            std::fs::read_to_string(&committed).unwrap_or_default() == std::fs::read_to_string(&fresh).unwrap(),
            "ui/src/backend/bindings.ts is stale: run the app with `--export-bindings ui/src/backend/bindings.ts`"
        );
    }
}
