//! Answers that are alike in words and unlike in what they say, and the other way round.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::sync::Arc;

use kernel::{InterfaceLanguage, LibraryFolder, NativeParts, SystemClock};
use library::Library;
use retrieval::{ModelFiles, Retrieval, Spaces};
use study::grading::{Answered, Verdict, grade};

/// A reference and an answer to it.
type Trap = (&'static str, &'static str);

/// The answer says the contrary: it denies, or affirms what is denied.
const DENIED: [Trap; 12] = [
    ("Arteries carry blood away from the heart.", "Arteries do not carry blood away from the heart."),
    ("Sound cannot travel through a vacuum.", "Sound can travel through a vacuum."),
    ("Mammals feed their young with milk.", "Mammals never feed their young with milk."),
    ("A catalyst is not used up in the reaction.", "A catalyst is used up in the reaction."),
    ("The treaty was signed by both kings.", "The treaty was not signed by both kings."),
    ("Viruses cannot reproduce without a host cell.", "Viruses can reproduce without a host cell."),
    ("Noble gases hardly react with other elements.", "Noble gases react with other elements."),
    ("The court had no power to change the law.", "The court had the power to change the law."),
    ("Reptiles don't keep their body at one temperature.", "Reptiles keep their body at one temperature."),
    ("A prime number has no divisors but one and itself.", "A prime number has divisors other than one and itself."),
    ("The heart pumps blood without pause.", "The heart does not pump blood without pause."),
    ("Glass is an insulator.", "Glass is not an insulator."),
];

/// The answer turns the direction round.
const TURNED: [Trap; 14] = [
    ("Insulin lowers the level of sugar in the blood.", "Insulin raises the level of sugar in the blood."),
    ("When the price rises, demand falls.", "When the price rises, demand rises."),
    ("Gas expands when it is heated.", "Gas contracts when it is heated."),
    ("The sympathetic nerves speed up the heart.", "The sympathetic nerves slow down the heart."),
    ("Air pressure decreases with height.", "Air pressure increases with height."),
    ("The population grew after the war.", "The population shrank after the war."),
    ("Warm water holds less oxygen than cold water.", "Warm water holds more oxygen than cold water."),
    ("The left half of the brain controls the right hand.", "The left half of the brain controls the left hand."),
    ("Plants take in carbon dioxide and give off oxygen.", "Plants take in oxygen and give off carbon dioxide."),
    ("Predators eat prey.", "Prey eat predators."),
    ("The moon goes round the earth.", "The earth goes round the moon."),
    ("Higher interest rates make saving attractive.", "Lower interest rates make saving attractive."),
    ("Veins open into the right chamber of the heart.", "Veins open into the left chamber of the heart."),
    ("Imports exceeded exports in that year.", "Exports exceeded imports in that year."),
];

/// The answer has another number, unit, or name.
const EXCHANGED: [Trap; 14] = [
    ("The adult skeleton has 206 bones.", "The adult skeleton has 260 bones."),
    ("Water boils at 100 degrees Celsius at sea level.", "Water boils at 90 degrees Celsius at sea level."),
    ("The war ended in 1945.", "The war ended in 1954."),
    ("Light travels 300,000 kilometres in a second.", "Light travels 300,000 metres in a second."),
    ("A square has four equal sides.", "A square has three equal sides."),
    ("The dose is 5 mg a day.", "The dose is 5 g a day."),
    ("The human cell has 46 chromosomes.", "The human cell has 23 chromosomes."),
    ("The senate has 100 members.", "The senate has 435 members."),
    ("A spider has eight legs.", "A spider has six legs."),
    ("The half-life of the isotope is 8 days.", "The half-life of the isotope is 8 years."),
    ("Nitrogen makes up 78 percent of the air.", "Nitrogen makes up 21 percent of the air."),
    ("The lake is 250 metres deep.", "The lake is 25 metres deep."),
    ("Newton described gravity in 1687.", "Newton described gravity in 1867."),
    ("The telescope was built by Galileo in Padua.", "The telescope was built by Kepler in Padua."),
];

/// The answer is right, though it denies, turns or counts in another way.
const RIGHT: [Trap; 20] = [
    (
        "Insulin lowers the level of sugar in the blood.",
        "Insulin reduces the level of sugar in the blood; it does not raise it.",
    ),
    ("Sound cannot travel through a vacuum.", "Sound does not travel in a vacuum."),
    ("A catalyst is not used up in the reaction.", "The reaction never uses up the catalyst."),
    ("Gas expands when it is heated.", "When it is heated, a gas expands, and it contracts when it is cooled."),
    ("Predators eat prey.", "Prey are eaten by predators."),
    ("Warm water holds less oxygen than cold water.", "Cold water holds more oxygen than warm water."),
    ("The adult skeleton has 206 bones.", "There are two hundred and six bones in the skeleton of an adult."),
    ("A spider has eight legs.", "Spiders have 8 legs."),
    ("Light travels 300,000 kilometres in a second.", "In one second light travels 300,000 km."),
    (
        "Air pressure decreases with height.",
        "The higher you are, the lower the air pressure: it decreases with height.",
    ),
    ("Viruses cannot reproduce without a host cell.", "Viruses need a host cell to reproduce."),
    ("The war ended in 1945.", "It was in 1945 that the war ended."),
    ("Glass is an insulator.", "Glass is an insulator, not a conductor."),
    ("Arteries carry blood away from the heart.", "Blood is carried away from the heart by arteries, not by veins."),
    ("Mammals feed their young with milk.", "Mammals feed milk to their young."),
    ("The lake is 250 metres deep.", "The lake has a depth of 250 m."),
    ("The treaty was signed by both kings.", "Both kings signed the treaty."),
    ("When the price rises, demand falls.", "Demand falls when the price goes up."),
    ("The moon goes round the earth.", "The earth is circled by the moon: the moon goes round the earth."),
    ("The court had no power to change the law.", "The court could not change the law; it did not have the power."),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_alike_in_words_is_not_taken_for_the_same() {
    let Some(native) = std::env::var_os("SMART_STUDY_ROOM_NATIVE").map(NativeParts::new) else { return };
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock)).unwrap();
    let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 1).unwrap();
    let retrieval = Retrieval::new(library, spaces);
    let wrong = DENIED.iter().chain(&TURNED).chain(&EXCHANGED).map(|trap| (trap, false));
    let traps: Vec<(&Trap, bool)> = wrong.chain(RIGHT.iter().map(|trap| (trap, true))).collect();
    let mut caught = 0;
    for ((reference, answer), right) in &traps {
        let grade = grade(&retrieval, Answered { question: "", reference, answer }, InterfaceLanguage::En, |_| ())
            .await
            .unwrap();
        let taken_for_right = grade.score >= 0.5 && grade.verdict != Verdict::Incorrect;
        if taken_for_right == *right {
            caught += 1;
        } else {
            println!("{:.2} {:?}: {reference} / {answer}", grade.score, grade.verdict);
        }
    }
    assert_eq!(traps.len(), 60);
    assert!(caught >= 57, "{caught} of {} told rightly", traps.len());
}
