//! Sentences in which is declared what can be changed.

/// What a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Date,
    Unit,
    Entity,
    Polarity,
    Direction,
}

impl Kind {
    fn of(letter: &str) -> Option<Self> {
        Some(match letter {
            "n" => Self::Number,
            "y" => Self::Date,
            "u" => Self::Unit,
            "e" => Self::Entity,
            "p" => Self::Polarity,
            "o" => Self::Direction,
            _ => return None,
        })
    }
}

/// A piece of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// What stands there, and behind it what may stand there instead; of plain words there is nothing else.
    pub(crate) ways: Vec<String>,
    pub(crate) kind: Option<Kind>,
    /// Whether a shorter sentence does without it.
    optional: bool,
}

impl Piece {
    pub(crate) fn own(&self) -> &str {
        self.ways.first().map_or("", String::as_str)
    }
}

/// A sentence with slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Template {
    pub(crate) pieces: Vec<Piece>,
}

impl Template {
    pub(crate) fn read(line: &str) -> Self {
        let mut pieces = Vec::new();
        let mut optional = false;
        let mut rest = line;
        while !rest.is_empty() {
            let end = rest.find(['{', '[', ']']).unwrap_or(rest.len());
            if end > 0 {
                pieces.push(Piece { ways: vec![rest[..end].to_owned()], kind: None, optional });
                rest = &rest[end..];
            } else if let Some((slot, behind)) = rest.strip_prefix('{').and_then(|it| it.split_once('}')) {
                let (letter, ways) = slot.split_once(':').unwrap_or(("", slot));
                let ways = ways.split('|').map(str::to_owned).collect();
                pieces.push(Piece { ways, kind: Kind::of(letter), optional });
                rest = behind;
            } else {
                optional = rest.starts_with('[');
                rest = &rest[1..];
            }
        }
        Self { pieces }
    }

    /// The slots: their places among the pieces, and their kinds.
    pub(crate) fn slots(&self) -> impl Iterator<Item = (usize, Kind)> {
        self.pieces.iter().enumerate().filter_map(|(at, piece)| Some((at, piece.kind?)))
    }

    pub(crate) fn whole(&self) -> String {
        self.pieces.iter().map(Piece::own).collect()
    }

    pub(crate) fn can_be_shortened(&self) -> bool {
        self.pieces.iter().any(|piece| piece.optional)
    }

    pub(crate) fn shortened(&self) -> String {
        let text: String = self.pieces.iter().filter(|piece| !piece.optional).map(Piece::own).collect();
        let mut text = text.replace("  ", " ");
        for mark in [',', ';', '.'] {
            text = text.replace(&format!(" {mark}"), &mark.to_string());
        }
        text
    }

    /// The sentence with other words at these places.
    pub(crate) fn with(&self, others: &[(usize, String)]) -> String {
        let told = |(at, piece): (usize, &Piece)| {
            let other = others.iter().find(|(place, _)| *place == at);
            other.map_or_else(|| piece.own().to_owned(), |(_, other)| other.clone())
        };
        self.pieces.iter().enumerate().map(told).collect()
    }
}
