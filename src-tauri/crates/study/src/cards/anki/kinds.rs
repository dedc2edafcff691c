//! Which of our kinds a note type of Anki is.

use super::collection::NoteType;
use super::template::{cloze_field, only_field, without_sections};

/// A note type as we know it; fields by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recognised {
    /// One card, or two in both directions.
    Sides { front: usize, back: usize, is_reversed: bool },
    /// A text with gaps.
    Cloze { text: usize },
    /// Each card becomes a note, as its template shows it.
    Other,
}

/// Recognises note types by what their templates show, since their names are in every language.
pub(super) fn recognise(note_type: &NoteType) -> Recognised {
    let place = |name: &str| note_type.fields.iter().position(|field| field == name);
    if note_type.is_cloze {
        let text = note_type.templates.first().and_then(|template| cloze_field(&template.question)).and_then(place);
        return text.map_or(Recognised::Other, |text| Recognised::Cloze { text });
    }
    let sides: Option<Vec<(usize, usize)>> = note_type
        .templates
        .iter()
        .map(|template| {
            let answer = without_sections(&template.answer).replace("{{FrontSide}}", "");
            Some((only_field(&template.question).and_then(place)?, only_field(&answer).and_then(place)?))
        })
        .collect();
    match sides.as_deref() {
        Some([(front, back)]) if front != back => Recognised::Sides { front: *front, back: *back, is_reversed: false },
        Some([(front, back), (other, one)]) if front == one && back == other && front != back => {
            Recognised::Sides { front: *front, back: *back, is_reversed: true }
        }
        _ => Recognised::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::collection::Template;
    use super::*;

    fn note_type(is_cloze: bool, templates: &[(&str, &str)]) -> NoteType {
        let template = |(question, answer): &(&str, &str)| Template {
            name: "Card".into(),
            question: (*question).into(),
            answer: (*answer).into(),
        };
        NoteType {
            name: "Any".into(),
            is_cloze,
            fields: ["Back", "Front", "More"].map(str::to_owned).to_vec(),
            templates: templates.iter().map(template).collect(),
        }
    }

    #[test]
    fn a_note_type_is_what_its_templates_show() {
        let forth = ("{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}");
        let back = ("<p>{{Back}}</p>", "{{FrontSide}}<hr>{{Front}}");
        let sides = |is_reversed| Recognised::Sides { front: 1, back: 0, is_reversed };
        assert_eq!(recognise(&note_type(false, &[forth])), sides(false));
        assert_eq!(recognise(&note_type(false, &[forth, back])), sides(true));
        assert_eq!(recognise(&note_type(false, &[forth, forth])), Recognised::Other);
        assert_eq!(recognise(&note_type(false, &[("{{Front}} {{More}}", "{{Back}}")])), Recognised::Other);
        assert_eq!(recognise(&note_type(true, &[("{{cloze:More}}", "x")])), Recognised::Cloze { text: 2 });
        assert_eq!(recognise(&note_type(true, &[])), Recognised::Other);
    }
}
