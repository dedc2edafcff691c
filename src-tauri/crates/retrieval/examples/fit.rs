//! Fits the weights of the ranking on the documents of a library: `fit LIBRARY NATIVE [QUESTIONS_PER_DOCUMENT]`.
//! What it does and why is written at `retrieval::fit`.

use std::io::Write;
use std::sync::Arc;

use kernel::{LibraryFolder, NativeParts, SystemClock};
use library::Library;
use retrieval::{ModelFiles, Retrieval, Spaces};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(folder), Some(native)) = (arguments.next(), arguments.next()) else {
        return Err("usage: fit LIBRARY NATIVE [QUESTIONS_PER_DOCUMENT]".into());
    };
    let count = match arguments.next() {
        Some(count) => count.to_string_lossy().parse()?,
        None => 300,
    };
    let folder = LibraryFolder::new(folder);
    let library = Library::open(folder, Arc::new(SystemClock))?;
    let native = NativeParts::new(native);
    let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 1)?;
    let retrieval = Retrieval::new(library, spaces);
    let fitted = retrieval::fit::fit(&retrieval, count).await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} questions", fitted.questions)?;
    writeln!(out, "weights {:.3?}", fitted.weights)?;
    writeln!(out, "a further passage of a section loses {}", fitted.repeated)?;
    for (what, found) in [("in use", fitted.found.0), ("fitted", fitted.found.1)] {
        writeln!(
            out,
            "{what}: right first {:.3}, within five {:.3}, within ten {:.3}",
            found.first, found.five, found.ten
        )?;
    }
    Ok(())
}
