//! Any bytes under the name of any archive: `cargo +nightly fuzz run archive`, with documents as seeds.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for ending in ["epub", "docx", "pptx", "odt", "xlsx"] {
        reader::fuzzing::read(bytes, ending);
    }
});
