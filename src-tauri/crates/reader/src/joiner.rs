//! Blocks that go on from one page to the next.

mod rows;

use serde::{Deserialize, Serialize};

use crate::{Block, BlockKind, Page, Span, Word};
use rows::{append_rows, list_goes_on, table_goes_on};

/// A block as it is read, whole even when it stands on several pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedBlock {
    /// Page on which it begins, from 1.
    pub page: u32,
    /// What it is.
    pub kind: BlockKind,
    /// Level of a heading; header rows of a table, as [`Block::level`].
    pub level: Option<u8>,
    /// Its words.
    pub text: String,
    /// Which part of the text stands where.
    pub parts: Vec<Part>,
}

/// A part of a joined block that stands on one page, letter for letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// First byte in [`JoinedBlock::text`].
    pub start: u32,
    /// Where the part stands on its page.
    pub span: Span,
}

impl JoinedBlock {
    /// Where the bytes `start..end` of the text stand: a span for each page that they touch.
    pub fn spans(&self, start: u32, end: u32) -> Vec<Span> {
        self.parts
            .iter()
            .filter_map(|part| {
                let length = part.span.end - part.span.start;
                let from = start.max(part.start) - part.start;
                let to = end.min(part.start + length).checked_sub(part.start)?;
                let span = Span { page: part.span.page, start: part.span.start + from, end: part.span.start + to };
                (from < to).then_some(span)
            })
            .collect()
    }
}

/// Joins the paragraphs and tables of successive pages. What it knows at the end of a page can be stored and taken up again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BlockJoiner {
    /// The paragraph at the end of the last page, which may go on, and the captions and tables behind it, of which the
    /// last may go on too.
    held: Vec<JoinedBlock>,
    /// Free room behind its last word, as a fraction of the page's width.
    room: f32,
}

impl BlockJoiner {
    /// A joiner at the start of a document.
    pub fn new() -> Self {
        Self::default()
    }

    /// The blocks that this page completes, in reading order.
    pub fn push(&mut self, page: &Page) -> Vec<JoinedBlock> {
        let mut done = Vec::new();
        let mut blocks = page.blocks.iter().peekable();
        if let (Some(open), Some(next)) = (self.held.last_mut(), blocks.peek())
            && (table_goes_on(open, page, next) || list_goes_on(open, page, next))
        {
            append_rows(open, page, next);
            blocks.next();
            if blocks.peek().is_none() {
                self.room = self.held_room(page);
                return done;
            }
        }
        let mut before = Vec::new();
        let usual = letters(&page.words);
        // A note or the words in a figure.
        let is_small = |it: &Block| {
            it.kind != BlockKind::Heading && letters(words_in(&page.words, it.start, it.end)) < SMALL * usual
        };
        let open_sentence = self.held.first().is_some_and(|it| !is_ended(&it.text));
        while let Some(block) = blocks.next_if(|it| is_aside(it.kind) || (open_sentence && is_small(it))) {
            before.push(of(page, block));
        }
        let held_text = self.held.first().is_some_and(|it| is_text(it.kind)) && self.held.len() < MOST_HELD;
        if blocks.peek().is_none() && !before.is_empty() && held_text {
            // A page of figures between two halves of a paragraph divides nothing.
            self.held.extend(before);
            return done;
        }
        // Every paragraph may have a note, but a figure says that the text about it is at its end.
        let interrupted = before.iter().chain(self.held.iter().skip(1)).any(|it| it.kind != BlockKind::Footnote);
        let goes_on = match (self.held.first_mut(), blocks.peek()) {
            (Some(open), Some(next)) if goes_on(open, self.room, interrupted, page, next) => {
                append(open, page, next);
                blocks.next();
                if let Some(next) = blocks.next_if(|it| list_goes_on(open, page, it)) {
                    append_rows(open, page, next);
                }
                true
            }
            _ => false,
        };
        if goes_on && blocks.peek().is_none() {
            // It fills the page and may go on still.
            self.held.extend(before);
            self.room = self.held_room(page);
            return done;
        }
        if page.blocks.is_empty() && page.status != crate::PageStatus::Text && !self.held.is_empty() {
            // A picture page between two halves of a paragraph divides nothing.
            return done;
        }
        done.append(&mut self.held);
        done.append(&mut before);
        done.extend(blocks.map(|it| of(page, it)));
        // What may go on stays back, with the asides behind it.
        let behind = |aside: &dyn Fn(&Block) -> bool| {
            let count = page.blocks.iter().rev().take_while(|it| aside(it)).count();
            done.len().checked_sub(count + 1)
        };
        let notes = behind(&|it| is_aside(it.kind) || is_small(it)).filter(|&at| !is_ended(&done[at].text));
        let last = notes.or_else(|| behind(&|it| is_aside(it.kind)));
        let on_page = |it: &JoinedBlock| it.parts.last().is_some_and(|it| it.span.page == page.number);
        let text = last.filter(|&at| is_text(done[at].kind));
        let table = done.len().checked_sub(1).filter(|&at| done[at].kind == BlockKind::Table);
        if let Some(at) = text.or(table).filter(|&at| on_page(&done[at])) {
            self.held = done.split_off(at);
            self.room = self.held_room(page);
        }
        done
    }

