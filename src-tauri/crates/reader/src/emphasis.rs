//! What stands out in a block by bold or slanted letters.

use crate::{BlockKind, Emphasis};

/// A face that so many tenths of a block's letters have is the block's own: nothing in it stands out by that face.
const OWN: usize = 9;

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

impl Look {
    pub(crate) fn is_plain(self) -> bool {
        self == Self::default()
    }
}

/// What stands out in a block. `runs` are its letters that are not plain, in order, as bytes of its `text`.
///
/// Runs that only white space parts are one. Headings, tables, formulas and programs have a look of their own, and so
/// has a block that is bold or slanted nearly all through: there a run of that face stands out no more.
pub(crate) fn of_block(kind: BlockKind, text: &str, runs: impl IntoIterator<Item = Emphasis>) -> Vec<Emphasis> {
    if matches!(kind, BlockKind::Heading | BlockKind::Table | BlockKind::Formula | BlockKind::Code) {
        return Vec::new();
    }
    let mut found: Vec<Emphasis> = runs.into_iter().filter(|it| it.start < it.end).collect();
    if found.is_empty() {
        return found;
    }
    let all = letters(text);
    let own = |has: fn(&Emphasis) -> bool| {
        let those = found.iter().filter(|it| has(it)).map(|it| letters(part(text, it.start, it.end)));
        those.sum::<usize>() * 10 >= all * OWN
    };
    let (bold, italic) = (own(|it| it.bold), own(|it| it.italic));
    found.iter_mut().for_each(|it| (it.bold, it.italic) = (it.bold && !bold, it.italic && !italic));
    found.retain(|it| it.bold || it.italic);
    let mut merged: Vec<Emphasis> = Vec::with_capacity(found.len());
    for run in found {
        match merged.last_mut() {
            Some(last)
                if (last.bold, last.italic) == (run.bold, run.italic)
                    && part(text, last.end, run.start).trim().is_empty() =>
            {
                last.end = run.end;
            }
            _ => merged.push(run),
        }
    }
    merged.iter_mut().for_each(|it| trim(text, it, char::is_whitespace));
    merged.retain(|it| letters(part(text, it.start, it.end)) > 0);
    merged
}

/// Takes letters off both ends of a run.
pub(crate) fn trim(text: &str, run: &mut Emphasis, off: impl Fn(char) -> bool) {
    let own = part(text, run.start, run.end);
    let behind = own.len() - own.trim_end_matches(&off).len();
    let before = own.len() - own.trim_start_matches(&off).len();
    run.end -= u32::try_from(behind).unwrap_or(0);
    run.start = (run.start + u32::try_from(before).unwrap_or(0)).min(run.end);
}

fn letters(text: &str) -> usize {
    text.chars().filter(|it| it.is_alphanumeric()).count()
}

fn part(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "A bold word and an italic one.";

    fn run(words: &str, bold: bool, italic: bool) -> Emphasis {
        let start = TEXT.find(words).unwrap_or_default() as u32;
        Emphasis { start, end: start + words.len() as u32, bold, italic }
    }

    fn check(kind: BlockKind, runs: &[Emphasis]) -> Vec<(&str, bool, bool)> {
        let found = of_block(kind, TEXT, runs.iter().copied());
        found.into_iter().map(|it| (part(TEXT, it.start, it.end), it.bold, it.italic)).collect()
    }

    #[test]
    fn words_of_one_look_are_one_run() {
        let runs = [run("bold", true, false), run("word ", true, false), run("italic", false, true)];
        assert_eq!(check(BlockKind::Paragraph, &runs), [("bold word", true, false), ("italic", false, true)]);
        assert_eq!(check(BlockKind::Heading, &runs), []);
    }

    #[test]
    fn a_look_that_all_of_a_block_has_stands_out_nowhere() {
        let all = [run("A bold word and an ", true, false), run("italic", true, true), run(" one.", true, false)];
        assert_eq!(check(BlockKind::Paragraph, &all), [("italic", false, true)]);
    }

    #[test]
    fn marks_alone_are_no_run() {
        assert_eq!(check(BlockKind::List, &[run(".", true, false), run(" ", false, true)]), []);
    }
}
