//! A twentieth of the long runs.

use acceptance::soak::{FILES, KILLS, SEED, kills, many};

#[test]
fn nothing_is_lost_or_doubled_by_kills_at_random_moments() {
    let killed = kills::run(KILLS / 20, SEED);
    eprintln!("{killed:?}");
}

#[test]
fn a_folder_of_hundreds_of_files_comes_in_whole() {
    let imported = many::run(FILES / 20);
    eprintln!("{imported:?}");
}
