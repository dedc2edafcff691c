//! Formulas on lines of their own.
//!
//! A formula falls apart into lines of a numerator, a bar and limits. Whatever is mathematics and near belongs to it,
//! but it takes a line that is surely one to begin with: set in, mostly of signs and letters of formulas, with a
//! relation or an operator in it.

use super::lines::{BULLETS, Line};
use super::words::{Token, Words};

/// A stretch of a column.
pub(super) enum Stretch {
    Text(Vec<Line>),
    Formula(Vec<Line>),
}

/// A formula stands in by so much, in sizes of its type.
const SET_IN: f32 = 0.8;
/// A part of a formula is as near to the rest, in sizes of the type.
const NEAR: f32 = 0.45;
/// Lines of one formula, or of several one below the other, are as near to each other.
const NEXT: f32 = 1.1;
/// Words of so many letters that are no function's name are words of a language, and so are these shorter ones.
const WORD: usize = 3;
const SHORT: &[&str] = &[
    "is", "of", "in", "to", "we", "be", "by", "at", "as", "it", "an", "on", "no", "so", "do", "us", "up", "he", "my",
    "if", "or", "de", "la", "le", "en", "un", "et", "du", "es", "er", "ab", "am", "im", "zu", "da", "wo",
];
/// No part of a formula without a sign in it is longer, in characters.
const PART: usize = 40;
/// Two lines that share so much of their height, in sizes of the type, are of one line of text.
const REACH: f32 = 0.3;
/// Names of functions, set upright in formulas.
const FUNCTIONS: &[&str] = &[
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "exp", "log", "ln",
    "lim", "liminf", "limsup", "max", "min", "sup", "inf", "arg", "argmax", "argmin", "det", "dim", "ker", "mod",
    "gcd", "deg", "var", "cov", "pr", "sgn", "tr", "rank", "diag",
];

/// Divides the lines of a column into text and formulas.
pub(super) fn stretches(words: &Words, lines: Vec<Line>) -> Vec<Stretch> {
    let found = formulas(words, &lines);
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut last = None;
    for (line, formula) in lines.into_iter().zip(found) {
        match (stretches.last_mut(), formula) {
            (Some(Stretch::Formula(lines)), Some(_)) if last == formula => lines.push(line),
            (Some(Stretch::Text(lines)), None) => lines.push(line),
            (_, Some(_)) => stretches.push(Stretch::Formula(vec![line])),
            (_, None) => stretches.push(Stretch::Text(vec![line])),
        }
        last = formula;
    }
    stretches
}

/// Which formula each line is of.
fn formulas(words: &Words, lines: &[Line]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; lines.len()];
    if !lines.iter().any(|it| it.tokens().any(|token| is_mathematical(words, &words.tokens[token]))) {
        return found;
    }
    let weights: Vec<Weight> = lines.iter().map(|it| Weight::of(words, it)).collect();
    let Some(left) = left_edge(lines, &weights) else {
        return found;
    };
    let set_in = |at: usize| lines[at].start() > left + SET_IN * lines[at].size;
    for at in 0..lines.len() {
        if found[at].is_some() || !weights[at].is_formula() || !set_in(at) || continues_text(lines, &weights, at) {
            continue;
        }
        found[at] = Some(at);
        let (mut first, mut last) = (at, at);
        let mut area = lines[at].area;
        let belongs = |next: usize, gap: f32| {
            let weight = &weights[next];
            let near = match () {
                () if weight.is_formula() => NEXT,
                () if weight.is_part() => NEAR,
                () if weight.is_side() => 0.0,
                () => return false,
            };
            set_in(next) && gap < near * lines[at].size
        };
        loop {
            let above =
                first.checked_sub(1).filter(|&it| found[it].is_none() && belongs(it, area.y0 - lines[it].area.y1));
            if let Some(above) = above {
                first = above;
                area = area.with(&lines[above].area);
                continue;
            }
            let below = Some(last + 1).filter(|&it| it < lines.len() && belongs(it, lines[it].area.y0 - area.y1));
            match below {
                Some(below) => {
                    last = below;
                    area = area.with(&lines[below].area);
                }
                None => break,
            }
        }
        // Lines that reach into a line of text are signs of that line which stand high or low.
        let outside = [first.checked_sub(1), Some(last + 1)];
        let inside_text = outside.into_iter().flatten().filter_map(|it| lines.get(it)).any(|it| {
            let shared = area.y1.min(it.area.y1) - area.y0.max(it.area.y0);
            shared > REACH * it.size
        });
        found[first..=last].fill((!inside_text).then_some(at));
    }
    found
}

