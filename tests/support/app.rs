//! The built executable and the folders it works in.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The app's executable, two folders above the test's own (`target/<profile>/deps/<test>`).
pub fn executable() -> PathBuf {
    beside_the_test("smart-study-room")
}

/// Another executable of this package.
pub fn beside_the_test(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let profile =
        test.ancestors().find(|folder| !folder.ends_with("deps") && folder.is_dir()).expect("the profile's folder");
    let path = profile.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is not built: run `cargo build --workspace` first, or `cargo xtask test`",
        path.display()
    );
    path
}

/// The folder of PDFium, ONNX Runtime and the model.
pub fn native_parts() -> PathBuf {
    let folder = std::env::var_os("SMART_STUDY_ROOM_NATIVE").map(PathBuf::from);
    folder.expect("SMART_STUDY_ROOM_NATIVE names no folder: run the tests by `cargo xtask test`")
}

/// The app on the library in `data`, ready for arguments.
pub fn command(data: &Path) -> Command {
    let mut command = Command::new(executable());
    command.env("SMART_STUDY_ROOM_DATA", data).env("SMART_STUDY_ROOM_NATIVE", native_parts());
    command
}

/// Whether a process of the app works on the library in `data`.
#[cfg(target_os = "linux")]
pub fn is_running(data: &Path) -> bool {
    process(data).is_some()
}

/// The oldest process of the app that works on the library in `data`.
#[cfg(target_os = "linux")]
pub fn process(data: &Path) -> Option<u32> {
    let setting = format!("SMART_STUDY_ROOM_DATA={}", data.display());
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|process| process.file_name().to_str()?.parse::<u32>().ok());
    ids.filter(|id| {
        let process = PathBuf::from(format!("/proc/{id}"));
        let program = std::fs::read_link(process.join("exe"));
        let environment = std::fs::read(process.join("environ")).unwrap_or_default();
        program.is_ok_and(|program| program == executable())
            && environment.split(|&byte| byte == 0).any(|entry| entry == setting.as_bytes())
    })
    .min()
}
