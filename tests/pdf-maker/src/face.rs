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
}

impl Face {
    /// All of them, in the order of their objects in the file.
    pub(crate) const ALL: [Self; 5] = [Self::Sans, Self::SansBold, Self::Serif, Self::SerifBold, Self::Mono];

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
        }
    }

    /// About how wide a text is, in points.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let of = |letter: char| match (self, letter) {
            (Self::Mono, _) => 0.6,
            (_, 'i' | 'j' | 'l' | '.' | ',' | '\'' | ' ' | ':' | ';' | '|' | 'I') => 0.27,
            (_, 'f' | 't' | 'r' | '(' | ')' | '-') => 0.33,
            (_, 'm' | 'w' | 'M' | 'W') => 0.83,
            (_, 'A'..='Z') => 0.69,
            (Self::Serif | Self::SerifBold, _) => 0.48,
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
