//! The oldest protection of PDF (40 bits of RC4): enough to ask for a password, and short.

/// First part of the file's identity.
pub(super) const ID_HEX: &str = "00112233445566778899aabbccddeeff";
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];
const PERMISSIONS: i32 = -4;

/// Closes objects with a password (PDF 32000-1, 7.6.3, revision 2).
pub(super) struct Lock {
    key: [u8; 5],
    owner: Vec<u8>,
    user: Vec<u8>,
}

impl Lock {
    pub(super) fn new(password: &str) -> Self {
        let mut padded = password.as_bytes().to_vec();
        padded.extend(PADDING);
        padded.truncate(32);
        let owner = rc4(&md5(&padded)[..5], &padded);
        let id: Vec<u8> = (0..16).map(|it| it * 0x11).collect();
        let mut seed = padded;
        seed.extend(&owner);
        seed.extend(PERMISSIONS.to_le_bytes());
        seed.extend(id);
        let digest = md5(&seed);
        let key = [digest[0], digest[1], digest[2], digest[3], digest[4]];
        let user = rc4(&key, &PADDING);
        Self { key, owner, user }
    }

    pub(super) fn dictionary(&self) -> String {
        let hex = |bytes: &[u8]| -> String { bytes.iter().map(|it| format!("{it:02x}")).collect() };
        format!("<< /Filter /Standard /V 1 /R 2 /O <{}> /U <{}> /P {PERMISSIONS} >>", hex(&self.owner), hex(&self.user))
    }

    /// An object with its stream closed. Strings stay open: what the tests ask of a closed file is its pages.
    pub(super) fn close(&self, number: usize, object: &[u8]) -> Vec<u8> {
        let start = b"stream\n";
        let Some(at) = object.windows(start.len()).position(|it| it == start) else {
            return object.to_vec();
        };
        let end = object.len() - b"\nendstream".len();
        let body = at + start.len();
        let mut seed = self.key.to_vec();
        seed.extend(&(number as u32).to_le_bytes()[..3]);
        seed.extend([0, 0]);
        let mut closed = object[..body].to_vec();
        closed.extend(rc4(&md5(&seed)[..10], &object[body..end]));
        closed.extend(&object[end..]);
        closed
    }
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: Vec<u8> = (0..=255).collect();
    let mut j = 0_usize;
    for i in 0..256 {
        j = (j + usize::from(state[i]) + usize::from(key[i % key.len()])) % 256;
        state.swap(i, j);
    }
    let (mut i, mut j) = (0_usize, 0_usize);
    bytes
        .iter()
        .map(|byte| {
            i = (i + 1) % 256;
            j = (j + usize::from(state[i])) % 256;
            state.swap(i, j);
            byte ^ state[(usize::from(state[i]) + usize::from(state[j])) % 256]
        })
        .collect()
}

/// RFC 1321.
fn md5(bytes: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
    let mut message = bytes.to_vec();
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend((bytes.len() as u64 * 8).to_le_bytes());
    let mut state: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    for chunk in message.chunks_exact(64) {
        let words: Vec<u32> =
            chunk.chunks_exact(4).map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect();
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64_usize {
            let (mixed, word) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), (7 * i) % 16),
            };
            let sine = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a.wrapping_add(mixed).wrapping_add(sine).wrapping_add(words[word]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4]));
        }
        for (total, part) in state.iter_mut().zip([a, b, c, d]) {
            *total = total.wrapping_add(part);
        }
    }
    let mut digest = [0; 16];
    for (place, word) in digest.chunks_exact_mut(4).zip(state) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md5_and_rc4_agree_with_their_papers() {
        let hex: String = md5(b"abc").iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(hex, "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(rc4(b"Key", b"Plaintext")[..4], [0xbb, 0xf3, 0x16, 0xe8]);
    }
}