    /// The blocks that were kept back because they might go on.
    pub fn finish(&mut self) -> Vec<JoinedBlock> {
        std::mem::take(&mut self.held)
    }

    /// The first page of which something was kept back.
    pub(crate) fn first_held_page(&self) -> Option<u32> {
        self.held.iter().map(|it| it.page).min()
    }

    fn held_room(&self, page: &Page) -> f32 {
        self.held
            .first()
            .and_then(|it| it.parts.last())
            .filter(|it| it.span.page == page.number)
            .map_or(1.0, |it| room_behind(page, it.span.start, it.span.end))
    }
}

/// Figures' and tables' words and notes may stand between two halves of a paragraph.
fn is_aside(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Caption | BlockKind::Table | BlockKind::Footnote)
}

fn is_text(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::List)
}

/// Notes and the words in figures are lower than this share of the text's.
const SMALL: f32 = 0.93;
/// So many blocks are held back at most, so that no document has to be kept whole.
const MOST_HELD: usize = 12;

/// How high most words are, as a fraction of the page: the median.
fn letters(words: &[Word]) -> f32 {
    let mut heights: Vec<f32> = words.iter().map(|it| it.rect.y1 - it.rect.y0).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.0)
}

fn of(page: &Page, block: &Block) -> JoinedBlock {
    let span = Span { page: page.number, start: block.start, end: block.end };
    JoinedBlock {
        page: page.number,
        kind: block.kind,
        level: block.level,
        text: page.text[block.start as usize..block.end as usize].to_owned(),
        parts: vec![Part { start: 0, span }],
    }
}

fn append(open: &mut JoinedBlock, page: &Page, next: &Block) {
    let text = &page.text[next.start as usize..next.end as usize];
    let divided = is_divided(&open.text);
    if divided && text.starts_with(char::is_lowercase) {
        open.text.pop();
        if let Some(part) = open.parts.last_mut() {
            part.span.end -= 1;
        }
    } else if !divided {
        open.text.push(' ');
    }
    let start = u32::try_from(open.text.len()).unwrap_or(u32::MAX);
    open.text.push_str(text);
    open.parts.push(Part { start, span: Span { page: page.number, start: next.start, end: next.end } });
}

/// Ends with a sentence.
fn is_ended(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']).ends_with(['.', '!', '?', ':', '…', '。'])
}

/// Ends in the middle of a word.
fn is_divided(text: &str) -> bool {
    let mut letters = text.chars().rev();
    letters.next() == Some('-') && letters.next().is_some_and(char::is_alphabetic)
}

