//! What cargo knows of the workspace and everything it depends on.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::places::Places;
use crate::{cargo, process};

/// The part of `cargo metadata` that the checks read.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

/// One package in one version.
#[derive(Deserialize)]
pub(crate) struct Package {
    /// What the resolution calls it.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its licence as an SPDX expression.
    pub(crate) license: Option<String>,
    /// Where it comes from, when it is a page on the web.
    pub(crate) repository: Option<String>,
    manifest_path: PathBuf,
    /// What it names itself as its dependencies.
    pub(crate) dependencies: Vec<Dependency>,
}

/// A dependency as the manifest names it.
#[derive(Deserialize)]
pub(crate) struct Dependency {
    /// The package's name.
    pub(crate) name: String,
    /// `None` for what is linked; "dev" or "build" for the others.
    pub(crate) kind: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// `None` for what is linked; "dev" or "build" for the others.
    kind: Option<String>,
}

impl Package {
    /// The folder of its sources.
    pub(crate) fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(&self.manifest_path)
    }
}

impl Metadata {
    /// Asks cargo, for all platforms, with the locked versions.
    pub(crate) fn load(places: &Places) -> Result<Self> {
        let mut command = cargo::cargo(places, &places.native());
        let text = process::output(command.args(["metadata", "--format-version=1", "--locked"]))?;
        Self::parse(&text)
    }

    /// Reads what cargo prints.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        serde_json::from_str(text).context("the output of cargo metadata has an unknown form")
    }

    /// The packages of the workspace.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|p| self.workspace_members.contains(&p.id))
    }

    /// Everything that is linked into the package called `id`, itself included, by name and version.
    pub(crate) fn reachable(&self, id: &str) -> Vec<&Package> {
        let nodes: HashMap<&str, &Node> = self.resolve.nodes.iter().map(|n| (n.id.as_str(), n)).collect();
        let mut seen = BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                let edges = nodes.get(id).map(|n| n.deps.as_slice()).unwrap_or_default();
                let linked = edges.iter().filter(|e| e.dep_kinds.iter().any(|k| k.kind.is_none()));
                open.extend(linked.map(|e| e.pkg.as_str()));
            }
        }
        let mut packages: Vec<&Package> = self.packages.iter().filter(|p| seen.contains(p.id.as_str())).collect();
        packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
        packages
    }
}
