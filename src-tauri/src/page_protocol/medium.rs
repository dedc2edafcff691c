//! Pictures of notes: `/media/{hash}`.

/// What a path of this scheme begins with when it names a picture of a note.
const FOLDER: &str = "media/";
/// Letters of a BLAKE3 hash in hex.
const HASH: usize = 64;

/// The hash that a path names. Anything but that is no address.
pub(super) fn parse(path: &str) -> Option<String> {
    let path = path.strip_prefix('/').unwrap_or(path).replace("%2F", "/").replace("%2f", "/");
    let hash = path.strip_prefix(FOLDER)?;
    let is_hash = hash.len() == HASH && hash.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    is_hash.then(|| hash.to_owned())
}

/// The type of a picture, told by its first bytes and never by its name. None for what is no picture of pixels: a
/// drawing in SVG or a page of HTML could hold a program.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => Some("image/avif"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some("image/bmp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_is_an_address() {
        let hash = "0f".repeat(32);
        for path in [format!("/media/{hash}"), format!("/media%2F{hash}")] {
            assert_eq!(parse(&path).as_deref(), Some(hash.as_str()), "{path}");
        }
        for path in
            ["/media/", "/media/0f", &format!("/media/{}", "0F".repeat(32)), &format!("/media/../{hash}"), "/1/2/300"]
        {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_picture_is_told_by_its_bytes() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(kind(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(kind(b"GIF89a"), Some("image/gif"));
        assert_eq!(kind(b"RIFF\x10\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(kind(b"\0\0\0\x20ftypavif"), Some("image/avif"));
        for other in
            [&b"<svg xmlns='http://www.w3.org/2000/svg'>"[..], b"<!doctype html>", b"ID3\x03", b"%PDF-1.7", b""]
        {
            assert_eq!(kind(other), None);
        }
    }
}
