//! The oldest protection of PDF (40 bits of RC4): enough to ask for a password, and short.

use md5::{Digest, Md5};

use crate::file::hex;

/// What passwords are filled up with.
const PADDING: [u8; 32] = *b"\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\
    \x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A";
const PERMISSIONS: i32 = -4;

/// The standard security handler (PDF 32000-1, 7.6.3, revision 2).
pub(crate) struct Lock {
    key: Vec<u8>,
    owner: Vec<u8>,
    user: Vec<u8>,
}

impl Lock {
    /// First part of the file's identity, which goes into the key.
    pub(crate) const ID: &[u8] = b"a test's own id.";

    /// The lock that this password opens.
    pub(crate) fn new(password: &str) -> Self {
        let padded: Vec<u8> = password.bytes().chain(PADDING).take(PADDING.len()).collect();
        let owner = rc4(&Md5::digest(&padded)[..5], &padded);
        let all = [&padded[..], &owner, &PERMISSIONS.to_le_bytes(), Self::ID].concat();
        let key = Md5::digest(all)[..5].to_vec();
        let user = rc4(&key, &PADDING);
        Self { key, owner, user }
    }

    /// A string or stream of the object with this number, encrypted.
    pub(crate) fn encrypt(&self, object: usize, content: &[u8]) -> Vec<u8> {
        let key = Md5::digest([&self.key[..], &object.to_le_bytes()[..3], &[0, 0]].concat());
        rc4(&key[..10], content)
    }

    /// What a reader needs to try a password.
    pub(crate) fn dictionary(&self) -> String {
        let (owner, user) = (hex(&self.owner), hex(&self.user));
        format!("/Filter /Standard /V 1 /R 2 /P {PERMISSIONS} /O <{owner}> /U <{user}>")
    }
}

fn rc4(key: &[u8], content: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0_u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    let mut next = || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))]
    };
    content.iter().map(|byte| byte ^ next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_agrees_with_its_known_answer() {
        assert_eq!(hex(&rc4(b"Key", b"Plaintext")), "bbf316e8d940af0ad3");
    }
}
