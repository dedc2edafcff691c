//! Where one passage ends and the next begins.

use super::{PAGES, unit::Unit};

/// A passage from the front of `waiting`, once there is enough for it and for a good one after it.
///
/// Waiting for twice the budget is what keeps a section's last passage from being a scrap.
pub(super) fn first(waiting: &mut Vec<Unit>, budget: u32) -> Option<Vec<Unit>> {
    let total: u32 = waiting.iter().map(|it| it.tokens).sum();
    let spread = pages(waiting) > PAGES;
    if total <= 2 * budget && !spread {
        return None;
    }
    let end = best_end(waiting, budget, budget * 4 / 5);
    let rest = waiting.split_off(end);
    Some(std::mem::replace(waiting, rest))
}

/// All of a section's waiting sentences as passages of about the same length.
pub(super) fn all(mut waiting: Vec<Unit>, budget: u32) -> Vec<Vec<Unit>> {
    let mut passages = Vec::new();
    while !waiting.is_empty() {
        let total: u32 = waiting.iter().map(|it| it.tokens).sum();
        let parts = total.div_ceil(budget.max(1)).max(1);
        let end = if parts == 1 && pages(&waiting) <= PAGES {
            waiting.len()
        } else {
            best_end(&waiting, budget, total / parts)
        };
        let rest = waiting.split_off(end);
        passages.push(std::mem::replace(&mut waiting, rest));
    }
    passages
}

/// How many units make the best passage: near `target` tokens, at the end of a paragraph if one is near, never above
/// the budget or over too many pages. At least one.
fn best_end(units: &[Unit], budget: u32, target: u32) -> usize {
    let mut best = (u32::MAX, 1);
    let mut used = 0;
    for end in 1..=units.len() {
        used += units[end - 1].tokens;
        if end > 1 && (used > budget || pages(&units[..end]) > PAGES) {
            break;
        }
        let inside = units.get(end).is_some_and(|next| next.block == units[end - 1].block);
        let cost = used.abs_diff(target) + if inside { budget / 6 } else { 0 };
        if cost <= best.0 {
            best = (cost, end);
        }
    }
    best.1
}

fn pages(units: &[Unit]) -> u32 {
    let all = || units.iter().flat_map(|it| &it.spans).map(|it| it.page);
    match (all().min(), all().max()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    }
}
