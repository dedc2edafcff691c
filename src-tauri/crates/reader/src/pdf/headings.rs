//! Which lines are headings, and of which level.

use std::collections::HashMap;

use super::draft::Draft;
use super::style::Style;
use super::words::Words;
use crate::OutlineItem;

/// Deepest level given out.
const DEEPEST: u8 = 6;

/// The look of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Look {
    /// Half points.
    size: i32,
    bold: bool,
}

impl Look {
    fn of(draft: &Draft) -> Self {
        let line = draft.lines.iter().max_by_key(|it| it.characters);
        Self { size: line.map_or(0, |it| (it.size * 2.0).round() as i32), bold: draft.lines.iter().all(|it| it.bold) }
    }

    /// Larger first; of one size, bold first.
    fn rank(self) -> (i32, bool) {
        (-self.size, !self.bold)
    }
}

/// Levels by look and by outline.
#[derive(Debug, Default)]
pub(super) struct Levels {
    looks: Vec<(Look, u8)>,
    /// Titles of the outline, letters only, with level and page.
    outline: Vec<(String, u8, u32)>,
}

impl Levels {
    pub(super) fn new(outline: &[OutlineItem]) -> Self {
        let outline = outline
            .iter()
            .map(|item| (letters(&item.title), item.level, item.page))
            .filter(|(title, ..)| title.len() > 1)
            .collect();
        Self { looks: Vec::new(), outline }
    }

    /// Levels by the size alone, where there are no pages to learn from: that of a book's chapters, sections and parts of
    /// sections as a multiple of the size of its text.
    pub(super) fn by_size(body: f32) -> Self {
        const LEAST: [(f32, u8); 3] = [(1.7, 1), (1.35, 2), (1.12, 3)];
        let look = |times: f32| Look { size: (2.0 * times * body).round() as i32, bold: false };
        Self { looks: LEAST.iter().map(|(times, level)| (look(*times), *level)).collect(), outline: Vec::new() }
    }

    /// Learns which looks stand for which level from the headings of sampled pages.
    pub(super) fn learn(&mut self, headings: &[(u32, String, &Draft)]) {
        let mut seen: HashMap<Look, HashMap<u8, usize>> = HashMap::new();
        for (page, text, draft) in headings {
            let votes = seen.entry(Look::of(draft)).or_default();
            if let Some(level) = self.in_outline(*page, text) {
                *votes.entry(level).or_default() += 1;
            }
        }
        let mut looks: Vec<_> = seen.into_iter().collect();
        looks.sort_by_key(|(look, _)| look.rank());
        let mut level = 0;
        for (look, votes) in looks {
            let voted = votes.iter().max_by_key(|(level, count)| (**count, std::cmp::Reverse(**level)));
            level = match voted {
                Some((&voted, _)) => voted.max(level),
                None => level + 1,
            }
            .min(DEEPEST);
            self.looks.push((look, level));
        }
    }

    /// The level of a heading that looks like this.
    fn by_look(&self, look: Look) -> u8 {
        if let Some((_, level)) = self.looks.iter().find(|(it, _)| *it == look) {
            return *level;
        }
        // Between its neighbours: at least as deep as every larger look.
        let above = self.looks.iter().rfind(|(it, _)| it.rank() < look.rank());
        let below = self.looks.iter().find(|(it, _)| it.rank() > look.rank());
        match (above, below) {
            (Some((_, above)), Some((_, below))) => (*above + 1).min(*below).max(*above),
            (Some((_, above)), None) => (*above + 1).min(DEEPEST),
            (None, Some((_, below))) => (*below).saturating_sub(1).max(1),
            (None, None) => 1,
        }
    }

    /// The level of the outline's entry that these words are, if its page is near.
    fn in_outline(&self, page: u32, text: &str) -> Option<u8> {
        let text = letters(text);
        if text.len() < 2 {
            return None;
        }
        self.outline
            .iter()
            .filter(|(_, _, at)| at.abs_diff(page) <= 1)
            .find(|(title, ..)| same_title(title, &text))
            .map(|(_, level, _)| *level)
    }
}

/// The level if the draft is a heading.
pub(super) fn level(style: &Style, words: &Words, page: u32, draft: &Draft) -> Option<u8> {
    let characters: usize = draft.lines.iter().map(|it| it.characters).sum();
    if draft.lines.len() > 5 || !(2..=220).contains(&characters) {
        return None;
    }
    if draft.lines.iter().any(|it| {
        it.pieces.len() > 1 && it.pieces.iter().any(|piece| piece.area.x0 > it.area.x0 + 0.5 * it.area.width())
    }) {
        return None;
    }
    let text = draft.text(words);
    if let Some(level) = style.levels.in_outline(page, &text) {
        return Some(level);
    }
    looks_like_heading(style, draft, &text, characters).then(|| style.levels.by_look(Look::of(draft)))
}

fn looks_like_heading(style: &Style, draft: &Draft, text: &str, characters: usize) -> bool {
    let size = draft.lines.iter().map(|it| it.size).fold(0.0, f32::max);
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    if letters < 2 || letters * 2 < characters {
        return false;
    }
    let sentence = text.ends_with(['.', ',', ';']) && characters > 40;
    let larger = size > 1.12 * style.body;
    let bold = !style.body_bold && size > 0.95 * style.body && draft.lines.iter().all(|it| it.bold);
    let starts_small = text.chars().find(|it| it.is_alphabetic()).is_some_and(char::is_lowercase);
    (larger && !sentence) || (bold && !sentence && !starts_small && draft.lines.len() <= 3 && characters <= 140)
}

/// Letters and digits, lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title in the outline may lack the number that the page gives it, or the other way round.
fn same_title(title: &str, text: &str) -> bool {
    let (long, short) = if title.len() > text.len() { (title, text) } else { (text, title) };
    if long == short {
        return true;
    }
    let Some(rest) = long.strip_suffix(short) else {
        return false;
    };
    let rest = rest.trim_start_matches("chapter").trim_start_matches("section").trim_start_matches("part");
    rest.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_front_makes_no_other_title() {
        assert!(same_title("whatismemory", "81whatismemory"));
        assert!(same_title("chapter8memory", "memory"));
        assert!(!same_title("memory", "falsememory"));
    }
}
