//! What a backup says of itself.

use std::collections::HashSet;
use std::path::Path;

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::BackupError;
use crate::SCHEMA_VERSION;
use crate::check::Counts;
use crate::documents::Original;

/// The first member's content: like those of EPUB and OpenDocument it stands at a fixed place in the file.
pub(super) const MIMETYPE: &str = "application/vnd.smart-study-room.backup";
/// The form of a backup that this version writes, and the newest that it reads.
pub(super) const FORM: u32 = 1;
/// Member names.
pub(super) const MIMETYPE_NAME: &str = "mimetype";
pub(super) const DATABASE_NAME: &str = "library.sqlite";
pub(super) const MANIFEST_NAME: &str = "manifest.json";
const ORIGINALS: &str = "originals/";

/// The last member.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// See [`FORM`].
    pub(super) form: u32,
    /// The version of the app that made it.
    pub(super) app: String,
    /// The schema of its database.
    pub(super) schema: u32,
    /// When it was made.
    pub(super) made: Timestamp,
    /// How much there is in it.
    pub(super) counts: Counts,
    /// Every member but the first and this one.
    pub(super) members: Vec<Member>,
    /// Originals that the library itself no longer had whole, by their file names.
    pub(super) missing: Vec<String>,
}

/// A file of the backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) bytes: u64,
    /// In hexadecimal.
    pub(super) blake3: String,
}

/// What is read before the rest: of a newer form nothing else may be understood.
#[derive(Deserialize)]
struct Head {
    form: u32,
    app: String,
    schema: u32,
}

impl Manifest {
    /// Reads a manifest and refuses one that could not be carried out: of a newer version, or with names that lead
    /// anywhere but into the library.
    pub(super) fn read(json: &[u8], path: &Path) -> Result<Self, BackupError> {
        let unreadable = |error: serde_json::Error| BackupError::damaged(path, format!("its manifest reads: {error}"));
        let head: Head = serde_json::from_slice(json).map_err(unreadable)?;
        if head.form > FORM || head.schema > SCHEMA_VERSION {
            return Err(BackupError::Newer { path: path.to_owned(), version: head.app });
        }
        let manifest: Self = serde_json::from_slice(json).map_err(unreadable)?;
        if manifest.schema == 0 {
            return Err(BackupError::damaged(path, "its database has no schema"));
        }
        let mut names = HashSet::new();
        for member in &manifest.members {
            let known = member.name == DATABASE_NAME || original_of(&member.name).is_some();
            if !known || !names.insert(member.name.as_str()) {
                return Err(BackupError::damaged(path, format!("{:?} does not belong into a backup", member.name)));
            }
        }
        if !names.contains(DATABASE_NAME) {
            return Err(BackupError::damaged(path, "it has no database"));
        }
        Ok(manifest)
    }

    /// Bytes of all members together; none where the sum is no number.
    pub(super) fn bytes(&self) -> Option<u64> {
        self.members.iter().try_fold(0_u64, |sum, member| sum.checked_add(member.bytes))
    }
}

/// The name of an original's file.
pub(super) fn file_name(original: &Original) -> String {
    format!("{}.{}", original.hash, original.format)
}

/// Whether the name of an original's file leads nowhere else, as it could in a database that was tampered with.
pub(super) fn is_plain(original: &Original) -> bool {
    let Original { hash, format } = original;
    (1..=64).contains(&hash.len())
        && hash.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
        && (1..=16).contains(&format.len())
        && format.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
}

/// The name of an original's member; none where it is not named by a hash.
pub(super) fn member_of(original: &Original) -> Option<String> {
    (is_plain(original) && original.hash.len() == 64).then(|| ORIGINALS.to_owned() + &file_name(original))
}

/// The original that a member is; none for any other name.
pub(super) fn original_of(member: &str) -> Option<Original> {
    let (hash, format) = member.strip_prefix(ORIGINALS)?.split_once('.')?;
    let original = Original { hash: hash.into(), format: format.into() };
    (member_of(&original).as_deref() == Some(member)).then_some(original)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use kernel::{Code, Coded};
    use proptest::prelude::*;

    use super::*;

    fn manifest() -> Manifest {
        let member = |name: &str| Member { name: name.into(), bytes: 3, blake3: "0".repeat(64) };
        Manifest {
            form: FORM,
            app: "0.1.0".into(),
            schema: SCHEMA_VERSION,
            made: Timestamp(7),
            counts: Counts::default(),
            members: vec![member(DATABASE_NAME), member(&format!("originals/{}.pdf", "a1".repeat(32)))],
            missing: Vec::new(),
        }
    }

    fn read(manifest: &Manifest) -> Result<Manifest, BackupError> {
        Manifest::read(&serde_json::to_vec(manifest).unwrap(), Path::new("b"))
    }

    fn code(change: impl FnOnce(&mut Manifest)) -> Code {
        let mut changed = manifest();
        change(&mut changed);
        read(&changed).unwrap_err().code()
    }

    #[test]
    fn a_manifest_comes_back_as_it_was() {
        assert_eq!(read(&manifest()).unwrap(), manifest());
        assert_eq!(manifest().bytes(), Some(6));
    }

    #[test]
    fn a_newer_one_is_told_from_a_damaged_one() {
        assert_eq!(code(|it| it.form += 1), Code::NewerLibrary);
        assert_eq!(code(|it| it.schema += 1), Code::NewerLibrary);
        assert_eq!(code(|it| it.schema = 0), Code::Damaged);
        assert_eq!(code(|it| it.members.truncate(0)), Code::Damaged);
        let error = Manifest::read(b"{", Path::new("b")).unwrap_err();
        assert_eq!(error.code(), Code::Damaged);
    }

    #[test]
    fn no_member_leads_out_of_the_library_or_stands_twice() {
        let hash = "a1".repeat(32);
        for name in [
            "../evil",
            "/etc/passwd",
            "originals/../library.sqlite",
            "originals/x.pdf",
            &format!("originals/{hash}.pdf/x"),
            &format!("originals/{hash}.PDF"),
            &format!("originals/{hash}."),
            &format!("originals\\{hash}.pdf"),
            "writer.lock",
            "library.sqlite",
        ] {
            let added = |it: &mut Manifest| it.members.push(Member { name: name.into(), ..it.members[0].clone() });
            assert_eq!(code(added), Code::Damaged, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
            let _ = Manifest::read(text.as_bytes(), Path::new("b"));
            let _ = original_of(&text);
        }
    }
}
