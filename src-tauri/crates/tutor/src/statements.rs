//! An executor's text, taken apart as it streams: statements, each with the evidence it names.

/// A piece of an answer: words, and the numbers in the brackets behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The words, without brackets.
    pub(crate) text: String,
    /// The evidence it names, from 1.
    pub(crate) evidence: Vec<usize>,
}

/// Collects streamed text and gives out the statements that are whole.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    pending: String,
}

impl Statements {
    /// Takes the next piece of text; gives the statements that ended in it.
    pub(crate) fn push(&mut self, text: &str) -> Vec<Said> {
        self.pending.push_str(text);
        let mut whole = Vec::new();
        while let Some((said, rest)) = first(&self.pending) {
            let rest = rest.to_owned();
            whole.push(said);
            self.pending = rest;
        }
        whole
    }

    /// The statement that ended with the stream. Words that name no evidence are no statement.
    pub(crate) fn finish(&mut self) -> Option<Said> {
        // A word behind the last marker closes it.
        self.push("\u{0}").into_iter().next()
    }
}

/// The first statement and what follows it. It is whole once something other than a further marker follows.
fn first(text: &str) -> Option<(Said, &str)> {
    let mut evidence = Vec::new();
    let mut words_end = None;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let skipped = rest.len() - rest.trim_start().len();
        if let Some((number, length)) = marker(&rest[skipped..]) {
            words_end.get_or_insert(at);
            evidence.push(number);
            at += skipped + length;
        } else if let (Some(end), false) = (words_end, rest.trim_start().is_empty()) {
            // An opened bracket may become a marker with the next piece.
            let open = rest.trim_start();
            if open.starts_with('[') && open.len() < 5 && open[1..].chars().all(|c| c.is_ascii_digit()) {
                return None;
            }
            let said = Said { text: text[..end].trim().to_owned(), evidence };
            return Some((said, rest));
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    None
}

/// A marker such as "[3]" at the start of `text`: its number and its length.
fn marker(text: &str) -> Option<(usize, usize)> {
    let digits = text.strip_prefix('[')?;
    let end = digits.find(']').filter(|end| (1..=3).contains(end))?;
    let number = digits[..end].parse().ok()?;
    Some((number, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, evidence: &[usize]) -> Said {
        Said { text: text.to_owned(), evidence: evidence.to_vec() }
    }

    /// However the text is cut into pieces, the statements are the same.
    fn all(text: &str) -> Vec<Said> {
        let whole = collect([text]);
        for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)) {
            assert_eq!(collect([&text[..cut], &text[cut..]]), whole, "cut at {cut}");
        }
        whole
    }

    fn collect<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Vec<Said> {
        let mut statements = Statements::default();
        let mut all: Vec<Said> = pieces.into_iter().flat_map(|piece| statements.push(piece)).collect();
        all.extend(statements.finish());
        all
    }

    #[test]
    fn each_statement_has_the_evidence_behind_it() {
        assert_eq!(
            all("Water boils. [1] Ice is cold. [2] [3] It’s “wet”.[4]"),
            [said("Water boils.", &[1]), said("Ice is cold.", &[2, 3]), said("It’s “wet”.", &[4])]
        );
    }

    #[test]
    fn words_without_evidence_are_no_statement() {
        assert_eq!(all("Water boils. [1] I think so."), [said("Water boils.", &[1])]);
        assert_eq!(all("See [a] and [2024] and [12"), []);
    }
}
