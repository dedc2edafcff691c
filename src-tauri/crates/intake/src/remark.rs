//! What a person should know of a document that is imported and yet not all there.

use kernel::Code;
use library::documents::Document;

/// A sentence or two, and the code behind them.
pub(crate) fn about(document: &Document) -> Option<(Code, String)> {
    let (ledger, pages) = (document.ledger, document.pages_read);
    let name = &document.file_name;
    if ledger.unreadable > 0 {
        let message = format!(
            "{name}: {} of its {pages} pages could not be read within the limits and can't be searched. Print them \
             to a new PDF and import that.",
            ledger.unreadable
        );
        return Some((Code::Unreadable, message));
    }
    if document.passages > 0 {
        return None;
    }
    let why = match ledger {
        _ if ledger.scanned > 0 => "its pages are pictures without text, as a scanner makes them",
        _ if ledger.garbled > 0 => "its letters carry no meaning that could be read",
        _ if ledger.text > 0 => "its pages hold a few marks at most",
        _ => "its pages are empty",
    };
    let message = format!(
        "{name} is kept, but there is nothing in it to search: {why}. Run it through text recognition and import the \
         result."
    );
    Some((Code::Unsupported, message))
}
