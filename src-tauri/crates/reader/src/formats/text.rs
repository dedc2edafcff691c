//! Text as a person sees it: white space collapsed, what is invisible left out.

use super::styled::Styled;
use crate::emphasis::Look;

/// Collects a block's text; runs of white space become one space, and there is none at either end.
///
/// No-break spaces and all other letters stay as they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    text: Styled,
    /// How the letters look that come next.
    look: Look,
    /// White space was met since the last letter.
    space: bool,
}

impl Line {
    pub(crate) fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if is_space(letter) {
                self.space = true;
            } else if !is_invisible(letter) {
                if self.space && !self.text.is_empty() {
                    self.text.push_letter(' ', Look::default());
                }
                self.space = false;
                self.text.push_letter(letter, self.look);
            }
        }
    }

    /// Says how the letters look that come next.
    pub(crate) fn look(&mut self, look: Look) {
        self.look = look;
    }

    /// Adds a text as it is.
    pub(crate) fn push_styled(&mut self, text: Styled) {
        if self.space && !self.text.is_empty() {
            self.text.push_letter(' ', Look::default());
        }
        self.space = false;
        self.text.push(text);
    }

    /// Makes sure that what comes is not glued to what stands there.
    pub(crate) fn space(&mut self) {
        self.space = true;
    }

    /// Bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.text.text.len()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text.text
    }

    /// Leaves out the bytes `start..end`, which must be whole letters.
    pub(crate) fn leave_out(&mut self, start: usize, end: usize) {
        let rest = self.text.part(end, self.len());
        self.text = self.text.part(0, start);
        self.text.push(rest);
    }

    /// The text, without no-break spaces at its ends; an empty line stays behind.
    pub(crate) fn take(&mut self) -> String {
        self.take_styled().text
    }

    /// The same with the looks of its letters; how those look that come next stays.
    pub(crate) fn take_styled(&mut self) -> Styled {
        self.space = false;
        std::mem::take(&mut self.text).trimmed()
    }
}

/// The text with its white space collapsed.
pub(crate) fn collapsed(text: &str) -> String {
    let mut line = Line::default();
    line.push(text);
    line.take()
}

/// Lines as they stand, for code: only empty lines at both ends and white space at the ends of lines are left out.
pub(crate) fn verbatim(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            line.chars().filter(|it| *it == '\t' || !is_invisible(*it)).collect::<String>().trim_end().to_owned()
        })
        .collect();
    let first = lines.iter().position(|it| !it.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|it| !it.is_empty()).map_or(first, |it| it + 1);
    lines[first..last].join("\n")
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters, the mark of a possible division and the byte order mark: nobody sees them, and a search for
/// the word should not have to know of them.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{feff}')
}

/// A number as a list shows it in small letters: 1 is a, 27 is aa.
pub(crate) fn letters(number: u32) -> String {
    if number == 0 || number > 26 * 20 {
        return number.to_string();
    }
    let letter = char::from(b'a' + u8::try_from((number - 1) % 26).unwrap_or(0));
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1) as usize).collect()
}

/// A number in small Roman numerals.
pub(crate) fn roman(number: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let mut left = number;
    let mut numeral = String::new();
    for (value, letters) in PARTS {
        while left >= value {
            numeral.push_str(letters);
            left -= value;
        }
    }
    numeral
}

/// What stands before an item that a list marks with `glyph`: a picture of some font's own is shown as a dot.
pub(crate) fn bullet(glyph: &str) -> String {
    match glyph.trim().chars().next() {
        Some(letter) if !matches!(letter, '\u{e000}'..='\u{f8ff}' | '·' | '§' | 'o' | 'v' | 'Ø' | 'ü' | 'q') => {
            letter.to_string()
        }
        _ => "•".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_collapsed_and_nothing_else() {
        assert_eq!(collapsed("  a\t b\r\n\u{a0}c psy\u{ad}cho  "), "a b \u{a0}c psycho");
        assert_eq!(collapsed(" \u{a0} "), "");
    }

    #[test]
    fn code_keeps_its_lines() {
        assert_eq!(verbatim("\n\n  if x:\r\n\ty()  \n\nz\n\n"), "  if x:\n\ty()\n\nz");
        assert_eq!(verbatim(" \n "), "");
    }

    #[test]
    fn numbers_are_written_as_lists_write_them() {
        assert_eq!((letters(1).as_str(), letters(28).as_str()), ("a", "bb"));
        assert_eq!((roman(4).as_str(), roman(1987).as_str()), ("iv", "mcmlxxxvii"));
    }
}