/// Whether `next`, the first block of text on a page, goes on with the paragraph at the end of the page before;
/// `interrupted` says that a figure or table stands between them.
fn goes_on(open: &JoinedBlock, room: f32, interrupted: bool, page: &Page, next: &Block) -> bool {
    let from_list = open.kind == BlockKind::List;
    if !is_text(open.kind)
        || next.kind != BlockKind::Paragraph
        || open.parts.last().is_none_or(|it| it.span.page >= page.number)
        // A chapter or slide begins anew; only pages of paper cut sentences.
        || page.width == 0.0
    {
        return false;
    }
    let text = &page.text[next.start as usize..next.end as usize];
    if is_divided(&open.text) {
        return true;
    }
    let ended = is_ended(&open.text);
    let small = text.trim_start_matches(['(', '[', '“', '"', '‘']).starts_with(char::is_lowercase);
    if !ended && small {
        return true;
    }
    let words = words_in(&page.words, next.start, next.end);
    // Figures stand between two sentences of one paragraph far less often than between two paragraphs.
    if from_list || is_set_in(words) || (ended && interrupted) {
        return false;
    }
    // The next word would have had room: somebody ended the paragraph here.
    let fits = words.first().is_none_or(|it| it.rect.x1 - it.rect.x0 + 0.006 < room);
    !fits
}

fn words_in(words: &[Word], start: u32, end: u32) -> &[Word] {
    let from = words.partition_point(|it| it.end <= start);
    let to = words.partition_point(|it| it.start < end);
    &words[from..to.max(from)]
}

/// Whether the first line begins further right than the second.
fn is_set_in(words: &[Word]) -> bool {
    let Some(first) = words.first() else {
        return false;
    };
    let second = words.iter().find(|it| it.rect.y0 > first.rect.y0 + 0.6 * (first.rect.y1 - first.rect.y0));
    second.is_some_and(|it| first.rect.x0 > it.rect.x0 + 0.01 && first.rect.x0 < it.rect.x0 + 0.1)
}

/// Stretched lines end as near as this to each other, as a fraction of the page's width.
const JUSTIFIED: f32 = 0.003;

