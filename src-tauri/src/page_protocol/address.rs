use kernel::{DocumentId, Rect};

/// The narrowest and the widest picture that is made; what is asked beyond is answered with the nearest.
const WIDTHS: std::ops::RangeInclusive<u32> = 64..=4096;

/// Which picture of which page: `/{document}/{page}/{width}`, or of a part of it,
/// `/{document}/{page}/{width}/{left}-{top}-{right}-{bottom}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageAddress {
    pub(crate) document: DocumentId,
    /// Physical page, from 1.
    pub(crate) page: u32,
    /// Of the whole page, in pixels of the screen.
    pub(crate) width: u32,
    /// All of the page, or a part.
    pub(crate) part: Option<Part>,
}

/// A part of a page: its edges in ten-thousandths of the page's width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Part {
    left: u16,
    top: u16,
    right: u16,
    bottom: u16,
}

/// A page is so many units wide and high.
const WHOLE: u16 = 10_000;

impl Part {
    fn parse(text: &str) -> Option<Self> {
        let edges: Vec<u16> = text.split('-').map(edge).collect::<Option<_>>()?;
        match edges[..] {
            [left, top, right, bottom] if left < right && top < bottom => Some(Self { left, top, right, bottom }),
            _ => None,
        }
    }

    pub(crate) fn rect(self) -> Rect {
        let [x0, y0, x1, y1] =
            [self.left, self.top, self.right, self.bottom].map(|it| f32::from(it) / f32::from(WHOLE));
        Rect { x0, y0, x1, y1 }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}-{}", self.left, self.top, self.right, self.bottom)
    }
}

impl PageAddress {
    /// Reads the path of a request. Tauri's `convertFileSrc` escapes the slashes between the numbers. Anything but
    /// three plain positive numbers, and the edges of a part behind them, is no address.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path).replace("%2F", "/").replace("%2f", "/");
        let mut parts = path.split('/');
        let (document, page, width) = (parts.next()?, parts.next()?, parts.next()?);
        let part = parts.next().map(Part::parse);
        if part == Some(None) || parts.next().is_some() {
            return None;
        }
        let width = u32::try_from(number(width)?).unwrap_or(u32::MAX);
        Some(Self {
            document: DocumentId(number(document)?),
            page: u32::try_from(number(page)?).ok()?,
            width: width.clamp(*WIDTHS.start(), *WIDTHS.end()),
            part: part.flatten(),
        })
    }
}

/// Digits alone, without a sign, a space or leading zeros, so that one picture has one address.
fn number(digits: &str) -> Option<i64> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if plain { digits.parse().ok() } else { None }
}

/// As [`number`], but an edge may be 0.
fn edge(digits: &str) -> Option<u16> {
    let edge = if digits == "0" { 0 } else { u16::try_from(number(digits)?).ok()? };
    (edge <= WHOLE).then_some(edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_three_numbers() {
        let address = PageAddress { document: DocumentId(12), page: 685, width: 1400, part: None };
        assert_eq!(PageAddress::parse("/12/685/1400"), Some(address));
        assert_eq!(PageAddress::parse("/12%2F685%2f1400"), Some(address));
    }

    #[test]
    fn a_part_has_its_edges_behind_them() {
        let part = PageAddress::parse("/12%2F685%2F1400%2F0-250-10000-500").and_then(|it| it.part);
        assert_eq!(part.map(Part::rect), Some(Rect { x0: 0.0, y0: 0.025, x1: 1.0, y1: 0.05 }));
        assert_eq!(part.map(|it| it.to_string()).as_deref(), Some("0-250-10000-500"));
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
            "/1/2/300/",
            "/1/2/300/0-0-1",
            "/1/2/300/5-0-5-9",
            "/1/2/300/0-0-10001-9",
            "/1/2/300/0-0-09-9",
            "/1/2/300/0-0-9-9/1",
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
