//! What a person should know of a document that is imported and yet not all there.

use kernel::Code;
use library::documents::Document;

/// A sentence or two, and the code behind them. `missing` says why text can't be recognised here, if it can't.
pub(crate) fn about(document: &Document, missing: Option<&reader::Error>) -> Option<(Code, String)> {
    let (ledger, pages) = (document.ledger, document.pages_read);
    let name = &document.file_name;
    let of = |count: u32| match pages {
        1 => "its page".to_owned(),
        _ => format!("{count} of its {pages} pages"),
    };
    let waiting = (ledger.scanned + ledger.garbled).saturating_sub(ledger.recognised);
    if waiting > 0 {
        let what = if ledger.garbled == 0 {
            "pictures without text, as a scanner makes them"
        } else {
            "pictures, or letters that carry no meaning,"
        };
        let how = missing.map_or_else(|| "Their text can be recognised: try again.".into(), ToString::to_string);
        return Some((
            Code::NativePartMissing,
            format!("{name}: {} can\u{2019}t be searched yet: {what}. {how}", of(waiting)),
        ));
    }
    if ledger.unreadable > 0 {
        let what = of(ledger.unreadable);
        let message = format!(
            "{name}: {what} could not be read within the limits and can\u{2019}t be searched. The rest can. If the file can \
             be saved anew by the program that made it, import that."
        );
        return Some((Code::Unreadable, message));
    }
    if document.passages > 0 {
        return None;
    }
    let why = match ledger {
        _ if ledger.recognised > 0 => "no text could be recognised on its pictures",
        _ if ledger.text > 0 => "it holds a few marks at most",
        _ => "it is empty",
    };
    Some((Code::Unsupported, format!("{name} is kept, but there is nothing in it to search: {why}.")))
}
