//! XML, one event at a time: no entity of a DTD is expanded, nothing outside is fetched, nothing nests without end.

use std::io::{BufReader, Read};

use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::{Reader, XmlVersion};

use super::archive::of_part;
use super::decode::{Utf8, XmlText};
use crate::error::Failure;

/// Elements inside each other.
const DEEPEST: usize = 400;

/// What comes next. Names are without their prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// An element begins; an empty one ends with the next event.
    Start(Tag),
    /// The element of this name ends.
    End(String),
    /// Text, its references resolved.
    Text(String),
}

/// The start of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its name without its prefix.
    pub(crate) name: String,
    /// The name as it is written and its attributes, looked into when they are asked for.
    raw: String,
    name_len: usize,
}

impl Tag {
    /// What stands before the name, or nothing.
    pub(crate) fn prefix(&self) -> &str {
        self.raw.get(..self.name_len).and_then(|it| it.split_once(':')).map_or("", |(prefix, _)| prefix)
    }

    /// The value of the attribute with this name behind its prefix, if it has one.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.find(|key| key.rsplit(':').next() == Some(name))
    }

    /// The value of the attribute with this name and any prefix.
    pub(crate) fn prefixed(&self, name: &str) -> Option<String> {
        self.find(|key| key.split_once(':').is_some_and(|(_, local)| local == name))
    }

    /// The value of the attribute with this name as a number.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<String> {
        let start = BytesStart::from_content(self.raw.as_str(), self.name_len);
        let attribute = start.attributes().with_checks(false).flatten().find(|it| wanted(it.key.as_ref()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned);
        Some(value.unwrap_or_else(|| attribute.value.to_string()))
    }
}

/// A document that is being read.
pub(crate) struct Xml<R: Read> {
    reader: Reader<BufReader<XmlText<R>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<R: Read> Xml<R> {
    pub(crate) fn new(source: R) -> Result<Self, Failure> {
        let text = Utf8::xml(source).map_err(|error| of_part(&error))?;
        let mut reader = Reader::from_reader(BufReader::with_capacity(32 << 10, text));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Ok(Self { reader, buffer: Vec::new(), depth: 0 })
    }

    /// The next event; none at the end.
    ///
    /// # Errors
    /// [`Failure::Damaged`] where the XML is broken: what came before it stands. [`Failure::Bomb`] for a part that
    /// unpacks to too much.
    pub(crate) fn next(&mut self) -> Result<Option<Event>, Failure> {
        loop {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(quick_xml::Error::Io(error)) => return Err(of_part(&error)),
                Err(_) => return Err(Failure::Damaged),
            };
            return Ok(Some(match event {
                Raw::Start(start) | Raw::Empty(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Failure::Damaged);
                    }
                    let name = start.local_name().as_ref().to_owned();
                    let name_len = start.name().as_ref().len();
                    Event::Start(Tag { name, raw: (*start).to_owned(), name_len })
                }
                Raw::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End(end.local_name().as_ref().to_owned())
                }
                Raw::Text(text) => Event::Text(text.xml10_content().into_owned()),
                Raw::CData(text) => Event::Text(text.xml10_content().into_owned()),
                Raw::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(letter)) => Event::Text(letter.to_string()),
                    Ok(None) => match resolve_xml_entity(&reference) {
                        Some(text) => Event::Text(text.to_owned()),
                        // Shown as it is written rather than looked up in a DTD.
                        None => Event::Text(format!("&{};", &*reference)),
                    },
                    Err(_) => Event::Text("\u{fffd}".into()),
                },
                Raw::Eof if self.depth > 0 => return Err(Failure::Damaged),
                Raw::Eof => return Ok(None),
                Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => continue,
            }));
        }
    }

    /// Goes on behind the end of the element that began with the last event.
    pub(crate) fn skip(&mut self) -> Result<(), Failure> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// All text up to the end of the element that began with the last event.
    pub(crate) fn text(&mut self) -> Result<String, Failure> {
        let outside = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Event::Text(more)) => text.push_str(&more),
                Some(_) => {}
                None => break,
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text_of(xml: &str) -> (String, Option<Failure>) {
        let mut reader = Xml::new(xml.as_bytes()).unwrap();
        let mut text = String::new();
        loop {
            match reader.next() {
                Ok(Some(Event::Text(more))) => text.push_str(&more),
                Ok(Some(_)) => {}
                Ok(None) => return (text, None),
                Err(failure) => return (text, Some(failure)),
            }
        }
    }

    #[test]
    fn references_are_resolved_and_entities_are_not() {
        assert_eq!(text_of("<a>&lt;&#228;&#x20AC;&amp;</a>"), ("<ä€&".into(), None));
        let laughs =
            "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'><!ENTITY d SYSTEM 'file:///etc/passwd'>]><a>&c;&d;</a>";
        assert_eq!(text_of(laughs), ("&c;&d;".into(), None));
    }

    #[test]
    fn broken_xml_gives_what_stands_before_the_break() {
        assert_eq!(text_of("<a>one<b>two</a>three"), ("onetwo".into(), Some(Failure::Damaged)));
        assert_eq!(text_of("<a>one"), ("one".into(), Some(Failure::Damaged)));
        let deep = "<a>".repeat(DEEPEST + 1);
        assert_eq!(text_of(&deep).1, Some(Failure::Damaged));
    }

    #[test]
    fn attributes_are_found_with_and_without_their_prefix() {
        let mut reader = Xml::new(&b"<p:sldId id='256' r:id='rId2' t='a &amp; b'/>"[..]).unwrap();
        let Some(Event::Start(tag)) = reader.next().unwrap() else { panic!("no element") };
        assert_eq!((tag.prefix(), tag.name.as_str()), ("p", "sldId"));
        assert_eq!(tag.number("id"), Some(256));
        assert_eq!(tag.prefixed("id").as_deref(), Some("rId2"));
        assert_eq!(tag.get("t").as_deref(), Some("a & b"));
        assert_eq!(tag.get("no"), None);
    }
}
