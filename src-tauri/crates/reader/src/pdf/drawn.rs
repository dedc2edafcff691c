//! What is drawn on a page besides letters: ruling lines, and the boxes behind or around text.

use pdfium_render::prelude::{
    PdfMatrix, PdfPage, PdfPageObject, PdfPageObjectCommon, PdfPageObjectsCommon, PdfPagePathObject, PdfPathFillMode,
    PdfPathSegmentType, PdfPathSegments, PdfRect,
};

use super::geometry::{Area, Sheet, Turn};

/// Lines and boxes, in points on the drawn page turned so that the text is upright, as [`super::words::Token::area`].
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// Level lines, thin areas, each merged with those that go on where it ends.
    pub(super) level: Vec<Area>,
    /// Upright lines, as thin areas.
    pub(super) upright: Vec<Area>,
    /// Filled or framed areas.
    pub(super) boxes: Vec<Area>,
    /// Small filled marks, such as stand before the items of a list.
    pub(super) marks: Vec<Area>,
}

/// No line is thicker than this, in points.
const THICK: f32 = 2.5;
/// No line is shorter than this.
const SHORT: f32 = 5.0;
/// No mark of a list is larger than this.
const MARK: f32 = 7.0;
/// Two ends this near meet.
const MEETS: f32 = 2.5;
/// A page with more objects than this is a drawing; what comes behind is not looked at.
const OBJECTS: usize = 12_000;
/// A path of more parts than this is a drawing.
const SEGMENTS: u32 = 400;
/// More lines than any table has.
const LINES: usize = 1_500;

impl Drawn {
    /// What is drawn on `page`; `turn` is how its text stands.
    pub(super) fn of(page: &PdfPage<'_>, sheet: &Sheet, turn: Turn) -> Self {
        let mut drawn = Self::default();
        let mut left = OBJECTS;
        let mut shapes = Shapes { sheet, turn, drawn: &mut drawn };
        for object in page.objects().iter() {
            if left == 0 || shapes.drawn.count() > LINES {
                break;
            }
            left -= 1;
            match &object {
                PdfPageObject::Path(path) => shapes.path(path, None),
                PdfPageObject::XObjectForm(form) => {
                    let Ok(matrix) = form.matrix() else {
                        continue;
                    };
                    for inner in form.iter().take(left) {
                        left -= 1;
                        if let PdfPageObject::Path(path) = &inner {
                            shapes.path(path, Some(matrix));
                        }
                    }
                }
                _ => {}
            }
        }
        drawn.level = merged(drawn.level, |it| (it.y0, it.y1, it.x0, it.x1), |it, end| it.x1 = it.x1.max(end));
        drawn.upright = merged(drawn.upright, |it| (it.x0, it.x1, it.y0, it.y1), |it, end| it.y1 = it.y1.max(end));
        drawn
    }

    fn count(&self) -> usize {
        self.level.len() + self.upright.len() + self.boxes.len() + self.marks.len()
    }

    fn add_line(&mut self, area: Area) {
        if area.height() <= THICK && area.width() >= SHORT {
            self.level.push(area);
        } else if area.width() <= THICK && area.height() >= SHORT {
            self.upright.push(area);
        }
    }
}

struct Shapes<'a> {
    sheet: &'a Sheet,
    turn: Turn,
    drawn: &'a mut Drawn,
}

