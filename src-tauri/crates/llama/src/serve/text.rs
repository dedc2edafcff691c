//! Text out of the bytes of tokens.

/// Makes whole characters of bytes that come in pieces, and holds back what may be the beginning of a stop text.
pub(super) struct Text<'a> {
    stops: &'a [String],
    /// The beginning of a character.
    bytes: Vec<u8>,
    /// What may become a stop text.
    held: String,
}

impl<'a> Text<'a> {
    pub(super) fn new(stops: &'a [String]) -> Self {
        Self { stops, bytes: Vec::new(), held: String::new() }
    }

    /// Whether all characters stay whole if these bytes come next.
    pub(super) fn fits(&self, bytes: &[u8]) -> bool {
        let all = [self.bytes.as_slice(), bytes].concat();
        match std::str::from_utf8(&all) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        }
    }

    /// The text that is certain now, and whether a stop text came behind it. Bytes that are no character become
    /// U+FFFD.
    pub(super) fn push(&mut self, bytes: &[u8]) -> (String, bool) {
        self.bytes.extend_from_slice(bytes);
        self.take_characters();
        let found = self.stops.iter().filter(|stop| !stop.is_empty()).filter_map(|stop| self.held.find(stop.as_str()));
        if let Some(place) = found.min() {
            self.held.truncate(place);
            return (std::mem::take(&mut self.held), true);
        }
        let keep = self.stops.iter().map(|stop| longest_beginning(stop, &self.held)).max().unwrap_or(0);
        let rest = self.held.split_off(self.held.len() - keep);
        (std::mem::replace(&mut self.held, rest), false)
    }

    /// What was held back; the beginning of a character is left out.
    pub(super) fn rest(self) -> String {
        self.held
    }

    fn take_characters(&mut self) {
        let mut whole = 0;
        for chunk in self.bytes.utf8_chunks() {
            self.held.push_str(chunk.valid());
            whole += chunk.valid().len();
            let rest = chunk.invalid();
            // Only at the end can a character lack bytes that may still come.
            let unfinished = whole + rest.len() == self.bytes.len()
                && std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none());
            if !rest.is_empty() && !unfinished {
                self.held.push(char::REPLACEMENT_CHARACTER);
                whole += rest.len();
            }
        }
        self.bytes.drain(..whole);
    }
}

/// The length of the longest end of `text` with which `stop` begins.
fn longest_beginning(stop: &str, text: &str) -> usize {
    let most = stop.len().min(text.len());
    (1..=most).rev().find(|&n| stop.as_bytes().get(..n) == text.as_bytes().get(text.len() - n..)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All that comes out, the rest included, and whether a stop text came.
    fn written(stops: &[&str], pieces: &[&[u8]]) -> (String, bool) {
        let stops: Vec<String> = stops.iter().map(|stop| (*stop).to_owned()).collect();
        let mut text = Text::new(&stops);
        let mut all = String::new();
        for piece in pieces {
            let (out, stopped) = text.push(piece);
            all.push_str(&out);
            if stopped {
                return (all, true);
            }
        }
        all.push_str(&text.rest());
        (all, false)
    }

    #[test]
    fn a_character_comes_out_whole() {
        let mut text = Text::new(&[]);
        assert_eq!(text.push(b"a\xe2\x82"), ("a".into(), false));
        assert!(text.fits(b"\xac") && !text.fits(b"x"));
        assert_eq!(text.push(b"\xac"), ("€".into(), false));
    }

    #[test]
    fn bytes_that_are_no_character_are_replaced_and_what_is_cut_is_left_out() {
        assert_eq!(written(&[], &[b"a\xff", b"\xe2\x82b\xe2\x82"]), ("a\u{fffd}\u{fffd}b".into(), false));
    }

    #[test]
    fn a_stop_text_is_found_across_pieces_and_not_shown() {
        assert_eq!(written(&["END"], &[b"one E", b"N", b"D two"]), ("one ".into(), true));
        assert_eq!(written(&["END"], &[b"one E", b"N", b"d two"]), ("one ENd two".into(), false));
        assert_eq!(written(&["b", "ab"], &[b"xa", b"b"]), ("x".into(), true));
    }

    proptest! {
        #[test]
        fn text_in_any_pieces_comes_out_as_it_is(text in "\\PC{0,40}", cuts in prop::collection::vec(0_usize..60, 0..6)) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &text.as_bytes()[pair[0]..pair[1]]).collect();
            prop_assert_eq!(written(&["\u{1}stop"], &pieces), (text, false));
        }
    }
}
