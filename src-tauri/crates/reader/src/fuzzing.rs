//! The readers without the child process around them, for fuzzing alone.

use std::io::Write;

use crate::detect::detect_failing;
use crate::{Format, formats};

/// Reads these bytes as a file with this ending would be read, in this very process.
///
/// # Panics
/// When a block does not lie in its page's text: that is what a fuzzer looks for.
pub fn read(bytes: &[u8], ending: &str) {
    let Ok(mut file) = tempfile::Builder::new().suffix(&format!(".{ending}")).tempfile() else {
        return;
    };
    if file.write_all(bytes).is_err() {
        return;
    }
    let Ok(format) = detect_failing(file.path()) else {
        return;
    };
    if format == Format::Pdf {
        return;
    }
    if let Ok(mut document) = formats::open(file.path(), format) {
        let done = document.units(1, &[], &mut |page| {
            for block in &page.blocks {
                assert!(page.text.get(block.start as usize..block.end as usize).is_some());
            }
            Ok(())
        });
        drop(done);
    }
}
