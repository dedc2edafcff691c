//! Messages on a pipe: four bytes of length, little endian, then postcard.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A page picture of 4096 × 4096 pixels stays below this; more is not one of ours.
const LONGEST: u32 = 128 << 20;

/// Writes one message and hands it over at once.
///
/// # Errors
/// The pipe's own, or a message of more than 4 GiB.
pub fn write(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let mut frame = postcard::to_extend(message, vec![0; 4]).map_err(io::Error::other)?;
    let length = u32::try_from(frame.len() - 4).map_err(io::Error::other)?;
    frame[..4].copy_from_slice(&length.to_le_bytes());
    to.write_all(&frame)?;
    to.flush()
}

/// The next message; none when the other side has closed the pipe between two messages.
///
/// # Errors
/// The pipe's own, or bytes that are no such message.
pub fn read<M: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<M>> {
    let mut length = [0; 4];
    let mut filled = 0;
    while filled < length.len() {
        match from.read(&mut length[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut body)?;
    if body.len() != length as usize {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    postcard::from_bytes(&body).map(Some).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn messages_arrive_whole_and_in_order() {
        let mut pipe = Vec::new();
        write(&mut pipe, &"first").unwrap();
        write(&mut pipe, &"second").unwrap();
        let mut from = pipe.as_slice();
        assert_eq!(read::<String>(&mut from).unwrap().as_deref(), Some("first"));
        assert_eq!(read::<String>(&mut from).unwrap().as_deref(), Some("second"));
        assert_eq!(read::<String>(&mut from).unwrap(), None);
    }

    #[test]
    fn a_message_cut_in_the_middle_or_absurdly_long_is_an_error() {
        let mut pipe = Vec::new();
        write(&mut pipe, &"whole").unwrap();
        pipe.pop();
        assert!(read::<String>(&mut pipe.as_slice()).is_err());
        assert!(read::<String>(&mut [0xff; 8].as_slice()).is_err());
    }
}
