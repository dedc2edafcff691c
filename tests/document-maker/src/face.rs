//! Fonts that every reader has, and lines set in them.

/// A font that every reader has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Helvetica.
    Sans,
    /// Helvetica Bold.
    SansBold,
    /// Times Roman.
    Serif,
    /// Times Bold.
    SerifBold,
    /// Courier.
    Mono,
    /// Times Italic.
    SerifItalic,
    /// Symbol: Greek letters and the signs of formulas.
    Symbol,
}

impl Face {
    /// All of them, in the order of their objects in the file.
    pub(crate) const ALL: [Self; 7] =
        [Self::Sans, Self::SansBold, Self::Serif, Self::SerifBold, Self::Mono, Self::SerifItalic, Self::Symbol];

    /// What a page's resources call it.
    pub(crate) fn name(self) -> String {
        format!("F{}", self as usize)
    }

    /// Its own name.
    pub(crate) fn base_font(self) -> &'static str {
        match self {
            Self::Sans => "Helvetica",
            Self::SansBold => "Helvetica-Bold",
            Self::Serif => "Times-Roman",
            Self::SerifBold => "Times-Bold",
            Self::Mono => "Courier",
            Self::SerifItalic => "Times-Italic",
            Self::Symbol => "Symbol",
        }
    }

    /// How its letters are numbered, unless the font itself says it.
    pub(crate) fn encoding(self) -> &'static str {
        if self == Self::Symbol { "" } else { "/Encoding /WinAnsiEncoding" }
    }

    /// The inside of a string in the numbers of its letters.
    pub(crate) fn encoded(self, text: &str) -> Vec<u8> {
        if self == Self::Symbol { symbols(text) } else { escaped(text) }
    }

    /// About how wide a text is, in points.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let of = |letter: char| match (self, letter) {
            (Self::Mono, _) => 0.6,
            (_, 'i' | 'j' | 'l' | '.' | ',' | '\'' | ' ' | ':' | ';' | '|' | 'I') => 0.27,
            (_, 'f' | 't' | 'r' | '(' | ')' | '-') => 0.33,
            (_, 'm' | 'w' | 'M' | 'W') => 0.83,
            (_, 'A'..='Z') => 0.69,
            (Self::Serif | Self::SerifBold | Self::SerifItalic, _) => 0.48,
            _ => 0.55,
        };
        text.chars().map(of).sum::<f32>() * size
    }

    /// Breaks a text into lines no wider than `width`, in points.
    pub fn wrapped(self, text: &str, width: f32, size: f32) -> Vec<String> {
        let mut lines: Vec<String> = vec![String::new()];
        for word in text.split_whitespace() {
            let Some(line) = lines.last_mut() else { break };
            let longer = format!("{line} {word}");
            if line.is_empty() {
                line.push_str(word);
            } else if self.width(&longer, size) <= width {
                *line = longer;
            } else {
                lines.push(word.to_owned());
            }
        }
        lines
    }
}

/// The inside of a string in the numbers of the Symbol font.
fn symbols(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| match letter {
            '∑' => 0xe5,
            '√' => 0xd6,
            '×' => 0xb4,
            '≤' => 0xa3,
            'µ' => b'm',
            'σ' => b's',
            ' '..='~' => letter as u8,
            _ => b'?',
        })
        .collect()
}

/// The inside of a string in Windows' Latin letters, which the fonts are encoded in.
pub(crate) fn escaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for letter in text.chars() {
        match letter {
            '(' | ')' | '\\' => out.extend([b'\\', letter as u8]),
            '“' => out.push(0x93),
            '”' => out.push(0x94),
            '’' => out.push(0x92),
            '–' => out.push(0x96),
            '•' => out.push(0x95),
            ' '..='~' | '\u{a0}'..='\u{ff}' => out.push(letter as u32 as u8),
            _ => out.push(b'?'),
        }
    }
    out
}
