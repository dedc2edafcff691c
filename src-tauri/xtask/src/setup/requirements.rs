//! pip's requirement files: exact versions, each with the hashes of the files that are accepted.

use anyhow::{Context, Result, ensure};

/// One pinned package.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// The package's name as it is written.
    pub(crate) name: String,
    /// Its exact version.
    pub(crate) version: String,
    /// The SHA-256 of every accepted file, in lower-case hexadecimal.
    pub(crate) hashes: Vec<String>,
}

/// Reads a requirement file; anything that is not pinned by version and hash is an error.
pub(crate) fn parse(text: &str) -> Result<Vec<Requirement>> {
    text.replace("\\\r\n", " ")
        .replace("\\\n", " ")
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
        .map(requirement)
        .collect()
}

fn requirement(line: &str) -> Result<Requirement> {
    let mut words = line.split_whitespace();
    let (name, version) = words
        .next()
        .and_then(|pin| pin.split_once("=="))
        .with_context(|| format!("`{line}` does not pin a version with =="))?;
    let hashes = words
        .map(|word| {
            let hash = word.strip_prefix("--hash=sha256:");
            hash.filter(|h| h.len() == 64 && h.bytes().all(|b| b.is_ascii_hexdigit()))
                .map(str::to_ascii_lowercase)
                .with_context(|| format!("`{word}` is no SHA-256 hash of {name}"))
        })
        .collect::<Result<Vec<_>>>()?;
    ensure!(!hashes.is_empty(), "{name} has no hash");
    Ok(Requirement { name: name.to_owned(), version: version.to_owned(), hashes })
}

impl Requirement {
    /// How the name of a wheel of this package begins.
    pub(crate) fn wheel_prefix(&self) -> String {
        format!("{}-{}-", self.name.replace(['-', '.'], "_").to_ascii_lowercase(), self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_hashes_are_read_over_continued_lines() {
        let (a, b) = ("a".repeat(64), "B".repeat(64));
        let text = format!("# parts\nsome-part==1.2.3 \\\n  --hash=sha256:{a} \\\n  --hash=sha256:{b}\n");
        let parsed = parse(&text).expect("it is well formed");
        assert_eq!(parsed.len(), 1);
        assert_eq!(parsed[0].hashes, [a, b.to_lowercase()]);
        assert_eq!(parsed[0].wheel_prefix(), "some_part-1.2.3-");
    }

    #[test]
    fn what_is_not_pinned_is_refused() {
        for text in ["part>=1", "part==1", "part==1 --hash=md5:00", "part==1 --hash=sha256:12"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
