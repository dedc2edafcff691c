//! Prints a PDF as it is read: `read FILE` as blocks, `read FILE passages` as passages, one JSON object a line.
//!
//! PDFium is looked for in SMART_STUDY_ROOM_NATIVE; the worker is this program itself.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::error::Error;
use std::process::ExitCode;

use kernel::{Cancel, NativeParts};
use reader::{BlockJoiner, BlockKind, JoinedBlock, Limits, PassageBuilder, Source, Worker};
use serde_json::json;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    if args.first().is_some_and(|it| it == "--worker") {
        return reader::serve_worker(&args);
    }
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[std::ffi::OsString]) -> Result<(), Box<dyn Error>> {
    let file = args.first().ok_or("usage: read FILE [passages|pages]")?;
    let what = args.get(1).and_then(|it| it.to_str()).unwrap_or("blocks");
    let worker = Worker {
        program: std::env::current_exe()?,
        args: vec!["--worker".into()],
        native: NativeParts::new(std::env::var("SMART_STUDY_ROOM_NATIVE")?),
        limits: Limits::default(),
    };
    let started = std::time::Instant::now();
    let reading = worker.read(&Source::new(file), 1, &Cancel::new())?;
    let title = reading.opened().title.clone().unwrap_or_default();
    let mut joiner = BlockJoiner::new();
    let mut builder = PassageBuilder::new(&title, 256);
    // About what a model's vocabulary makes of English.
    let mut count = |text: &str| text.split_whitespace().map(|it| 1 + it.len() as u32 / 7).sum();
    let mut statuses = std::collections::BTreeMap::new();
    for page in reading {
        let page = page?;
        if page.number == 1 {
            eprintln!("first page after {:?}", started.elapsed());
        }
        *statuses.entry(format!("{:?}", page.status)).or_insert(0) += 1;
        match what {
            "passages" => print(&builder.push(&page, &mut count))?,
            "pages" => print(&[&page])?,
            _ => joiner.push(&page).iter().for_each(block),
        }
    }
    match what {
        "passages" => print(&builder.finish(&mut count))?,
        "pages" => {}
        _ => joiner.finish().iter().for_each(block),
    }
    eprintln!("all after {:?}: {statuses:?}", started.elapsed());
    Ok(())
}

fn print(rows: &[impl serde::Serialize]) -> Result<(), serde_json::Error> {
    for row in rows {
        println!("{}", serde_json::to_string(row)?);
    }
    Ok(())
}

fn block(it: &JoinedBlock) {
    let level = it.level.filter(|_| it.kind == BlockKind::Heading);
    println!("{}", json!({"page": it.page, "kind": it.kind, "level": level, "text": it.text}));
}
