//! A little textbook whose words and places the tests know.

use document_maker::Pdf;

/// Stands on one line, the first below the heading of page 2.
pub(crate) const OSMOSIS: &str = "Osmosis is the movement of water through a membrane towards more salt.";

/// The page that holds [`OSMOSIS`], from 1.
pub(crate) const PAGE: u32 = 2;

/// Top and bottom of that line as fractions of the page's height: its baseline lies at 714 of 792 points, its letters
/// are 11 points high.
pub(crate) const LINE: (f64, f64) = ((792.0 - 714.0 - 11.0) / 792.0, (792.0 - 714.0 + 4.0) / 792.0);

/// Left edge of the text as a fraction of the page's width: 72 of 612 points.
pub(crate) const LEFT: f64 = 72.0 / 612.0;

/// The file.
pub(crate) fn pdf() -> Vec<u8> {
    Pdf::new()
        .titled("Plants")
        .page(
            "Light",
            &[
                "A leaf catches light with its green pigment. The pigment is called chlorophyll, and it lies in small \
                 bodies inside the cells of the leaf.",
                "Sugar is built from water and air while the light shines. At night the plant lives on the sugar that \
                 it built during the day.",
            ],
        )
        .page(
            "Water",
            &[
                OSMOSIS,
                "Roots take up rain in this way. Thin pipes carry it upwards from the roots to the highest leaves.",
            ],
        )
        .page(
            "Seeds",
            &[
                "A dry seed can wait for years. Osmosis lets a dry seed swell with water until its coat breaks.",
                "The first root grows down and the first shoot grows up, whichever way the seed fell.",
            ],
        )
        .bytes()
}
