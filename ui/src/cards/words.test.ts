import { describe, expect, it } from "vitest";

import { aCard, anImport } from "../../tests/cardBuilders";
import {
  clockOf,
  countsLine,
  daysUntil,
  fitWords,
  importedWords,
  intervalOf,
  madeWords,
  minutesOf,
  moment,
  standing,
  stepsOf,
  stepWords,
} from "./words";

const NOW = new Date(2026, 10, 22, 10, 0).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const next = (interval: number, ms = interval * DAY) => ({
  state: "review" as const,
  step: 0,
  due: NOW + ms,
  interval,
  stability: 1,
  difficulty: 5,
});

describe("when a card comes", () => {
  it("is told by minutes, hours, days, months and years", () => {
    const told = [
      next(0, MINUTE),
      next(0, 600_000),
      next(0, 3 * 60 * MINUTE),
      next(1),
      next(12),
      next(90),
      next(550),
    ];
    expect(told.map((it) => intervalOf(it, NOW).replace("\u00a0", " "))).toEqual([
      "1 min",
      "10 min",
      "3 h",
      "1 day",
      "12 days",
      "3 months",
      "1.5 years",
    ]);
  });

  it("is told by the clock today, and by the day later", () => {
    expect(moment(NOW + 20 * MINUTE, NOW)).toBe("at 10:20");
    expect(moment(NOW + 18 * 60 * MINUTE, NOW)).toBe("tomorrow");
    expect(moment(NOW + 5 * DAY, NOW)).toBe("on Friday 27 November");
    expect(moment(NOW + 100 * DAY, NOW)).toBe("on 2 March 2027");
  });
});

it("says how a card stands", () => {
  expect(standing(aCard(), NOW)).toBe("New");
  expect(standing(aCard({ state: "review", due: NOW - 1 }), NOW)).toBe("Known, due now");
  expect(standing(aCard({ state: "review", due: NOW + 60 * MINUTE }), NOW)).toBe("Known, due today");
  expect(standing(aCard({ state: "learning", due: NOW + 5 * MINUTE }), NOW)).toBe(
    "Being learnt, due at 10:05",
  );
  expect(standing(aCard({ suspended: true }), NOW)).toBe("Left out");
  expect(standing(aCard({ suspended: true, leech: true }), NOW)).toBe("Forgotten often, left out");
  expect(standing(aCard({ buried_until: NOW + 1 }), NOW)).toBe("Left out until tomorrow");
});

it("says what came of making, importing and fitting", () => {
  expect(countsLine({ new: 3, learning: 0, review: 14 })).toBe("3 new, 14 known");
  expect(madeWords({ added: 4, known: 1 })).toEqual(["4 cards made", "1 was there already."]);
  expect(madeWords({ added: 0, known: 1 })).toEqual(["This card is there already", null]);
  expect(importedWords(anImport({ added: 1, answers: 3, unchanged: 2, missing: 1 }))).toBe(
    "1 note came in with 3 answers, 2 were here already, 1 picture or sound is not in the file.",
  );
  expect(importedWords(anImport({ added: 0 }))).toBe("Nothing came in.");
  expect(fitWords({ type: "too_few", reviews: 12, needed: 400 })).toContain("400 are needed");
});

it("reads pauses, times of day and days as they are written", () => {
  expect(stepsOf("1 10, 0.5")).toEqual([60, 600, 30]);
  expect(stepsOf("")).toEqual([]);
  expect(stepsOf("1 soon")).toBeNull();
  expect(stepsOf("-1")).toBeNull();
  expect(stepWords([60, 600, 30])).toBe("1 10 0.5");
  expect([clockOf(240), minutesOf("04:00"), minutesOf("23:59"), minutesOf("x")]).toEqual([
    "04:00",
    240,
    1425,
    null,
  ]);
  expect([daysUntil("2026-11-22", NOW), daysUntil("2026-11-20", NOW), daysUntil("2026-12-24", NOW)]).toEqual([
    0, -2, 32,
  ]);
});
