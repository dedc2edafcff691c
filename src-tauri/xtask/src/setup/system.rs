//! What the system itself has to have: installed on Debian and Ubuntu, listed elsewhere.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, say};

const DEBIAN: &str = include_str!("../../debian-packages.txt");

/// What the machine is wanted for; each more than building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building and running the app.
    Run,
    /// The checks as well, with a window that nobody sees.
    Test,
    /// An installable package as well.
    Bundle,
}

impl Purpose {
    fn sections(self) -> &'static [&'static str] {
        match self {
            Self::Run => &["build", "run"],
            Self::Test => &["build", "run", "test"],
            Self::Bundle => &["build", "bundle"],
        }
    }
}

/// Installs or names what is missing.
pub(crate) fn prepare(purpose: Purpose) -> Result<()> {
    if cfg!(target_os = "linux") && process::exists("dpkg-query") && process::exists("apt-get") {
        debian(purpose)
    } else {
        elsewhere(purpose)
    }
}

fn debian(purpose: Purpose) -> Result<()> {
    let wanted = packages(DEBIAN, purpose.sections());
    // dpkg-query fails when it knows one of them not at all, and still prints the others.
    let known = Command::new("dpkg-query")
        .args(["-W", "-f=${Package} ${db:Status-Status}\n"])
        .args(&wanted)
        .output()
        .context("dpkg-query could not be started")?;
    let missing = missing(&wanted, &String::from_utf8_lossy(&known.stdout));
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    say::doing(&format!("installing system packages: {list}"));
    let by_hand = || format!("run `sudo apt-get install {list}` yourself, then try again");
    let root = process::output(Command::new("id").arg("-u"))?.trim() == "0";
    if !root && !process::exists("sudo") {
        bail!("system packages are missing and there is no sudo to install them: as root, {}", by_hand());
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=300"]);
        command.args(arguments);
        process::run(&mut command)
    };
    if let Err(error) = apt(&["update"]) {
        say::note(&format!("{error:#}; going on with the package lists there are"));
    }
    let mut install = vec!["install", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install).with_context(by_hand)
}

/// The packages of `sections` in the committed list.
fn packages<'a>(list: &'a str, sections: &[&str]) -> Vec<&'a str> {
    let mut wanted = false;
    let mut packages = Vec::new();
    for line in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(section) => wanted = sections.contains(&section),
            None if wanted => packages.push(line),
            None => {}
        }
    }
    packages
}

/// Those of `wanted` that `status` (lines of "name state") doesn't call installed.
fn missing<'a>(wanted: &[&'a str], status: &str) -> Vec<&'a str> {
    let installed: Vec<&str> = status.lines().filter_map(|l| l.strip_suffix(" installed")).collect();
    wanted.iter().filter(|package| !installed.contains(package)).copied().collect()
}

/// What recognises the text of scanned pages; the app runs without it and says so, the tests want it.
const TESSERACT: &str = if cfg!(target_os = "macos") {
    "Tesseract (brew install tesseract tesseract-lang)"
} else if cfg!(windows) {
    "Tesseract (the installer of UB Mannheim; its folder has to be in PATH)"
} else {
    "Tesseract 4 or newer with its model of English (the packages tesseract and tesseract-langpack-eng on Fedora, \
     tesseract and tesseract-data-eng on Arch)"
};

/// On other systems nothing is installed for you: what can't be found is listed, all of it at once.
fn elsewhere(purpose: Purpose) -> Result<()> {
    let mut missing: Vec<&str> = Vec::new();
    let programs: &[(&str, &str)] = if cfg!(target_os = "linux") {
        &[
            ("cc", "a C compiler"),
            ("c++", "a C++ compiler"),
            ("clang", "clang with its library (libclang)"),
            ("cmake", "cmake"),
            ("pkg-config", "pkg-config"),
            ("protoc", "protobuf's compiler and headers"),
        ]
    } else if cfg!(target_os = "macos") {
        &[("clang", "Xcode's command line tools (xcode-select --install)"), ("cmake", "cmake"), ("protoc", "protobuf")]
    } else {
        &[("clang", "LLVM with libclang"), ("cmake", "CMake"), ("protoc", "protoc, the compiler of Protocol Buffers")]
    };
    missing.extend(programs.iter().filter(|(program, _)| !process::exists(program)).map(|(_, what)| *what));
    if purpose != Purpose::Bundle && !process::exists("tesseract") {
        missing.push(TESSERACT);
    }
    if cfg!(target_os = "linux") && process::exists("pkg-config") {
        let libraries = [
            ("gtk+-3.0", "the headers of GTK 3"),
            ("webkit2gtk-4.1", "the headers of WebKitGTK 4.1"),
            ("librsvg-2.0", "the headers of librsvg 2"),
            ("openssl", "the headers of OpenSSL"),
        ];
        missing.extend(
            libraries
                .iter()
                .filter(|(l, _)| process::output(Command::new("pkg-config").args(["--exists", l])).is_err())
                .map(|(_, what)| *what),
        );
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!("install these with your system's package manager, then try again: {}", missing.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_wanted_sections_are_read() {
        let list = "# all\n[build]\na\nb\n[test]\nc\n";
        assert_eq!(packages(list, &["test"]), ["c"]);
        assert_eq!(packages(list, &["build", "test"]).len(), 3);
        assert!(packages(DEBIAN, Purpose::Test.sections()).contains(&"webkit2gtk-driver"));
        assert!(!packages(DEBIAN, Purpose::Run.sections()).contains(&"xvfb"));
        assert!(packages(DEBIAN, Purpose::Run.sections()).contains(&"tesseract-ocr-eng"));
        assert!(!packages(DEBIAN, Purpose::Bundle.sections()).contains(&"tesseract-ocr"));
    }

    #[test]
    fn a_removed_package_counts_as_missing() {
        let status = "clang installed\ncmake config-files\nxvfb not-installed\n";
        assert_eq!(missing(&["clang", "cmake", "xvfb", "xdotool"], status), ["cmake", "xvfb", "xdotool"]);
    }
}
