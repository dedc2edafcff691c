//! The 256 bytes as GPT-2 writes them, and the ends of turns.

use crate::gguf::Value;

const NORMAL: i32 = 1;
const CONTROL: i32 = 3;
const USER_DEFINED: i32 = 4;

/// The number of the token that ends a text.
const END_OF_TEXT: u32 = 256;
/// The number of the token that ends a turn, where there is one.
const END_OF_TURN: u32 = 258;

/// What `<|im_start|>` and `<|im_end|>` are to the tokenizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnTokens {
    /// Control tokens, as it should be.
    Control,
    /// Tokens that are found in any text, as some converters leave them.
    UserDefined,
    /// No tokens at all: they are written letter by letter.
    Absent,
}

impl TurnTokens {
    /// How many tokens there are.
    pub(crate) fn size(self) -> u64 {
        if self == Self::Absent { 257 } else { 259 }
    }

    pub(crate) fn metadata(self) -> Vec<(String, Value)> {
        let mut tokens: Vec<String> = (0..=255).map(|byte| letter(byte).to_string()).collect();
        let mut kinds = vec![NORMAL; tokens.len()];
        let mut end = END_OF_TEXT;
        tokens.push("<|endoftext|>".into());
        kinds.push(CONTROL);
        if self != Self::Absent {
            let kind = if self == Self::Control { CONTROL } else { USER_DEFINED };
            tokens.extend(["<|im_start|>".into(), "<|im_end|>".into()]);
            kinds.extend([kind, kind]);
            end = END_OF_TURN;
        }
        [
            ("model", Value::Text("gpt2".into())),
            ("pre", Value::Text("gpt-2".into())),
            ("tokens", Value::Texts(tokens)),
            ("token_type", Value::I32s(kinds)),
            ("merges", Value::Texts(Vec::new())),
            ("bos_token_id", Value::U32(END_OF_TEXT)),
            ("eos_token_id", Value::U32(end)),
            ("add_bos_token", Value::Bool(false)),
        ]
        .map(|(key, value)| (format!("tokenizer.ggml.{key}"), value))
        .into()
    }
}

/// The printable letter that stands for a byte in GPT-2's vocabulary: itself where it is one, else the next free one
/// behind Latin-1.
fn letter(byte: u8) -> char {
    let printable = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    if printable(byte) {
        char::from(byte)
    } else {
        let before = (0..byte).filter(|&earlier| !printable(earlier)).count() as u32;
        char::from_u32(256 + before).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_a_letter_of_its_own() {
        let letters: std::collections::BTreeSet<char> = (0..=255).map(letter).collect();
        assert_eq!(letters.len(), 256);
        assert_eq!((letter(b' '), letter(b'\n'), letter(b'a')), ('Ġ', 'Ċ', 'a'));
    }
}
