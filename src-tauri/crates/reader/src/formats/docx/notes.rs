//! Footnotes and endnotes, which stand in parts of their own.

use std::collections::HashMap;

use crate::error::Failure;
use crate::formats::text::Line;
use crate::formats::xml::{Event, Xml};

/// Which kind of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Foot,
    End,
}

/// The texts of all notes.
#[derive(Debug, Default)]
pub(super) struct Notes(HashMap<(Kind, String), String>);

impl Notes {
    pub(super) fn read(foot: Option<&[u8]>, end: Option<&[u8]>) -> Result<Self, Failure> {
        let mut notes = Self::default();
        for (kind, bytes) in [(Kind::Foot, foot), (Kind::End, end)] {
            if let Some(bytes) = bytes {
                notes.add(kind, bytes)?;
            }
        }
        Ok(notes)
    }

    pub(super) fn get(&self, kind: Kind, id: &str) -> Option<&str> {
        self.0.get(&(kind, id.to_owned())).map(String::as_str)
    }

    fn add(&mut self, kind: Kind, bytes: &[u8]) -> Result<(), Failure> {
        let mut xml = Xml::new(bytes)?;
        let mut open: Option<String> = None;
        let mut line = Line::default();
        let mut in_text = false;
        while let Ok(Some(event)) = xml.next() {
            match event {
                Event::Start(tag) => match tag.name.as_str() {
                    // The lines above the notes are kept as notes as well.
                    "footnote" | "endnote" if tag.get("type").is_none_or(|it| it == "normal") => open = tag.get("id"),
                    "t" => in_text = true,
                    "tab" | "br" | "cr" => line.space(),
                    "noBreakHyphen" => line.push("-"),
                    _ => {}
                },
                Event::Text(text) if in_text && open.is_some() => line.push(&text),
                Event::Text(_) => {}
                Event::End(end) => match end.as_str() {
                    "t" => in_text = false,
                    "p" => line.space(),
                    "footnote" | "endnote" => {
                        let text = line.take();
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
