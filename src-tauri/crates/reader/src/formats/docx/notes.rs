//! Footnotes and endnotes, which stand in parts of their own.

use std::collections::HashMap;

use super::paragraph::Paragraph;
use super::styles::Styles;
use crate::error::Failure;
use crate::formats::styled::Styled;
use crate::formats::xml::{Event, Xml};

/// Which kind of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Foot,
    End,
}

/// The texts of all notes.
#[derive(Debug, Default)]
pub(super) struct Notes(HashMap<(Kind, String), Styled>);

impl Notes {
    pub(super) fn read(foot: Option<&[u8]>, end: Option<&[u8]>, styles: &Styles) -> Result<Self, Failure> {
        let mut notes = Self::default();
        for (kind, bytes) in [(Kind::Foot, foot), (Kind::End, end)] {
            if let Some(bytes) = bytes {
                notes.add(kind, bytes, styles)?;
            }
        }
        Ok(notes)
    }

    pub(super) fn get(&self, kind: Kind, id: &str) -> Option<&Styled> {
        self.0.get(&(kind, id.to_owned()))
    }

    fn add(&mut self, kind: Kind, bytes: &[u8], styles: &Styles) -> Result<(), Failure> {
        let mut xml = Xml::new(bytes)?;
        let mut open: Option<String> = None;
        // All paragraphs of a note as one.
        let mut note = Paragraph::default();
        let mut in_text = false;
        while let Ok(Some(event)) = xml.next() {
            match event {
                Event::Start(tag) => match tag.name.as_str() {
                    // The lines above the notes are kept as notes as well.
                    "footnote" | "endnote" if tag.get("type").is_none_or(|it| it == "normal") => open = tag.get("id"),
                    "tab" | "br" | "cr" => note.space(),
                    "noBreakHyphen" => note.text("-"),
                    name => {
                        in_text |= name == "t";
                        note.start(&tag, styles);
                    }
                },
                Event::Text(text) if in_text && open.is_some() => note.text(&text),
                Event::Text(_) => {}
                Event::End(end) => match end.as_str() {
                    "t" => in_text = false,
                    "r" => note.end_run(),
                    "p" => note.space(),
                    "footnote" | "endnote" => {
                        let text = std::mem::take(&mut note).line.take_styled();
                        if let Some(id) = open.take()
                            && !text.is_empty()
                        {
                            self.0.insert((kind, id), text);
                        }
                    }
                    _ => {}
                },
            }
        }
        Ok(())
    }
}
