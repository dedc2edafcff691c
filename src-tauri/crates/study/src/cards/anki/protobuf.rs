//! As much of Protocol Buffers as Anki's messages need.

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A number.
    Varint(u64),
    /// Text, bytes, or a message.
    Bytes(&'a [u8]),
    /// A number of fixed width, which nothing here needs.
    Fixed,
}

/// The fields of a message, in order; none where it isn't one.
pub(super) fn fields(mut message: &[u8]) -> Option<Vec<(u64, Value<'_>)>> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message)?;
        let value = match key & 7 {
            0 => Value::Varint(varint(&mut message)?),
            1 => skip(&mut message, 8)?,
            2 => {
                let length = usize::try_from(varint(&mut message)?).ok()?;
                let (bytes, rest) = message.split_at_checked(length)?;
                message = rest;
                Value::Bytes(bytes)
            }
            5 => skip(&mut message, 4)?,
            _ => return None,
        };
        fields.push((key >> 3, value));
    }
    Some(fields)
}

/// The text of the first field of that number; none where there is no such text.
pub(super) fn text(message: &[u8], number: u64) -> Option<String> {
    fields(message)?.into_iter().find_map(|field| match field {
        (found, Value::Bytes(bytes)) if found == number => String::from_utf8(bytes.to_vec()).ok(),
        _ => None,
    })
}

/// The number in the last field of that number; 0, the default, where there is none.
pub(super) fn number(message: &[u8], number: u64) -> u64 {
    let found = fields(message).into_iter().flatten().rev().find_map(|field| match field {
        (found, Value::Varint(value)) if found == number => Some(value),
        _ => None,
    });
    found.unwrap_or(0)
}

fn skip<'a>(message: &mut &[u8], length: usize) -> Option<Value<'a>> {
    *message = message.get(length..)?;
    Some(Value::Fixed)
}

fn varint(message: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = message.split_first()?;
        *message = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_what_is_no_message_is_none() {
        let message = [0x0a, 2, b'h', b'i', 0x10, 0x96, 0x01, 0x1d, 1, 2, 3, 4];
        assert_eq!(fields(&message).map(|fields| fields.len()), Some(3));
        assert_eq!((text(&message, 1).as_deref(), number(&message, 2), number(&message, 9)), (Some("hi"), 150, 0));
        for broken in [&[0x0a, 9, 1][..], &[0x80; 12], &[0x0b], &[0x0d, 1]] {
            assert_eq!(fields(broken), None);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes: Vec<u8>) {
            let _ = (fields(&bytes), text(&bytes, 1), number(&bytes, 1));
        }
    }
}
