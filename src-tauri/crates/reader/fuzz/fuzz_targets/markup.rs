//! Any bytes as a web page, as Markdown, as plain text and as rows: `cargo +nightly fuzz run markup`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for ending in ["html", "md", "txt", "csv"] {
        reader::fuzzing::read(bytes, ending);
    }
});
