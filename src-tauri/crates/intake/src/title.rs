//! What a document is called.

use std::path::Path;

/// The name of the file without its extension, as words: what a document is called until it is opened.
pub(crate) fn of_file(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let words = tidy(&stem.replace('_', " "));
    if words.is_empty() { "Untitled".into() } else { words }
}

/// The title in the file's own metadata, unless it is one that a program left there by itself.
pub(crate) fn of_metadata(title: &str) -> Option<String> {
    let title = tidy(title);
    let lower = title.to_lowercase();
    let is_rubbish = title.chars().filter(|c| c.is_alphabetic()).count() < 3
        || ["untitled", "microsoft word - ", "microsoft powerpoint - ", "powerpoint presentation"]
            .iter()
            .any(|start| lower.starts_with(start))
        || [".doc", ".docx", ".ppt", ".pptx", ".tex", ".dvi", ".indd", ".qxd", ".pdf", ".ps", ".rtf"]
            .iter()
            .any(|end| lower.ends_with(end))
        || title.contains('\u{fffd}')
        || (title.contains(['/', '\\']) && !title.contains(' '));
    (!is_rubbish).then_some(title)
}

/// One line, without control characters, of a length that a card can show.
fn tidy(title: &str) -> String {
    const LONGEST: usize = 200;
    let spaced: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_becomes_words() {
        assert_eq!(of_file(Path::new("/tmp/Cell_biology.2nd-ed.pdf")), "Cell biology.2nd-ed");
        assert_eq!(of_file(Path::new("/")), "Untitled");
    }

    #[test]
    fn a_title_that_a_program_left_behind_is_not_taken() {
        assert_eq!(of_metadata(" Psychology\u{0}2e "), Some("Psychology 2e".into()));
        for rubbish in ["", "untitled", "Microsoft Word - thesis_final3.doc", "C:\\x\\y", "paper.dvi", "1/2"] {
            assert_eq!(of_metadata(rubbish), None, "{rubbish}");
        }
    }
}
