//! A part of the long runs.

use acceptance::soak::{
    CHURNED, CONVERSATIONS, FILES, KILLED_ANSWERS, KILLED_REVIEWS, KILLS, SEED, WAYS, answers, churn, crowd, damage,
    kills, many, reviews,
};

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

#[test]
fn hundreds_of_imports_and_removals_leave_nothing_behind() {
    let churned = churn::run(CHURNED / 20);
    eprintln!("{churned:?}");
}

#[test]
fn a_damaged_vector_index_comes_back_by_itself() {
    let damaged = damage::run(WAYS / 20, SEED);
    eprintln!("{damaged:?}");
    assert!(damaged.noticed > 0, "no search noticed anything");
}

#[test]
fn answers_that_were_printed_survive_kills_and_those_that_were_not_say_so() {
    let killed = answers::run(KILLED_ANSWERS / 5, SEED);
    eprintln!("{killed:?}");
    assert!(killed.stopped > 0 && killed.begun > 0, "{killed:?}");
}

#[test]
fn no_answer_to_a_card_that_was_acknowledged_is_lost_by_a_kill() {
    let killed = reviews::run(KILLED_REVIEWS / 20, SEED);
    eprintln!("{killed:?}");
    assert!(killed.acknowledged > killed.kills, "{killed:?}");
}

#[test]
fn a_hundred_conversations_are_held_at_once_while_a_document_comes_in() {
    let crowd = crowd::run(CONVERSATIONS);
    eprintln!("{crowd:?}");
    assert_eq!(crowd.turns, 3 * CONVERSATIONS);
}
