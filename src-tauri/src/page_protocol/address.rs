use kernel::DocumentId;

/// The narrowest and the widest picture that is made; what is asked beyond is answered with the nearest.
const WIDTHS: std::ops::RangeInclusive<u32> = 64..=4096;

/// Which picture of which page: `/{document}/{page}/{width}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageAddress {
    pub(crate) document: DocumentId,
    /// Physical page, from 1.
    pub(crate) page: u32,
    /// In pixels of the screen.
    pub(crate) width: u32,
}

impl PageAddress {
    /// Reads the path of a request. Tauri's `convertFileSrc` escapes the slashes between the numbers. Anything but
    /// three plain positive numbers is no address.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path).replace("%2F", "/").replace("%2f", "/");
        let mut parts = path.split('/');
        let (document, page, width) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let width = u32::try_from(number(width)?).unwrap_or(u32::MAX);
        Some(Self {
            document: DocumentId(number(document)?),
            page: u32::try_from(number(page)?).ok()?,
            width: width.clamp(*WIDTHS.start(), *WIDTHS.end()),
        })
    }
}

/// Digits alone, without a sign, a space or leading zeros, so that one picture has one address.
fn number(digits: &str) -> Option<i64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_three_numbers() {
        let address = PageAddress { document: DocumentId(12), page: 685, width: 1400 };
        assert_eq!(PageAddress::parse("/12/685/1400"), Some(address));
        assert_eq!(PageAddress::parse("/12%2F685%2f1400"), Some(address));
    }

    #[test]
    fn the_width_is_kept_within_reason() {
        let width = |path| PageAddress::parse(path).map(|address| address.width);
        assert_eq!(width("/1/1/1"), Some(64));
        assert_eq!(width("/1/1/99999999999"), Some(4096));
    }

    #[test]
    fn nothing_else_is_an_address() {
        for path in [
            "",
            "/",
            "/1/2",
            "/1/2/300/4",
            "/1/2/",
            "/0/1/300",
            "/1/0/300",
            "/-1/1/300",
            "/+1/1/300",
            "/1/ 1/300",
            "/01/1/300",
            "/1/1/300.png",
            "/../../etc/passwd",
            "/1%2F..%2F300",
            "/99999999999999999999/1/300",
            "/1/99999999999/300",
            "/1/１/300",
        ] {
            assert_eq!(PageAddress::parse(path), None, "{path}");
        }
    }
}