impl Shapes<'_> {
    fn area(&self, left: f32, bottom: f32, right: f32, top: f32) -> Area {
        let rect = PdfRect::new_from_values(bottom.min(top), left.min(right), top.max(bottom), right.max(left));
        self.sheet.upright(&self.sheet.place(&rect), self.turn)
    }

    /// Takes in a path; the points of one inside a form are turned by the form's matrix.
    fn path(&mut self, path: &PdfPagePathObject<'_>, form: Option<PdfMatrix>) {
        let Ok(bounds) = path.bounds() else {
            return;
        };
        let bounds = form.map_or(bounds, |it| bounds.transform(it));
        let whole = self.area(bounds.left().value, bounds.bottom().value, bounds.right().value, bounds.top().value);
        if !(whole.width().is_finite() && whole.height().is_finite()) {
            return;
        }
        let filled = !matches!(path.fill_mode(), Ok(PdfPathFillMode::None) | Err(_));
        let stroked = path.is_stroked().unwrap_or(false);
        if !(filled || stroked) {
            return;
        }
        if whole.width().max(whole.height()) < MARK {
            let squarish = whole.width().min(whole.height()) > 0.6 * whole.width().max(whole.height());
            if squarish && whole.width() > 1.0 {
                self.drawn.marks.push(whole);
            }
            return;
        }
        if whole.width() <= THICK || whole.height() <= THICK {
            self.drawn.add_line(whole);
            return;
        }
        let segments = path.segments();
        if segments.len() > SEGMENTS {
            return;
        }
        let own = path.matrix().ok();
        let parts = self.parts(&segments, own, form);
        let shaded = filled && path.fill_color().is_ok_and(|it| it.alpha() > 0 && !is_white(&it));
        for part in parts {
            if part.area.width() <= THICK || part.area.height() <= THICK {
                self.drawn.add_line(part.area);
                continue;
            }
            if part.straight && stroked && !filled {
                part.sides.iter().for_each(|side| self.drawn.add_line(*side));
            }
            if part.is_frame() && (shaded || stroked) {
                self.drawn.boxes.push(part.area);
                if stroked && filled {
                    part.sides.iter().for_each(|side| self.drawn.add_line(*side));
                }
            }
        }
    }

    /// The parts of a path that the pen draws without being lifted.
    fn parts<'a>(
        &self,
        segments: &'a impl PdfPathSegments<'a>,
        own: Option<PdfMatrix>,
        form: Option<PdfMatrix>,
    ) -> Vec<Stroke> {
        let mut parts: Vec<Stroke> = Vec::new();
        let mut pen = (0.0, 0.0);
        for segment in segments.iter() {
            let (mut x, mut y) = segment.point();
            for matrix in [own, form].into_iter().flatten() {
                (x, y) = matrix.apply_to_points(x, y);
            }
            let at = (x.value, y.value);
            let point = self.area(at.0, at.1, at.0, at.1);
            match (segment.segment_type(), parts.last_mut()) {
                (PdfPathSegmentType::MoveTo, _) | (_, None) => {
                    parts.push(Stroke { area: point, start: at, sides: Vec::new(), straight: true });
                }
                (kind, Some(part)) => {
                    part.area = part.area.with(&point);
                    part.straight &= kind == PdfPathSegmentType::LineTo;
                    let start = part.start;
                    let mut sides = vec![self.area(pen.0, pen.1, at.0, at.1)];
                    if segment.is_close() {
                        sides.push(self.area(at.0, at.1, start.0, start.1));
                    }
                    if let Some(part) = parts.last_mut() {
                        part.sides.extend(sides);
                    }
                }
            }
            pen = at;
        }
        parts
    }
}

/// A line of the pen.
struct Stroke {
    area: Area,
    start: (f32, f32),
    sides: Vec<Area>,
    /// Without a curve.
    straight: bool,
}

impl Stroke {
    /// A rectangle, perhaps with round corners: its long sides are level or upright.
    fn is_frame(&self) -> bool {
        let along = |length: fn(&Area) -> f32, across: fn(&Area) -> f32| -> f32 {
            self.sides.iter().filter(|it| across(it) < 1.0).map(length).sum()
        };
        along(Area::width, Area::height) > 1.4 * self.area.width()
            && along(Area::height, Area::width) > 1.4 * self.area.height()
            && self.sides.len() <= 16
    }
}

fn is_white(color: &pdfium_render::prelude::PdfColor) -> bool {
    color.red() > 250 && color.green() > 250 && color.blue() > 250
}

/// Lines of one height that meet, as one. `ends` gives a line's two sides across and its two ends along.
fn merged(
    mut lines: Vec<Area>,
    ends: impl Fn(&Area) -> (f32, f32, f32, f32),
    extend: impl Fn(&mut Area, f32),
) -> Vec<Area> {
    let middle = |it: &Area| {
        let (a, b, ..) = ends(it);
        (a + b) / 2.0
    };
    // Heights in steps, so that lines of one height stand together in the order of their starts.
    lines.sort_by(|a, b| {
        let step = |it: &Area| (middle(it) * 2.0).round();
        step(a).total_cmp(&step(b)).then(ends(a).2.total_cmp(&ends(b).2))
    });
    let mut out: Vec<Area> = Vec::with_capacity(lines.len());
    for line in lines {
        let (_, _, start, end) = ends(&line);
        match out.last_mut() {
            Some(last) if (middle(last) - middle(&line)).abs() < 0.8 && start <= ends(last).3 + MEETS => {
                extend(last, end);
            }
            _ => out.push(line),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(x0: f32, x1: f32, y: f32) -> Area {
        Area { x0, y0: y, x1, y1: y + 0.5 }
    }

    #[test]
    fn pieces_of_one_line_are_one_line() {
        let lines =
            vec![level(50.0, 90.0, 10.1), level(10.0, 50.0, 10.0), level(120.0, 130.0, 10.0), level(0.0, 9.0, 20.0)];
        let found = merged(lines, |it| (it.y0, it.y1, it.x0, it.x1), |it, end| it.x1 = it.x1.max(end));
        let ends: Vec<_> = found.iter().map(|it| (it.x0, it.x1)).collect();
        assert_eq!(ends, [(10.0, 90.0), (120.0, 130.0), (0.0, 9.0)]);
    }
}
