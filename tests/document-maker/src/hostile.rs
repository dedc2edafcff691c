//! Files that mean harm.

use crate::pdf::FIRST_OWN;
use crate::{Leaf, Pdf};

/// Three pages; the second draws a form that draws ten forms that draw ten forms, and so on.
pub fn never_ending() -> Pdf {
    const DEEP: usize = 14;
    let form = |level: usize| {
        let dictionary = "/Type /XObject /Subtype /Form /BBox [ 0 0 612 792 ]".to_owned();
        if level + 1 == DEEP {
            return (dictionary, b"0 0 1 1 re f".to_vec());
        }
        let next = FIRST_OWN + level + 1;
        let resources = format!("/Resources << /XObject << /X {next} 0 R >> >>");
        (format!("{dictionary} {resources}"), b"/X Do ".repeat(10))
    };
    let endless =
        Leaf { content: b"/X Do".to_vec(), resources: format!("/XObject << /X {FIRST_OWN} 0 R >>"), ..Leaf::default() };
    let mut pdf = Pdf::new()
        .page("", &["Before the page that never ends."])
        .leaf(endless)
        .page("", &["After the page that never ends."]);
    pdf.own = (0..DEEP).map(form).collect();
    pdf
}

/// One page of some hundred kilobytes that unpacks, twice, to about three gigabytes of white space.
pub fn bomb() -> Pdf {
    // 258 bytes come from 13 bits, so 8 × 258 from 13 bytes, which repeat.
    let inner = packed_spaces(1_500_000);
    Pdf::new().leaf(Leaf {
        content: packed_repeats(&inner),
        filter: Some("[ /FlateDecode /FlateDecode ]".to_owned()),
        ..Leaf::default()
    })
}

/// Deflate with fixed codes, written bit by bit.
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn new() -> Self {
        // The header of zlib, then one last block of fixed codes.
        let mut bits = Self { bytes: vec![0x78, 0x01], used: 0 };
        bits.put(0b011, 3);
        bits
    }

    /// Lowest bit first.
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= (((value >> bit) & 1) as u8) << self.used;
            }
            self.used = (self.used + 1) % 8;
        }
    }

    /// Codes go highest bit first.
    fn code(&mut self, value: u32, count: u32) {
        for bit in (0..count).rev() {
            self.put((value >> bit) & 1, 1);
        }
    }

    fn byte(&mut self, byte: u8) {
        match byte {
            0..144 => self.code(0x30 + u32::from(byte), 8),
            _ => self.code(0x190 + u32::from(byte) - 144, 9),
        }
    }

    /// The 258 bytes that began `back` bytes ago; `back` is 1 or 13.
    fn repeat(&mut self, back: u32) {
        self.code(0b1100_0101, 8);
        if back == 1 {
            self.code(0, 5);
        } else {
            // Distances 13 to 16 are code 7 with one further bit for each two.
            self.code(7, 5);
            self.put(back - 13, 2);
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.code(0, 7);
        // Nobody checks the sum of so much nothing.
        self.bytes.extend([0; 4]);
        self.bytes
    }
}

/// About 2064 spaces for each 13 bytes.
pub(crate) fn packed_spaces(repeats: usize) -> Vec<u8> {
    let mut bits = Bits::new();
    bits.byte(b' ');
    for _ in 0..repeats {
        bits.repeat(1);
    }
    bits.end()
}

fn packed_repeats(bytes: &[u8]) -> Vec<u8> {
    let mut bits = Bits::new();
    let mut at = 0;
    while at < bytes.len() {
        let repeats = at >= 13 && at + 258 <= bytes.len() && (0..258).all(|it| bytes[at + it] == bytes[at + it - 13]);
        if repeats {
            bits.repeat(13);
            at += 258;
        } else {
            bits.byte(bytes[at]);
            at += 1;
        }
    }
    bits.end()
}
