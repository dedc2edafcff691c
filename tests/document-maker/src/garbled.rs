//! Pages that look right and whose letters mean nothing to a reader.

use crate::face::escaped;
use crate::pdf::FIRST_OWN;
use crate::{Leaf, Pdf};

/// A page of these lines in a font that gives every letter a private meaning, as some programs write them.
pub fn garbled(lines: &[String]) -> Pdf {
    let meaning =
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Private def /CMapType 2 def \
        1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <21> <FF> <E021> endbfrange endcmap end end";
    let font = format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding /ToUnicode {FIRST_OWN} 0 R >>"
    );
    let mut content = b"BT /G 12 Tf 15 TL 72 700 Td\n".to_vec();
    for line in lines {
        content.extend([b"(", &escaped(line)[..], b") Tj T*\n"].concat());
    }
    content.extend(b"ET");
    let form = format!("/Type /XObject /Subtype /Form /BBox [ 0 0 612 792 ] /Resources << /Font << /G {font} >> >>");
    let mut pdf = Pdf::new().leaf(Leaf {
        content: b"/Words Do".to_vec(),
        resources: format!("/XObject << /Words {} 0 R >>", FIRST_OWN + 1),
        ..Leaf::default()
    });
    pdf.own = vec![(String::new(), meaning.to_vec()), (form, content)];
    pdf
}
