//! From PDFium's page space to the page as it is drawn.

use kernel::Rect;
use pdfium_render::prelude::{PdfPage, PdfPageRenderRotation, PdfRect};

/// A rectangle in points on the drawn page, origin top left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

impl Area {
    pub(super) fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    pub(super) fn middle(&self) -> f32 {
        (self.x0 + self.x1) / 2.0
    }

    pub(super) fn with(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// How much of the lower one's height the two share, 0 to 1.
    pub(super) fn shared_height(&self, other: &Self) -> f32 {
        let shared = self.y1.min(other.y1) - self.y0.max(other.y0);
        shared / self.height().min(other.height()).max(0.1)
    }
}

/// Quarter turns clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn(pub(super) u8);

/// How a page lies: what of it is drawn, and how it is turned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    left: f32,
    bottom: f32,
    /// Width and height of the visible part before it is turned.
    across: f32,
    up: f32,
    turn: Turn,
}

impl Sheet {
    pub(super) fn of(page: &PdfPage<'_>) -> Self {
        let turn = match page.rotation() {
            Ok(PdfPageRenderRotation::Degrees90) => 1,
            Ok(PdfPageRenderRotation::Degrees180) => 2,
            Ok(PdfPageRenderRotation::Degrees270) => 3,
            _ => 0,
        };
        let (width, height) = (page.width().value.max(1.0), page.height().value.max(1.0));
        let (across, up) = if turn % 2 == 0 { (width, height) } else { (height, width) };
        let (left, bottom) =
            page.boundaries().bounding().map_or((0.0, 0.0), |it| (it.bounds.left().value, it.bounds.bottom().value));
        Self { left, bottom, across, up, turn: Turn(turn) }
    }

    /// A sheet that is drawn whole and upright.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(super) fn plain(width: f32, height: f32) -> Self {
        Self { left: 0.0, bottom: 0.0, across: width, up: height, turn: Turn(0) }
    }

    /// The page's size in points as it is drawn.
    pub(super) fn size(&self) -> (f32, f32) {
        if self.turn.0.is_multiple_of(2) { (self.across, self.up) } else { (self.up, self.across) }
    }

    /// Where a rectangle of PDFium's page space lies on the drawn page.
    pub(super) fn place(&self, rect: &PdfRect) -> Area {
        let (u0, u1) = (rect.left().value - self.left, rect.right().value - self.left);
        let (v0, v1) = (rect.bottom().value - self.bottom, rect.top().value - self.bottom);
        let area = Area { x0: u0, y0: self.up - v1, x1: u1, y1: self.up - v0 };
        turned(area, self.turn, self.across, self.up)
    }

    /// How text of this angle (radians, counter-clockwise, in PDFium's page space) stands on the drawn page.
    pub(super) fn direction(&self, angle: f32) -> Turn {
        let clockwise = (-angle / std::f32::consts::FRAC_PI_2).round().rem_euclid(4.0) as u8;
        Turn((clockwise + self.turn.0) % 4)
    }

    /// The drawn page, turned so that text which stands in direction `text` becomes upright.
    pub(super) fn upright(&self, area: &Area, text: Turn) -> Area {
        let (width, height) = self.size();
        turned(*area, Turn((4 - text.0) % 4), width, height)
    }

    /// A rectangle of the drawn page as fractions of it, cut at its edges.
    pub(super) fn fractions(&self, area: &Area) -> Rect {
        let (width, height) = self.size();
        Rect {
            x0: (area.x0 / width).clamp(0.0, 1.0),
            y0: (area.y0 / height).clamp(0.0, 1.0),
            x1: (area.x1 / width).clamp(0.0, 1.0),
            y1: (area.y1 / height).clamp(0.0, 1.0),
        }
    }
}

/// `area` on a sheet of `width` by `height` after the sheet was turned clockwise.
fn turned(area: Area, turn: Turn, width: f32, height: f32) -> Area {
    let Area { x0, y0, x1, y1 } = area;
    match turn.0 {
        1 => Area { x0: height - y1, y0: x0, x1: height - y0, y1: x1 },
        2 => Area { x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0 },
        3 => Area { x0: y0, y0: width - x1, x1: y1, y1: width - x0 },
        _ => area,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_quarter_turns_are_none() {
        let area = Area { x0: 1.0, y0: 2.0, x1: 4.0, y1: 3.0 };
        let once = turned(area, Turn(1), 10.0, 20.0);
        assert_eq!(once, Area { x0: 17.0, y0: 1.0, x1: 18.0, y1: 4.0 });
        assert_eq!(turned(once, Turn(3), 20.0, 10.0), area);
        let twice = turned(turned(area, Turn(2), 10.0, 20.0), Turn(2), 10.0, 20.0);
        assert_eq!(twice, area);
    }
}
