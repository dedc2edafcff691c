//! A picture of a page, whose text somebody else has to recognise.

use std::io;

use super::draft::UnitPage;
use super::{Document, Emit};
use crate::{Format, Opened, Page, PageStatus};

/// A picture: one page without text.
pub(crate) struct Image;

impl Document for Image {
    fn opened(&self) -> Opened {
        Opened::new(Format::Image, 1, None, Vec::new())
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        if from > 1 {
            return Ok(());
        }
        emit(Page { status: PageStatus::Scanned, ..UnitPage::new(1, None).finish() })
    }
}