/// Free room between the last word of a block and the right edge of the lines that begin where its lines begin.
fn room_behind(page: &Page, start: u32, end: u32) -> f32 {
    let own = words_in(&page.words, start, end);
    let (Some(last), Some(left)) = (own.last(), own.iter().map(|it| it.rect.x0).min_by(f32::total_cmp)) else {
        return 1.0;
    };
    // Right edges of the lines that begin there.
    let mut edges: Vec<f32> = Vec::new();
    let mut rightmost = last.rect.x1;
    let mut line_left = f32::INFINITY;
    let mut line_bottom = f32::NEG_INFINITY;
    for word in &page.words {
        let new_line = word.rect.y0 > line_bottom - 0.4 * (word.rect.y1 - word.rect.y0) || word.rect.x0 < line_left;
        if new_line {
            line_left = word.rect.x0;
        }
        line_bottom = word.rect.y1;
        rightmost = rightmost.max(word.rect.x1);
        if (line_left - left).abs() < 0.008 {
            match edges.last_mut() {
                Some(edge) if !new_line => *edge = edge.max(word.rect.x1),
                _ => edges.push(word.rect.x1),
            }
        }
    }
    // A line alone does not show where its lines would end.
    if edges.len() < 2 {
        return rightmost - last.rect.x1;
    }
    let right = edges.iter().copied().fold(last.rect.x1, f32::max);
    let room = right - last.rect.x1;
    let full = edges.iter().filter(|it| right - **it < JUSTIFIED).count();
    // Where lines are stretched to one width, only the last line of a paragraph is not.
    if full * 4 > edges.len() * 3 && room > JUSTIFIED { 1.0 } else { room }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page_of;

    #[test]
    fn a_paragraph_over_two_pages_is_read_as_one() {
        let mut joiner = BlockJoiner::new();
        let first = page_of(
            1,
            &[
                (BlockKind::Heading, "One"),
                (BlockKind::Paragraph, "It goes on and"),
                (BlockKind::Caption, "Figure 1 A cat"),
            ],
        );
        let second = page_of(2, &[(BlockKind::Paragraph, "on until here."), (BlockKind::Paragraph, "Next.")]);
        let mut found = joiner.push(&first);
        found.extend(joiner.push(&second));
        found.extend(joiner.finish());
        let texts: Vec<_> = found.iter().map(|it| (it.page, it.text.as_str())).collect();
        assert_eq!(texts, [(1, "One"), (1, "It goes on and on until here."), (1, "Figure 1 A cat"), (2, "Next.")]);
    }

    #[test]
    fn notes_and_pages_of_figures_divide_no_sentence() {
        let mut joiner = BlockJoiner::new();
        let mut first = page_of(1, &[(BlockKind::Paragraph, "It goes on and"), (BlockKind::Paragraph, "1 A note.")]);
        for word in &mut first.words[4..] {
            word.rect.y1 -= 0.003;
        }
        let figure = page_of(2, &[(BlockKind::Caption, "Figure 1 A cat")]);
        let last = page_of(3, &[(BlockKind::Paragraph, "on until here.")]);
        let mut found: Vec<_> = [first, figure, last].iter().flat_map(|it| joiner.push(it)).collect();
        found.extend(joiner.finish());
        let texts: Vec<_> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["It goes on and on until here.", "1 A note.", "Figure 1 A cat"]);
    }

    #[test]
    fn notes_part_no_paragraph_and_stand_behind_it() {
        let full = "This line is as full as a line can be at all, with not any room behind its end.";
        let mut joiner = BlockJoiner::new();
        let first = [(BlockKind::Paragraph, full), (BlockKind::Paragraph, full), (BlockKind::Footnote, "1 A note.")];
        let mut found = joiner.push(&page_of(1, &first));
        let second = [(BlockKind::Paragraph, "It goes on here."), (BlockKind::Footnote, "2 Another.")];
        found.extend(joiner.push(&page_of(2, &second)));
        found.extend(joiner.finish());
        let texts: Vec<_> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, [full, &format!("{full} It goes on here."), "1 A note.", "2 Another."]);
    }

    #[test]
    fn a_word_divided_between_pages_is_whole_again() {
        let mut joiner = BlockJoiner::new();
        joiner.push(&page_of(1, &[(BlockKind::Paragraph, "It is a psycho-")]));
        joiner.push(&page_of(2, &[(BlockKind::Paragraph, "logical question.")]));
        let found = joiner.finish();
        assert_eq!(found[0].text, "It is a psychological question.");
        assert_eq!(found[0].parts.len(), 2);
    }

    #[test]
    fn a_figure_between_two_sentences_parts_two_paragraphs() {
        let full = "This line is as full as a line can be at all, with not any room behind its end.";
        for (figure, blocks) in [(false, 1), (true, 2)] {
            let mut joiner = BlockJoiner::new();
            joiner.push(&page_of(1, &[(BlockKind::Paragraph, full), (BlockKind::Paragraph, full)]));
            let mut next = vec![(BlockKind::Paragraph, "Next comes more.")];
            if figure {
                next.insert(0, (BlockKind::Caption, "Figure 1 A cat"));
            }
            joiner.push(&page_of(2, &next));
            let found = joiner.finish();
            assert_eq!(found.iter().filter(|it| it.kind == BlockKind::Paragraph).count(), 1, "{found:#?}");
            assert_eq!(found[0].parts.len(), if blocks == 1 { 2 } else { 1 });
        }
    }

    #[test]
    fn a_chapter_begins_anew_where_there_is_no_page_to_cut_a_sentence() {
        let chapter = |number, text| Page { width: 0.0, ..page_of(number, &[(BlockKind::Paragraph, text)]) };
        let mut joiner = BlockJoiner::new();
        joiner.push(&chapter(1, "It ends without a mark"));
        joiner.push(&chapter(2, "and this is another."));
        assert_eq!(joiner.finish().len(), 1, "the first had gone out before");
    }

    #[test]
    fn a_heading_never_goes_on() {
        let mut joiner = BlockJoiner::new();
        joiner.push(&page_of(1, &[(BlockKind::Paragraph, "no end")]));
        let found = joiner.push(&page_of(2, &[(BlockKind::Heading, "two"), (BlockKind::Paragraph, "x y.")]));
        assert_eq!(found.len(), 2);
    }
}