/// Where the lines of text begin: the leftmost edge.
fn left_edge(lines: &[Line], weights: &[Weight]) -> Option<f32> {
    let text = lines.iter().zip(weights).filter(|(_, weight)| weight.prose > 10);
    text.map(|(line, _)| line.start()).min_by(f32::total_cmp)
}

/// Whether a line is one of a paragraph or list that happens to be mostly signs: text beside it begins where it does.
fn continues_text(lines: &[Line], weights: &[Weight], at: usize) -> bool {
    let own = &lines[at];
    let near = [at.checked_sub(1), Some(at + 1)];
    near.into_iter().flatten().filter_map(|it| Some((lines.get(it)?, weights.get(it)?))).any(|(line, weight)| {
        let pitch = (line.area.y1 - own.area.y1).abs() / own.size;
        !weight.is_formula() && !weight.is_part() && pitch < 1.6 && (line.start() - own.start()).abs() < 0.5 * own.size
    })
}

/// Characters of a line by what they are.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// Of formulas: their fonts, their signs.
    math: usize,
    /// Of words of a language, and how many these are.
    prose: usize,
    words: usize,
    /// Numbers, single letters, names of functions, marks.
    neutral: usize,
    /// Signs that relate or join two sides.
    relations: usize,
    /// It begins as an item of a list.
    item: bool,
}

impl Weight {
    fn of(words: &Words, line: &Line) -> Self {
        let mut weight = Self { item: line.marked || line.first(words).starts_with(BULLETS), ..Self::default() };
        for token in line.tokens().map(|it| &words.tokens[it]) {
            let word = words.word(token);
            let count = word.chars().count();
            weight.relations += word.chars().filter(|it| relates(*it)).count();
            if is_mathematical(words, token) {
                weight.math += count;
            } else if is_word(word) {
                weight.prose += count;
                weight.words += 1;
            } else {
                weight.neutral += count;
            }
        }
        weight
    }

    fn is_formula(&self) -> bool {
        let signs = self.math + self.neutral;
        !self.item && self.relations > 0 && self.math > 1 && signs >= 3 && self.math * 4 > signs && self.prose == 0
    }

    /// A side of an equation that a word names, level with the rest of it.
    fn is_side(&self) -> bool {
        !self.item && self.relations > 0 && self.math > 0 && self.words == 1 && self.prose <= self.math + self.neutral
    }

    /// It may be a part of a formula beside it.
    fn is_part(&self) -> bool {
        !self.item && self.prose == 0 && self.math + self.neutral < PART
    }
}

/// Whether a word of a language is in it; a name right before a bracket is a function's.
fn is_word(word: &str) -> bool {
    word.split_inclusive(|it: char| !it.is_alphabetic()).any(|part| {
        let small = part.trim_end_matches(|it: char| !it.is_alphabetic()).to_lowercase();
        let function = part.ends_with('(') || FUNCTIONS.contains(&small.as_str());
        SHORT.contains(&small.as_str()) || (small.chars().count() >= WORD && !function)
    })
}

/// Set in a font for formulas, or with a sign or letter that stands only there.
fn is_mathematical(words: &Words, token: &Token) -> bool {
    let word = words.word(token);
    let bullet = word.chars().all(|it| BULLETS.contains(&it));
    (token.math && !bullet) || word.chars().any(is_sign)
}

/// Signs and letters of formulas: arrows, operators and the mathematical alphabets (Unicode's blocks of these names).
fn is_sign(letter: char) -> bool {
    matches!(
        letter,
        '\u{2190}'..='\u{22ff}' | '\u{27c0}'..='\u{27ef}' | '\u{2980}'..='\u{2aff}' | '\u{1d400}'..='\u{1d7ff}'
    ) || matches!(letter, '±' | '×' | '÷' | '¬' | 'ℓ' | 'ℝ' | 'ℕ' | 'ℤ' | 'ℂ' | 'ℚ')
}

