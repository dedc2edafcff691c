//! Any bytes as the main part of a document that is whole otherwise: `cargo +nightly fuzz run office`. Changing an
//! archive byte by byte seldom reaches what lies inside it.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "<Relationships><Relationship Id='r1' Type='x/slide' Target='slides/slide1.xml'/>\
    <Relationship Id='r2' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>";

fuzz_target!(|bytes: &[u8]| {
    let fixed: [(&str, &str); 7] = [
        ("ppt/presentation.xml", "<p><sldId r:id='r1'/></p>"),
        ("ppt/_rels/presentation.xml.rels", RELATIONS),
        ("xl/workbook.xml", "<w><sheet name='a' r:id='r2'/></w>"),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("META-INF/container.xml", "<c><rootfile full-path='a.opf'/></c>"),
        ("a.opf", "<p><item id='a' href='a.xhtml'/><itemref idref='a'/></p>"),
        ("mimetype", ""),
    ];
    for (marker, part) in [
        ("word/document.xml", "word/document.xml"),
        ("ppt/presentation.xml", "ppt/slides/slide1.xml"),
        ("xl/workbook.xml", "xl/worksheets/sheet1.xml"),
        ("META-INF/container.xml", "a.xhtml"),
    ] {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let folder = marker.split('/').next().unwrap_or_default();
        let beside = fixed.iter().filter(|(name, _)| name.starts_with(folder) || folder == "META-INF" && *name == "a.opf");
        for (name, content) in beside.map(|(name, content)| (*name, content.as_bytes())).chain([(part, bytes)]) {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(content).expect("a part");
        }
        reader::fuzzing::read(zip.finish().expect("an archive").get_ref(), "bin");
    }
});
