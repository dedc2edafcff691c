//! What can be quoted as a statement.

use library::passages::StoredPassage;
use reader::BlockKind;

use crate::composing::points_back;
use crate::prose;

/// Longer sentences are tables or lists that were not cut, in bytes.
const LONGEST: usize = 900;

/// The words of one sentence of a passage.
pub(crate) fn sentence_text(passage: &StoredPassage, sentence: usize) -> &str {
    passage
        .sentences
        .get(sentence)
        .and_then(|found| passage.text.get(found.start as usize..found.end as usize))
        .unwrap_or("")
}

/// The first of the sentences that are weighed together with this one: a sentence that opens with a word which stands
/// for something takes the sentence before it along. None when what it stands for is not there.
pub(crate) fn unit_start(passage: &StoredPassage, sentence: usize) -> Option<usize> {
    if !points_back(sentence_text(passage, sentence)) {
        return Some(sentence);
    }
    let before = sentence.checked_sub(1)?;
    let opening = sentence_text(passage, before);
    (!points_back(opening) && !prose::asks(opening)).then_some(before)
}

/// Cells of a table, program text and formulas have no sentences to quote.
pub(crate) fn is_prose(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Caption)
}

/// Whether a sentence can be shown as a statement: enough letters, no question itself (an exercise), and a whole
/// sentence. Outside of lists, what has no full stop is the cell of a table or a heading that was taken for text.
pub(crate) fn is_quotable(text: &str, kind: BlockKind) -> bool {
    let whole = kind == BlockKind::List || prose::ends_whole(text);
    prose::tells(text) && text.len() <= LONGEST && whole && !prose::asks(text) && !text.contains("____")
}
