//! A recognition program that misbehaves, in place of Tesseract.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use document_maker::picture;
use kernel::{Cancel, Code, Coded};
use reader::{Error, Page, Recogniser, RecognitionLimits, Scan, Source};
use tempfile::TempDir;

use crate::shelf::{Shelf, languages};

/// A program that knows two languages and does `body` with a picture.
struct Program {
    folder: TempDir,
    path: PathBuf,
}

impl Program {
    fn new(body: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("tesseract");
        let script = format!(
            "#!/bin/sh\ncase \"$1\" in\n--version) echo 'tesseract 5.3.0' ;;\n\
             --list-langs) printf 'List of available languages (3):\\ndeu\\neng\\nosd\\n' ;;\n*) {body} ;;\nesac\n"
        );
        // By another process, so that no child of this one has the file open for writing when it is run.
        let mut writer = Command::new("sh")
            .args(["-c", "cat > \"$0\" && chmod 755 \"$0\""])
            .arg(&path)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut writer.stdin.take().unwrap(), script.as_bytes()).unwrap();
        assert!(writer.wait().unwrap().success());
        Self { folder, path }
    }

    /// A pipe in the program's folder, to hear from it.
    fn pipe(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }

    fn recognise(&self, limits: RecognitionLimits, cancel: &Cancel) -> Result<Page, Error> {
        let shelf = Shelf::new();
        let source = a_picture(&shelf);
        let page = shelf.read(&source)?.remove(0);
        let png = shelf.renderer.scan(&source, 1, &Cancel::new())?;
        let scan = Scan { file: &source.path, page: &page, picture: &png };
        Recogniser::find(Some(&self.path))?.recognise(&scan, &languages("eng"), limits, cancel)
    }
}

fn a_picture(shelf: &Shelf) -> Source {
    let white = image::GrayImage::from_pixel(400, 300, image::Luma([255]));
    shelf.file("page.png", &picture(&white, image::ImageFormat::Png).unwrap())
}

/// Whether a process ends: the signal that ends it takes effect when it is next given time.
fn has_ended(process: &str) -> bool {
    let patience = Instant::now() + Duration::from_secs(20);
    while is_running(process) && Instant::now() < patience {
        std::thread::yield_now();
    }
    !is_running(process)
}

fn is_running(process: &str) -> bool {
    // A process that has ended and that nobody waits for is a zombie: it does nothing any more.
    let state = std::fs::read_to_string(format!("/proc/{}/stat", process.trim())).unwrap_or_default();
    state.rsplit_once(')').is_some_and(|(_, rest)| !rest.trim_start().starts_with('Z'))
}

#[test]
fn its_version_and_languages_are_known() {
    let found = Recogniser::find(Some(&Program::new("exit 0").path)).unwrap();
    assert_eq!((found.version(), found.languages()), ("5.3.0", &languages("deu+eng")[..]));
}

#[test]
fn without_a_program_the_message_says_how_to_get_it() {
    let error = Recogniser::find(Some(Path::new("/nowhere/tesseract"))).unwrap_err();
    assert_eq!(error.code(), Code::NativePartMissing);
    assert!(error.to_string().contains("nstall"), "{error}");
    assert!(error.to_string().contains("/nowhere/tesseract"), "{error}");
    let program = Program::new("exit 0");
    Command::new("sh")
        .args(["-c", "printf '#!/bin/sh\\necho tesseract 3.05\\n' > \"$0\""])
        .arg(&program.path)
        .status()
        .unwrap();
    let error = Recogniser::find(Some(&program.path)).unwrap_err();
    assert!(error.to_string().contains("3.05 is too old"), "{error}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_stopped_call_leaves_no_process_behind() {
    let program = Program::new("sleep 1000 & echo $$ $! > \"${0%/*}/started\"; wait");
    let started = program.pipe("started");
    let cancel = Cancel::new();
    let processes = std::thread::scope(|scope| {
        let stopped = scope.spawn(|| program.recognise(RecognitionLimits::default(), &cancel));
        let processes = std::fs::read_to_string(&started).unwrap();
        assert!(processes.split_whitespace().all(is_running));
        cancel.cancel();
        assert!(matches!(stopped.join().unwrap(), Err(Error::Cancelled(_))));
        processes
    });
    assert!(processes.split_whitespace().all(has_ended), "{processes}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_that_hangs_is_ended_with_what_it_started() {
    // It has ended itself; what it started holds its output open.
    let program = Program::new("trap '' TERM; sleep 1000 & echo $! > \"${0%/*}/started\"; exit 0");
    let started = program.pipe("started");
    let limits = RecognitionLimits { time: Duration::from_millis(300), ..RecognitionLimits::default() };
    std::thread::scope(|scope| {
        let hanging = scope.spawn(|| program.recognise(limits, &Cancel::new()));
        let process = std::fs::read_to_string(&started).unwrap();
        assert!(matches!(hanging.join().unwrap(), Err(Error::RecognitionTime { page: 1, .. })));
        assert!(has_ended(&process), "{process}");
    });
}

#[test]
#[cfg(target_os = "linux")]
fn a_program_that_never_stops_working_is_ended() {
    let busy = RecognitionLimits { processor: Duration::from_secs(1), ..RecognitionLimits::default() };
    let endless = Program::new("while :; do :; done").recognise(busy, &Cancel::new());
    assert!(matches!(endless, Err(Error::RecognitionTime { seconds: 1, .. })), "{endless:?}");
}

#[test]
fn rubbish_gives_an_empty_page_or_a_reason_that_names_the_file() {
    let limits = RecognitionLimits::default();
    let cancel = Cancel::new();
    for rubbish in ["head -c 100000 /dev/urandom", "printf '5\\t\\t\\t\\n5'", "exit 0", "cat"] {
        let page = Program::new(rubbish).recognise(limits, &cancel).unwrap();
        assert_eq!((page.text.as_str(), page.confidence), ("", Some(0.0)), "{rubbish}");
    }
    for (fault, reason) in [
        ("echo 'no such model' >&2; exit 3", "no such model"),
        ("kill -SEGV $$", "gave up"),
        ("cat /dev/zero", "more than any page"),
    ] {
        let error = Program::new(fault).recognise(limits, &cancel).unwrap_err();
        let message = error.to_string();
        assert!(message.contains(reason) && message.contains("page.png"), "{fault}: {message}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn it_runs_after_everything_else_within_its_memory_and_without_the_apps_variables() {
    let program = Program::new("cat > /dev/null; { ps -o ni= -p $$; ulimit -v; env; } > \"${0%/*}/seen\"");
    let seen = program.pipe("seen");
    let limits = RecognitionLimits { memory_bytes: 1 << 30, ..RecognitionLimits::default() };
    let cancel = Cancel::new();
    std::thread::scope(|scope| {
        scope.spawn(|| program.recognise(limits, &cancel));
        let seen = std::fs::read_to_string(&seen).unwrap();
        // An empty page is looked at twice, and nobody listens to the second look.
        cancel.cancel();
        let mut lines = seen.lines().map(str::trim);
        assert_eq!((lines.next(), lines.next()), (Some("19"), Some("1048576")));
        let variables: Vec<&str> = lines.collect();
        assert!(variables.contains(&"OMP_THREAD_LIMIT=1") && !variables.iter().any(|it| it.starts_with("HOME=")));
    });
}
