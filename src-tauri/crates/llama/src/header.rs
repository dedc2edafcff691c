//! The head of a GGUF file, as far as it is needed before llama.cpp loads it.
//!
//! <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>. Everything in it may lie: no length is believed before
//! the bytes are there.

use std::collections::BTreeMap;
use std::io::{self, Read};

use crate::protocol::Failure;

/// Keys and texts that are longer are none of ours.
const LONGEST_KEPT: u64 = 64 << 10;

/// What the file says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    texts: BTreeMap<String, String>,
    /// Of a list, the largest.
    numbers: BTreeMap<String, u64>,
}

impl Header {
    /// Reads the head of a file.
    pub(crate) fn read(from: &mut impl Read) -> Result<Self, Failure> {
        let mut magic = [0; 4];
        from.read_exact(&mut magic).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Failure::NotAGguf,
            _ => unreadable(&error),
        })?;
        if &magic != b"GGUF" {
            return Err(Failure::NotAGguf);
        }
        match u32::from_le_bytes(bytes(from)?) {
            2 | 3 => {}
            version => return Err(Failure::Version(version)),
        }
        let _tensors = u64::from_le_bytes(bytes(from)?);
        let entries = u64::from_le_bytes(bytes(from)?);
        let mut header = Self::default();
        for _ in 0..entries {
            let key = text(from)?.unwrap_or_default();
            match value(from)? {
                Value::Number(number) => drop(header.numbers.insert(key, number)),
                Value::Text(text) => drop(header.texts.insert(key, text)),
                Value::Other => {}
            }
        }
        Ok(header)
    }

    /// llama.cpp's name of the architecture.
    pub(crate) fn architecture(&self) -> &str {
        self.texts.get("general.architecture").map_or("", String::as_str)
    }

    /// The model's name.
    pub(crate) fn name(&self) -> Option<&str> {
        self.texts.get("general.name").map(String::as_str)
    }

    /// A number that belongs to the architecture, such as `block_count`.
    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        self.numbers.get(&format!("{}.{key}", self.architecture())).copied()
    }

    /// Whether it reads whole texts at once, as models of embeddings do, and so can't write any.
    pub(crate) fn writes_no_text(&self) -> bool {
        self.number("attention.causal") == Some(0)
    }

    /// In how many files the model comes, of which this is one.
    pub(crate) fn parts(&self) -> u64 {
        self.numbers.get("split.count").copied().unwrap_or(1).max(1)
    }
}

enum Value {
    Number(u64),
    Text(String),
    Other,
}

/// The number of the type of texts.
const TEXT: u32 = 8;

fn value(from: &mut impl Read) -> Result<Value, Failure> {
    match u32::from_le_bytes(bytes(from)?) {
        TEXT => Ok(text(from)?.map_or(Value::Other, Value::Text)),
        9 => list(from),
        kind => scalar(kind, from),
    }
}

fn list(from: &mut impl Read) -> Result<Value, Failure> {
    let kind = u32::from_le_bytes(bytes(from)?);
    let length = u64::from_le_bytes(bytes(from)?);
    let mut largest = None;
    for _ in 0..length {
        if kind == TEXT {
            text(from)?;
        } else if let Value::Number(number) = scalar(kind, from)? {
            largest = largest.max(Some(number));
        }
    }
    Ok(largest.map_or(Value::Other, Value::Number))
}

/// A value of a fixed size; of numbers, those that are whole and not negative are of use, and yes and no are 1 and 0.
fn scalar(kind: u32, from: &mut impl Read) -> Result<Value, Failure> {
    let number = match kind {
        0 => u64::from(u8::from_le_bytes(bytes(from)?)),
        2 => u64::from(u16::from_le_bytes(bytes(from)?)),
        4 => u64::from(u32::from_le_bytes(bytes(from)?)),
        5 => u64::try_from(i32::from_le_bytes(bytes(from)?)).unwrap_or(0),
        10 => u64::from_le_bytes(bytes(from)?),
        11 => u64::try_from(i64::from_le_bytes(bytes(from)?)).unwrap_or(0),
        7 => u64::from(u8::from_le_bytes(bytes(from)?) != 0),
        1 => return bytes::<1>(from).map(|_| Value::Other),
        3 => return bytes::<2>(from).map(|_| Value::Other),
        6 => return bytes::<4>(from).map(|_| Value::Other),
        12 => return bytes::<8>(from).map(|_| Value::Other),
        _ => return Err(Failure::Damaged(format!("its head holds a value of the unknown type {kind}"))),
    };
    Ok(Value::Number(number))
}

/// A text, or none if it is too long to be of use or not UTF-8.
fn text(from: &mut impl Read) -> Result<Option<String>, Failure> {
    let length = u64::from_le_bytes(bytes(from)?);
    let mut kept = Vec::new();
    let mut part = from.take(length);
    part.by_ref().take(LONGEST_KEPT).read_to_end(&mut kept).map_err(|error| unreadable(&error))?;
    io::copy(&mut part, &mut io::sink()).map_err(|error| unreadable(&error))?;
    if part.limit() > 0 {
        return Err(ended());
    }
    Ok(if length > LONGEST_KEPT { None } else { String::from_utf8(kept).ok() })
}

fn bytes<const N: usize>(from: &mut impl Read) -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => ended(),
        _ => unreadable(&error),
    })?;
    Ok(bytes)
}

fn ended() -> Failure {
    Failure::Damaged("it ends within its head".into())
}

fn unreadable(error: &io::Error) -> Failure {
    Failure::Unreadable(error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use model_maker::{Model, broken};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_head_says_what_is_needed_to_judge_a_file() {
        let header = Header::read(&mut Model::tiny().bytes().as_slice()).unwrap();
        assert_eq!((header.architecture(), header.name(), header.parts()), ("llama", Some("Tiny"), 1));
        assert_eq!((header.number("block_count"), header.number("context_length")), (Some(2), Some(2048)));
    }

    #[test]
    fn what_is_no_gguf_is_told_from_one_that_is_cut() {
        let read = |bytes: &[u8]| Header::read(&mut &*bytes).unwrap_err();
        assert_eq!(read(&broken::not_a_gguf()), Failure::NotAGguf);
        assert_eq!(read(b""), Failure::NotAGguf);
        let whole = Model::tiny().bytes();
        assert!(matches!(read(&whole[..500]), Failure::Damaged(_)));
        let mut old = whole;
        old[4] = 1;
        assert_eq!(read(&old), Failure::Version(1));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(seed: u64, count in 1_usize..200) {
            let bytes = broken::flipped(Model::tiny().bytes(), 6000, count, seed);
            let _ = Header::read(&mut bytes.as_slice());
        }

        #[test]
        fn a_head_cut_anywhere_is_refused(length in 0_usize..4000) {
            let bytes = Model::tiny().bytes();
            prop_assert!(Header::read(&mut &bytes[..length]).is_err());
        }
    }
}
