//! A little book about rivers: what each of its sentences defines can be asked.

use document_maker::Pdf;

/// What four pages of a book about rivers say.
pub const PAGES: [(&str, &[&str]); 4] = [
    (
        "Wear",
        &[
            "Erosion is the slow wearing away of bare rock by wind and running water. On a slope without grass it is fast.",
            "Deposition is the dropping of sand and gravel where a current loses its strength.",
            "Weathering is the breaking of stone into grains by frost and the roots of trees.",
            "Saltation refers to the hopping of dry grains along a bed under moving air.",
        ],
    ),
    (
        "Rivers",
        &[
            "A meander is a wide bend that a slow stream has cut into soft ground.",
            "A tributary is a small stream whose waters join a larger river.",
            "A levee is a raised bank that many floods have built beside a channel.",
            "A watershed is the high line between two basins whose streams run apart.",
            "This is another matter, as shown in Figure 3.",
        ],
    ),
    (
        "Coasts",
        &[
            "A delta is a fan of mud at the place where a river meets the sea.",
            "An estuary is the broad mouth of a valley where fresh water mixes with salt water.",
            "A lagoon is a shallow lake that a bar of sand cuts off from the ocean.",
            "A headland is a piece of hard cliff that stands out into the waves.",
        ],
    ),
    (
        "Ice",
        &[
            "A glacier is a thick body of ice that creeps downhill under its own weight.",
            "A moraine is a ridge of rubble that melting ice has left behind.",
            "A fjord is a deep trough with steep walls that the ocean has drowned.",
            "An aquifer is a layer of porous stone that stores rain beneath the surface.",
        ],
    ),
];

/// The file.
pub fn pdf() -> Vec<u8> {
    let book = Pdf::new().titled("Rivers");
    PAGES.iter().fold(book, |book, (heading, paragraphs)| book.page(heading, paragraphs)).bytes()
}
