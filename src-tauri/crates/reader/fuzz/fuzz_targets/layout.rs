//! Any bytes as a page of words, rules and boxes: `cargo +nightly fuzz run layout`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| reader::fuzzing::layout(bytes));
