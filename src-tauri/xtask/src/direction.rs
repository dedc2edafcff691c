//! Dependencies point one way: the shell over all, and no crate below it knows the window.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::metadata::{Dependency, Metadata, Package};

/// Which crates of the workspace each one may use. Who adds a crate decides here where it stands.
const ALLOWED: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("reader", &["kernel"]),
    ("llama", &["kernel"]),
    // Of the reader only the types of a page, a passage and their parts.
    ("library", &["kernel", "reader"]),
    ("retrieval", &["kernel", "reader", "library"]),
    ("tutor", &["kernel", "reader", "llama", "library", "retrieval"]),
    ("study", &["kernel", "reader", "library", "retrieval", "tutor"]),
    ("intake", &["kernel", "reader", "library", "retrieval"]),
    ("smart-study-room", &["kernel", "reader", "llama", "library", "retrieval", "tutor", "study", "intake"]),
    (
        "acceptance",
        &[
            "kernel",
            "reader",
            "llama",
            "library",
            "retrieval",
            "tutor",
            "study",
            "intake",
            "smart-study-room",
            "claim-maker",
            "document-maker",
            "model-maker",
            "model-server",
            "seeded",
        ],
    ),
    ("claim-maker", &["seeded"]),
    ("document-maker", &["seeded"]),
    ("model-maker", &["seeded"]),
    ("model-server", &[]),
    ("seeded", &[]),
    ("xtask", &[]),
];

/// What serves tests alone: every crate may name it among its dev-dependencies.
const FOR_TESTS: &[&str] = &["claim-maker", "document-maker", "model-maker", "model-server", "seeded"];

/// The packages that may stand on Tauri.
const KNOW_THE_WINDOW: &[&str] = &["smart-study-room", "acceptance"];

/// What of the reader is at work, and so not for the library.
const READER_AT_WORK: &[&str] =
    &["Worker", "Renderer", "Reading", "PassageBuilder", "Source", "Limits", "serve_worker"];

/// Checks the crates and the UI; the error names every violation.
pub(crate) fn check(root: &Path, metadata: &Metadata) -> Result<()> {
    let mut wrong = Vec::new();
    for package in metadata.members() {
        wrong.extend(misplaced(&package.name, uses(package), metadata));
    }
    for package in metadata.members().filter(|p| !KNOW_THE_WINDOW.contains(&p.name.as_str())) {
        let tauri = metadata.reachable(&package.id).into_iter().find(|p| p.name.starts_with("tauri"));
        if let Some(tauri) = tauri {
            wrong.push(format!("{} stands on {}, which only the shell may", package.name, tauri.name));
        }
    }
    let library = root.join("src-tauri/crates/library/src");
    lines(&library, &["rs"], &mut |path, line| {
        if line.contains("reader::") && words(line).any(|word| READER_AT_WORK.contains(&word)) {
            wrong.push(format!("{} uses the reader for more than its types: {}", path.display(), line.trim()));
        }
    })?;
    let ui = root.join("ui/src");
    let backend = ui.join("backend");
    lines(&ui, &["ts", "js", "svelte"], &mut |path, line| {
        if line.contains("@tauri-apps/") && !path.starts_with(&backend) {
            wrong.push(format!("{} imports Tauri, which only ui/src/backend may", path.display()));
        }
    })?;
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
}

/// What a package names as its dependencies, without what serves its tests alone.
fn uses(package: &Package) -> impl Iterator<Item = &str> {
    let for_tests = |d: &&Dependency| d.kind.as_deref() == Some("dev") && FOR_TESTS.contains(&d.name.as_str());
    package.dependencies.iter().filter(move |d| !for_tests(d)).map(|d| d.name.as_str())
}

/// Violations of `ALLOWED` by one package.
fn misplaced<'a>(name: &str, uses: impl Iterator<Item = &'a str>, metadata: &Metadata) -> Vec<String> {
    let Some((_, allowed)) = ALLOWED.iter().find(|(package, _)| *package == name) else {
        return vec![format!("{name} has no place among the crates: give it one in xtask's direction.rs")];
    };
    uses.filter(|used| metadata.members().any(|m| m.name == *used) && !allowed.contains(used) && *used != name)
        .map(|used| format!("{name} may not depend on {used}"))
        .collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Shows every line of every file below `folder` that ends in one of `endings`.
fn lines(folder: &Path, endings: &[&str], show: &mut dyn FnMut(&Path, &str)) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            lines(&path, endings, show)?;
        } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
            let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            text.lines().for_each(|line| show(&path, line));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> Metadata {
        Metadata::parse(
            r#"{"packages": [
                {"id": "k", "name": "kernel", "version": "1.0.0", "manifest_path": "", "dependencies": []},
                {"id": "l", "name": "library", "version": "1.0.0", "manifest_path": "",
                 "dependencies": [{"name": "kernel", "kind": null}, {"name": "document-maker", "kind": "dev"}]},
                {"id": "t", "name": "tutor", "version": "1.0.0", "manifest_path": "",
                 "dependencies": [{"name": "document-maker", "kind": null}]},
                {"id": "p", "name": "document-maker", "version": "1.0.0", "manifest_path": "", "dependencies": []},
                {"id": "w", "name": "tauri", "version": "2.0.0", "manifest_path": "", "dependencies": []}
              ],
              "workspace_members": ["k", "l", "t", "p"],
              "resolve": {"nodes": [{"id": "k", "deps": [{"pkg": "w", "dep_kinds": [{"kind": null}]}]}]}}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_lower_crate_may_not_use_a_higher_one() {
        let all = workspace();
        assert!(misplaced("library", ["kernel", "serde"].into_iter(), &all).is_empty());
        assert_eq!(misplaced("library", ["tutor"].into_iter(), &all), ["library may not depend on tutor"]);
        assert_eq!(misplaced("garden", [].into_iter(), &all).len(), 1);
    }

    #[test]
    fn what_serves_tests_may_be_used_by_tests_alone() {
        let all = workspace();
        let wrong: Vec<String> = all.members().flat_map(|p| misplaced(&p.name, uses(p), &all)).collect();
        assert_eq!(wrong, ["tutor may not depend on document-maker"]);
    }

    #[test]
    fn what_stands_on_the_window_is_found_through_others() {
        let all = workspace();
        let reached = all.reachable("k");
        assert!(reached.iter().any(|p| p.name == "tauri"));
    }
}