fn relates(letter: char) -> bool {
    matches!(
        letter,
        '=' | '<'
            | '>'
            | '+'
            | '−'
            | '±'
            | '×'
            | '≤'
            | '≥'
            | '≈'
            | '≠'
            | '∼'
            | '≡'
            | '∝'
            | '∈'
            | '⊂'
            | '⊆'
            | '→'
            | '↦'
            | '⇒'
            | '⇔'
            | '∑'
            | '∏'
            | '∫'
            | '√'
            | '≪'
            | '≫'
            | '≅'
            | '≜'
            | '⟹'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Area;
    use crate::pdf::lines;

    /// Words of 10 points, each letter 5 wide, five points between words: left edge, top, text. Words in dollars are set
    /// in a font for formulas.
    fn column(parts: &[(f32, f32, &str)]) -> (Words, Vec<Line>) {
        let mut words = Words::default();
        for (left, top, text) in parts {
            let mut x0 = *left;
            for word in text.split(' ') {
                let bare = word.trim_matches('$');
                let x1 = x0 + 5.0 * bare.chars().count() as f32;
                let area = Area { x0, y0: *top, x1, y1: top + 12.0 };
                words.push(bare, area, 10.0).math = bare.len() < word.len();
                x0 = x1 + 5.0;
            }
        }
        let pieces = lines::pieces(&words, 0..words.tokens.len());
        let lines = lines::lines(&words, pieces);
        (words, lines)
    }

    fn check(parts: &[(f32, f32, &str)]) -> Vec<String> {
        let (words, lines) = column(parts);
        let text = |lines: Vec<Line>| lines.iter().map(|it| it.text(&words)).collect::<Vec<_>>().join(" / ");
        stretches(&words, lines)
            .into_iter()
            .filter_map(|it| match it {
                Stretch::Formula(lines) => Some(text(lines)),
                Stretch::Text(_) => None,
            })
            .collect()
    }

    const ABOVE: (f32, f32, &str) = (50.0, 100.0, "The mean of a sample is defined as usual by");
    const BELOW: (f32, f32, &str) = (50.0, 170.0, "where the number of its elements is known.");

    #[test]
    fn a_fraction_is_one_formula_with_its_number() {
        let parts = [
            ABOVE,
            (140.0, 122.0, "$n$"),
            (90.0, 130.0, "$µ$ = $∑$ $x$"),
            (300.0, 130.0, "(3)"),
            (140.0, 139.0, "$i$ = 1"),
            BELOW,
        ];
        assert_eq!(check(&parts), ["n / µ = ∑ x (3) / i = 1"]);
    }

    #[test]
    fn a_line_of_a_paragraph_is_none_however_many_signs_it_has() {
        let inside = [ABOVE, (50.0, 114.0, "$x$ = $y$ + $z$"), (50.0, 128.0, "and goes on with many words.")];
        assert_eq!(check(&inside), Vec::<String>::new());
        let set_in = [
            ABOVE,
            (90.0, 130.0, "a quotation that is set in and has"),
            (90.0, 144.0, "$x$ = $y$ + $z$"),
            (90.0, 158.0, "in the midst of its words."),
        ];
        assert_eq!(check(&set_in), Vec::<String>::new());
    }

    #[test]
    fn signs_that_fall_out_of_a_line_of_text_are_none() {
        let parts = [
            ABOVE,
            (62.0, 130.0, "Let $D$ = $x$ + $y$ be the set of all"),
            (90.0, 136.0, "$i$ , $p$ = $n$"),
            (50.0, 144.0, "elements of which it is made."),
        ];
        assert_eq!(check(&parts), Vec::<String>::new());
    }

    #[test]
    fn plain_letters_and_numbers_are_none() {
        assert_eq!(check(&[ABOVE, (90.0, 135.0, "sum = a + b"), BELOW]), Vec::<String>::new());
        assert_eq!(check(&[ABOVE, (90.0, 135.0, "mean = 5.5 , p < .05"), BELOW]), Vec::<String>::new());
    }
}
