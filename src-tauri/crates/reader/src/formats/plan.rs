//! Where a text without pages is cut into sections.
//!
//! The text is read twice: once to learn its headings and sizes, once to hand it out. So no more than one section is
//! ever held, and the number of sections is known before the first one is sent.

use std::io;
use std::ops::Range;

use super::draft::{Draft, UnitPage};
use super::styled::{Styled, offset};
use super::{Emit, unreadable};
use crate::error::Failure;
use crate::{BlockKind, OutlineItem};

/// Blocks in reading order, made as they are asked for; the same each time a document is read.
pub(crate) trait Blocks {
    /// The next block; none at the end.
    ///
    /// # Errors
    /// [`Failure::Damaged`] where the file is broken; what came before stands, and nothing comes after.
    fn next_block(&mut self) -> Result<Option<Draft>, Failure>;
}

/// A section longer than this is cut, at the border of a paragraph.
const LONG: u64 = 9_000;
/// Bytes that the parts of a long section are about as long as.
const PART: u64 = 6_000;
/// Headings with so little text between them stand in one section.
const SCRAP: u64 = 200;
/// Entries of an outline; more help nobody.
const OUTLINE: usize = 5_000;
/// No block is longer, so that no section is.
const LONGEST_BLOCK: usize = 2 * PART as usize;

/// Where sections begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The first block of each section, numbered from 0, and the heading that it belongs to.
    sections: Vec<(u32, Option<String>)>,
    /// The file broke off: a last section says so.
    broken: bool,
    pub(crate) outline: Vec<OutlineItem>,
    /// The first heading of the highest level.
    pub(crate) title: Option<String>,
}

/// A heading as it was met.
struct Met {
    block: u32,
    level: u8,
    text: String,
    /// Bytes of text in front of it.
    before: u64,
}

