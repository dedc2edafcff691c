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
    writeln!(out, "right first: {:.3} with the weights in use, {:.3} with these", fitted.first.0, fitted.first.1)?;
    Ok(())
}
