//! Paths on a pipe.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A path as the system knows it, whatever its encoding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WirePath(Vec<u8>);

impl WirePath {
    /// A path, to be sent.
    pub fn new(path: &Path) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            Self(path.as_os_str().as_bytes().to_vec())
        }
        #[cfg(windows)]
        {
            use std::os::windows::ffi::OsStrExt;
            Self(path.as_os_str().encode_wide().flat_map(u16::to_le_bytes).collect())
        }
    }

    /// The path that was sent.
    pub fn path(&self) -> PathBuf {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            PathBuf::from(std::ffi::OsStr::from_bytes(&self.0))
        }
        #[cfg(windows)]
        {
            use std::os::windows::ffi::OsStringExt;
            let wide: Vec<u16> = self.0.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            PathBuf::from(std::ffi::OsString::from_wide(&wide))
        }
    }
}