impl Plan {
    /// Reads all blocks once.
    ///
    /// # Errors
    /// Whatever keeps even the first block from being read.
    pub(crate) fn of(blocks: &mut dyn Blocks) -> Result<Self, Failure> {
        let mut sizes: Vec<u32> = Vec::new();
        let mut headings: Vec<Met> = Vec::new();
        let mut before = 0;
        let mut broken = false;
        let mut blocks = Bounded::new(blocks);
        loop {
            match blocks.next_block() {
                Ok(Some(draft)) => {
                    if draft.kind == BlockKind::Heading && headings.len() < OUTLINE {
                        headings.push(Met {
                            block: u32::try_from(sizes.len()).unwrap_or(u32::MAX),
                            level: draft.level.unwrap_or(1),
                            text: draft.text.chars().take(300).collect(),
                            before,
                        });
                    }
                    before += draft.text.len() as u64;
                    sizes.push(u32::try_from(draft.text.len()).unwrap_or(u32::MAX));
                }
                Ok(None) => break,
                Err(Failure::Damaged) if !sizes.is_empty() => {
                    broken = true;
                    break;
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(Self::made_of(&sizes, &headings, broken))
    }

    fn made_of(sizes: &[u32], headings: &[Met], broken: bool) -> Self {
        let level = split_level(headings);
        let mut sections: Vec<(u32, Option<String>)> = Vec::new();
        let mut met = headings.iter().filter(|it| it.level <= level).peekable();
        let mut label: Option<String> = None;
        let mut held = 0_u64;
        for (block, size) in (0_u32..).zip(sizes) {
            let size = u64::from(*size);
            let heading = met.next_if(|it| it.block == block);
            if let Some(heading) = heading {
                label = Some(heading.text.clone());
            }
            let next = met.peek().map(|it| it.block);
            let ahead = || until_next(sizes, block, next);
            let cut = match (sections.last_mut(), heading) {
                (None, _) => true,
                (Some(_), Some(_)) if held >= SCRAP => true,
                (Some(last), Some(_)) => {
                    last.1.clone_from(&label);
                    false
                }
                // The rest of the section would fill another part, or this one is as long as it may be.
                (Some(_), None) => held + size > LONG || (held >= PART && held + ahead() > LONG),
            };
            if cut {
                sections.push((block, label.clone()));
                held = 0;
            }
            held += size;
        }
        let numbers: Vec<u32> = sections.iter().map(|(block, _)| *block).collect();
        let outline = headings
            .iter()
            .map(|it| OutlineItem {
                level: it.level,
                title: it.text.clone(),
                page: u32::try_from(numbers.partition_point(|start| *start <= it.block)).unwrap_or(1).max(1),
            })
            .collect();
        let highest = headings.iter().map(|it| it.level).min();
        // A heading deep in the text is no title of all of it.
        let title = headings.iter().find(|it| Some(it.level) == highest && it.before < 1000).map(|it| it.text.clone());
        Self { sections, broken, outline, title }
    }

    /// How many sections there are; an empty document has one, without text.
    pub(crate) fn units(&self) -> u32 {
        u32::try_from(self.sections.len().max(1) + usize::from(self.broken)).unwrap_or(u32::MAX)
    }

    /// Reads the blocks again and hands over the sections from number `from` on.
    pub(crate) fn send(&self, blocks: &mut dyn Blocks, from: u32, emit: Emit<'_>) -> io::Result<()> {
        let mut blocks = Bounded::new(blocks);
        let mut at = 0_u32;
        let whole = u32::try_from(self.sections.len().max(1)).unwrap_or(u32::MAX);
        let mut readable = true;
        for number in 1..=whole {
            let label = self.sections.get(number as usize - 1).and_then(|it| it.1.clone());
            let end = self.sections.get(number as usize).map_or(u32::MAX, |it| it.0);
            let mut page = UnitPage::new(number, label);
            while readable && at < end {
                match blocks.next_block() {
                    Ok(Some(draft)) => page.push(&draft),
                    Ok(None) => break,
                    Err(_) => readable = false,
                }
                at += 1;
            }
            if number >= from {
                emit(page.finish())?;
            }
        }
        if self.broken && from <= whole + 1 {
            emit(unreadable(whole + 1))?;
        }
        Ok(())
    }
}

/// Bytes from `block` to the next heading that cuts.
fn until_next(sizes: &[u32], block: u32, next: Option<u32>) -> u64 {
    let rest = sizes.get(block as usize..next.map_or(sizes.len(), |it| it as usize)).unwrap_or_default();
    // Only whether there is much of it matters.
    rest.iter().take(64).map(|it| u64::from(*it)).sum()
}

/// Headings of this level and above begin sections: the first level, or the second under a lone title.
fn split_level(headings: &[Met]) -> u8 {
    let count = |level| headings.iter().filter(|it| it.level == level).count();
    let mut levels: Vec<u8> = headings.iter().map(|it| it.level).collect();
    levels.sort_unstable();
    levels.dedup();
    match levels[..] {
        [first, second, ..] if count(first) == 1 => second,
        [first, ..] => first,
        [] => 0,
    }
}

/// Cuts blocks that are too long, at a line, a sentence or a word.
struct Bounded<'a> {
    blocks: &'a mut dyn Blocks,
    rest: Option<Draft>,
}

impl<'a> Bounded<'a> {
    fn new(blocks: &'a mut dyn Blocks) -> Self {
        Self { blocks, rest: None }
    }

    fn next_block(&mut self) -> Result<Option<Draft>, Failure> {
        let next = match self.rest.take() {
            Some(rest) => Some(rest),
            None => self.blocks.next_block()?,
        };
        Ok(next.map(|mut draft| {
            if draft.text.len() > LONGEST_BLOCK {
                let (first, second) = cut(&draft.text, draft.kind);
                let (kind, level, line) = (draft.kind, draft.level, draft.line);
                // Where lines were kept, the second part is known to begin so many further down.
                let between = draft.text[..second.start].matches('\n').count();
                let further = if line > 0 { line.saturating_add(offset(between)) } else { 0 };
                let text = Styled { text: draft.text, runs: draft.runs };
                let part = |range: Range<usize>| Draft { level, ..Draft::new(kind, text.part(range.start, range.end)) };
                draft = part(first).on_line(line);
                self.rest = Some(part(second).on_line(further)).filter(|it| !it.text.is_empty());
            }
            draft
        }))
    }
}

/// Where the first part of a long text ends and the rest begins.
fn cut(text: &str, kind: BlockKind) -> (Range<usize>, Range<usize>) {
    let mut most = PART as usize;
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let start = &text[..most];
    let lined = matches!(kind, BlockKind::Table | BlockKind::Code) || start.contains('\n');
    let line = lined.then(|| start.rfind('\n')).flatten();
    let sentence = || start.rfind(". ").map(|it| it + 1).filter(|it| *it > most / 2);
    let word = || start.rfind(char::is_whitespace).filter(|it| *it > 0);
    let at = line.or_else(sentence).or_else(word).unwrap_or(most);
    let (first, second) = text.split_at(at);
    let second = if kind == BlockKind::Code { second.trim_start_matches('\n') } else { second.trim_start() };
    (0..first.trim_end().len(), text.len() - second.len()..text.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::emphasis::Look;
    use crate::{Page, PageStatus};

    struct Given(std::vec::IntoIter<Draft>, bool);

    impl Blocks for Given {
        fn next_block(&mut self) -> Result<Option<Draft>, Failure> {
            match self.0.next() {
                None if self.1 => Err(Failure::Damaged),
                next => Ok(next),
            }
        }
    }

    fn read(drafts: &[Draft], breaks: bool, from: u32) -> (Plan, Vec<Page>) {
        let given = || Given(Vec::from(drafts).into_iter(), breaks);
        let plan = Plan::of(&mut given()).unwrap();
        let mut pages = Vec::new();
        plan.send(&mut given(), from, &mut |page| {
            pages.push(page);
            Ok(())
        })
        .unwrap();
        (plan, pages)
    }

    fn paragraph(bytes: usize) -> Draft {
        Draft::new(BlockKind::Paragraph, "word ".repeat(bytes / 5).trim())
    }

    #[test]
    fn sections_begin_at_main_headings() {
        let drafts = [
            Draft::heading(1, "Title"),
            Draft::heading(2, "One"),
            paragraph(300),
            Draft::heading(3, "Deeper"),
            paragraph(300),
            Draft::heading(2, "Two"),
            paragraph(300),
        ];
        let (plan, pages) = read(&drafts, false, 1);
        let labels: Vec<_> = pages.iter().map(|it| it.label.as_deref().unwrap_or_default()).collect();
        assert_eq!(labels, ["One", "Two"]);
        assert!(pages[0].text.starts_with("Title\nOne\nword"));
        assert_eq!(plan.title.as_deref(), Some("Title"));
        let outline: Vec<_> = plan.outline.iter().map(|it| (it.title.as_str(), it.page)).collect();
        assert_eq!(outline, [("Title", 1), ("One", 1), ("Deeper", 1), ("Two", 2)]);
    }

    #[test]
    fn a_long_section_is_cut_between_paragraphs_and_nothing_is_lost() {
        let drafts: Vec<Draft> = (0..40).map(|_| paragraph(1000)).chain([paragraph(50_000)]).collect();
        let (plan, pages) = read(&drafts, false, 1);
        assert_eq!(plan.units() as usize, pages.len());
        assert!(pages.iter().all(|it| it.text.len() <= LONG as usize + 100), "{pages:?}");
        assert!(pages.len() <= 90_000 / 4000, "{}", pages.len());
        let words = |text: &str| text.split_whitespace().count();
        let all: usize = drafts.iter().map(|it| words(&it.text)).sum();
        assert_eq!(pages.iter().map(|it| words(&it.text)).sum::<usize>(), all);
        assert_eq!(read(&drafts, false, 5).1, pages[4..]);
    }

    #[test]
    fn what_broke_off_ends_with_a_section_that_says_so() {
        let (plan, pages) = read(&[paragraph(300)], true, 1);
        assert_eq!(plan.units(), 2);
        assert_eq!([pages[0].status, pages[1].status], [PageStatus::Text, PageStatus::Unreadable]);
        assert!(Plan::of(&mut Given(Vec::new().into_iter(), true)).is_err());
    }

    #[test]
    fn what_stands_out_in_a_long_block_stands_out_in_its_parts() {
        let mut text = Styled::default();
        let bold = |number: usize| Look { bold: number.is_multiple_of(9), italic: false };
        for number in 0..12_000 {
            format!("wörd{number} ").chars().for_each(|it| text.push_letter(it, bold(number)));
        }
        let (_, pages) = read(&[Draft::new(BlockKind::Paragraph, text.trimmed())], false, 1);
        let words =
            pages.iter().flat_map(|page| page.emphasis.iter().map(|it| &page.text[it.start as usize..it.end as usize]));
        let wanted: Vec<String> = (0..12_000).step_by(9).map(|number| format!("wörd{number}")).collect();
        assert!(pages.len() > 10);
        assert_eq!(words.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn an_empty_document_has_one_empty_section() {
        let (plan, pages) = read(&[], false, 1);
        assert_eq!((plan.units(), pages.len(), pages[0].status), (1, 1, PageStatus::Empty));
    }
}
