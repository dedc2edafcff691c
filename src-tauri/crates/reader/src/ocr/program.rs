//! Where Tesseract is, which version, and which languages it knows.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use kernel::Cancel;

use super::Language;
use super::call::{Output, RecognitionLimits, Stopped, Until, run};
use crate::Error;

/// The first version whose recognition is the one that everything here is measured with.
const OLDEST: u32 = 4;
/// Models that are listed with the languages and are none.
const NO_LANGUAGES: [&str; 3] = ["osd", "equ", "snum"];
/// What a program may take to say its version.
const SAYING: RecognitionLimits =
    RecognitionLimits { time: Duration::from_secs(60), processor: Duration::from_secs(10), memory_bytes: 2 << 30 };

/// Recognises the text of pictures with Tesseract, a program of the system.
#[derive(Clone, Debug)]
pub struct Recogniser {
    pub(super) program: PathBuf,
    version: String,
    languages: Vec<Language>,
    /// Its model of directions and scripts is there.
    pub(super) knows_directions: bool,
}

impl Recogniser {
    /// Finds the program and asks it for its version and languages; costs two short runs of it. `program` is a path to
    /// use in place of the search through PATH and the usual places of the system.
    ///
    /// # Errors
    /// [`Error::RecogniserMissing`] with how to get it on this system, if there is none, it is too old, or it has no
    /// language.
    pub fn find(program: Option<&Path>) -> Result<Self, Error> {
        let program = match program {
            Some(given) if given.is_file() => given.to_path_buf(),
            Some(given) => return Err(missing(&format!("there is no program at {}", given.display()))),
            None => usual_places().into_iter().find(|it| it.is_file()).ok_or_else(|| missing("it is not installed"))?,
        };
        let version = version(&ask(&program, "--version")?).ok_or_else(|| missing("it does not say its version"))?;
        if version.split('.').next().and_then(|it| it.parse().ok()).is_none_or(|it: u32| it < OLDEST) {
            return Err(missing(&format!("its version {version} is too old")));
        }
        let models = models(&ask(&program, "--list-langs")?);
        let knows_directions = models.iter().any(|it| it == "osd");
        let languages: Vec<Language> = models
            .into_iter()
            .filter(|it| !NO_LANGUAGES.contains(&it.as_str()))
            .filter_map(|it| Language::new(&it))
            .collect();
        if languages.is_empty() {
            return Err(missing("it has no language"));
        }
        Ok(Self { program, version, languages, knows_directions })
    }

    /// Where it is.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Its version, such as "5.3.0".
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The languages that are installed, in the order of their codes.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }
}

#[cfg(test)]
impl Recogniser {
    /// One that is nowhere, for what is decided before it is started.
    pub(super) fn with_languages(languages: Vec<Language>) -> Self {
        Self { program: PathBuf::new(), version: String::new(), languages, knows_directions: false }
    }
}

fn ask(program: &Path, question: &str) -> Result<String, Error> {
    let cancel = Cancel::new();
    let output: Result<Output, Stopped> = run(program, &[OsString::from(question)], &[], Until::new(SAYING, &cancel));
    match output {
        Ok(output) if ExitStatus::success(&output.status) => {
            // Older versions say it on standard error.
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            Ok(if said.trim().is_empty() { output.complaint } else { said })
        }
        Ok(output) => Err(missing(&format!("{} fails: {}", program.display(), output.complaint))),
        Err(Stopped::Broken(error)) => Err(missing(&format!("{} can't be started: {error}", program.display()))),
        Err(_) => Err(missing(&format!("{} does not answer", program.display()))),
    }
}

/// "tesseract 5.3.0", "tesseract v5.3.0.20221214".
fn version(said: &str) -> Option<String> {
    let mut words = said.split_whitespace();
    let version = words.find(|it| *it == "tesseract").and_then(|_| words.next())?.trim_start_matches('v');
    version.starts_with(|it: char| it.is_ascii_digit()).then(|| version.chars().take(40).collect())
}

/// One a line, behind a line that says what they are.
fn models(said: &str) -> Vec<String> {
    let mut models: Vec<String> = said.lines().skip(1).map(|it| it.trim().to_owned()).collect();
    models.sort();
    models.dedup();
    models
}

fn missing(detail: &str) -> Error {
    Error::RecogniserMissing { detail: detail.to_owned(), how: how_to_get_it() }
}

fn how_to_get_it() -> &'static str {
    if cfg!(target_os = "macos") {
        "Install it with `brew install tesseract`"
    } else if cfg!(windows) {
        "Install Tesseract for Windows (the installer of UB Mannheim)"
    } else if Path::new("/etc/fedora-release").exists() {
        "Install it with `sudo dnf install tesseract`"
    } else if Path::new("/etc/arch-release").exists() {
        "Install it with `sudo pacman -S tesseract tesseract-data-eng`"
    } else {
        "Install it with `sudo apt install tesseract-ocr`, or the package `tesseract` of your system"
    }
}

/// PATH, and where its installers put it.
fn usual_places() -> Vec<PathBuf> {
    let name = format!("tesseract{}", std::env::consts::EXE_SUFFIX);
    let mut folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|it| std::env::split_paths(&it).collect()).unwrap_or_default();
    // A folder of PATH that is relative would be one of wherever the app was started.
    folders.retain(|it| it.is_absolute());
    if cfg!(windows) {
        for (variable, folder) in [
            ("ProgramFiles", "Tesseract-OCR"),
            ("ProgramFiles(x86)", "Tesseract-OCR"),
            ("LOCALAPPDATA", "Programs/Tesseract-OCR"),
            ("LOCALAPPDATA", "Tesseract-OCR"),
        ] {
            folders.extend(std::env::var_os(variable).map(|it| Path::new(&it).join(folder)));
        }
    } else {
        folders.extend(["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin"].map(PathBuf::from));
    }
    folders.into_iter().map(|it| it.join(&name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_as_every_platform_does() {
        assert_eq!(version("tesseract 5.3.0\n leptonica-1.82.0\n").as_deref(), Some("5.3.0"));
        assert_eq!(version("tesseract v5.3.0.20221214\r\n").as_deref(), Some("5.3.0.20221214"));
        assert_eq!(version("usage: tesseract FILE"), None);
        assert_eq!(version("tesseract"), None);
    }

    #[test]
    fn models_stand_behind_their_head() {
        assert_eq!(models("List of available languages (3):\nosd\ndeu\r\neng\n"), ["deu", "eng", "osd"]);
        assert_eq!(models(""), Vec::<String>::new());
    }
}
