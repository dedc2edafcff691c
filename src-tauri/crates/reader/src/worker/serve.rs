//! The child's main.

use std::ffi::OsString;
use std::io::{self, BufReader, Write};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use kernel::child::{WirePath, frame, limit};
use kernel::priority;

use super::drawing::{Drawing, Target};
use super::protocol::{Hello, Reply, Request};
use crate::detect::detect_failing;
use crate::error::Failure;
use crate::pdf::{Engine, Pdf};
use crate::{Format, Page, formats};

/// A worker that nothing is asked of for so long gives its memory back. Whoever asks later starts another.
const REST: Duration = Duration::from_secs(20);

/// The main of a worker process: serves requests from standard input until it closes or nothing is asked any more.
///
/// Everything it needs comes by standard input; the arguments are only what made the program a worker.
pub fn serve_worker(_args: &[OsString]) -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody is left to tell: the pipe is what broke.
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve() -> io::Result<()> {
    let mut stdin = BufReader::new(io::stdin());
    let Some(hello) = frame::read::<Hello>(&mut stdin)? else {
        return Ok(());
    };
    limit::address_space(hello.memory_bytes);
    limit::resident(hello.memory_bytes)?;
    let requests = listen(stdin)?;
    let mut to = io::stdout();
    // Other formats are read without PDFium.
    let engine = Engine::bind(&hello.pdfium.path());
    let mut drawing = Drawing::new(engine.as_ref().map_err(Clone::clone));
    while let Ok(request) = requests.recv_timeout(REST) {
        match request {
            Request::Read { path, password, from_page, avoid } => {
                priority::lower();
                let read = Read { path: &path, password: password.as_deref(), from_page, avoid: &avoid };
                match (read.format(), &engine) {
                    (Ok(Format::Pdf), Ok(engine)) => read.all(engine, &mut to)?,
                    (Ok(Format::Pdf), Err(failure)) => frame::write(&mut to, &Reply::Failed(failure.clone()))?,
                    (Ok(format), _) => read.all_units(format, &mut to)?,
                    (Err(failure), _) => frame::write(&mut to, &Reply::Failed(failure))?,
                }
            }
            Request::Render { path, password, page, width_px, part } => {
                let target = Target { path: &path, password: password.as_deref(), page };
                answer(&mut to, drawing.picture(&target, width_px, part).map(Reply::Picture))?;
            }
            Request::Scan { path, password, page } => {
                priority::lower();
                let target = Target { path: &path, password: password.as_deref(), page };
                answer(&mut to, drawing.scan(&target).map(Reply::Picture))?;
            }
            Request::Size { path, password, page } => {
                let target = Target { path: &path, password: password.as_deref(), page };
                answer(&mut to, drawing.size(&target).map(|(width, height)| Reply::Size(width, height)))?;
            }
        }
    }
    Ok(())
}

fn answer(to: &mut impl Write, answer: Result<Reply, Failure>) -> io::Result<()> {
    frame::write(to, &answer.unwrap_or_else(Reply::Failed))
}

/// Takes requests on a thread of its own, so that the end of standard input ends this process even in the middle of
/// a page that never ends. (A death signal from the parent would not do: it comes at the end of the parent's thread
/// that started this process, not of the parent.)
fn listen(mut stdin: BufReader<io::Stdin>) -> io::Result<Receiver<Request>> {
    let (sender, requests) = channel();
    std::thread::Builder::new().name("requests".into()).spawn(move || {
        while let Ok(Some(request)) = frame::read(&mut stdin) {
            if sender.send(request).is_err() {
                break;
            }
        }
        std::process::exit(0);
    })?;
    Ok(requests)
}

struct Read<'a> {
    path: &'a WirePath,
    password: Option<&'a str>,
    from_page: u32,
    avoid: &'a [u32],
}

impl Read<'_> {
    fn format(&self) -> Result<Format, Failure> {
        detect_failing(&self.path.path())
    }

    /// All units of a document that is no PDF; they need no style to be learned first.
    fn all_units(&self, format: Format, to: &mut impl Write) -> io::Result<()> {
        let mut document = match formats::open(&self.path.path(), format) {
            Ok(document) => document,
            Err(failure) => return frame::write(to, &Reply::Failed(failure)),
        };
        frame::write(to, &Reply::Opened(document.opened()))?;
        frame::write(to, &Reply::Sampled)?;
        document.units(self.from_page.max(1), self.avoid, &mut |page| frame::write(to, &Reply::Page(page)))?;
        frame::write(to, &Reply::End)
    }

    fn all(&self, engine: &Engine, to: &mut impl Write) -> io::Result<()> {
        let mut pdf = match Pdf::open(engine, &self.path.path(), self.password) {
            Ok(pdf) => pdf,
            Err(failure) => return frame::write(to, &Reply::Failed(failure)),
        };
        let opened = pdf.opened();
        let pages = opened.pages;
        frame::write(to, &Reply::Opened(opened.clone()))?;
        let style = pdf.learn(&opened, self.avoid, |page| frame::write(to, &Reply::Sampling(page)))?;
        frame::write(to, &Reply::Sampled)?;
        for number in self.from_page.max(1)..=pages {
            let page = if self.avoid.contains(&number) {
                Page::unreadable(number)
            } else {
                pdf.next();
                pdf.page(number, &style)
            };
            frame::write(to, &Reply::Page(page))?;
        }
        frame::write(to, &Reply::End)
    }
}
