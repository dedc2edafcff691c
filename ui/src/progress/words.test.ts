import { describe, expect, it } from "vitest";

import { aStanding } from "../../tests/progressDouble";
import type { Standing } from "../backend/bindings";
import { addDays, dayName, sumOf, weekday, weeksUpTo } from "./days";
import { deedsLine, gradeOf, percent, reasons, standingLine, streakLine, studyTime } from "./words";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
describe("how a part stands", () => {
  it("is told by what was read until something was answered", () => {
    expect(gradeOf(aStanding())).toBe("untouched");
    expect(gradeOf(aStanding({ read: 3, mastery: 0.06 }))).toBe("begun");
    expect(gradeOf(aStanding({ read: 10, mastery: 0.2 }))).toBe("read");
  });

  it("is not shaky for cards that nobody was asked yet", () => {
    expect(gradeOf(aStanding({ cards: 8, recall: 0, mastery: 0 }))).toBe("untouched");
    expect(gradeOf(aStanding({ read: 10, cards: 8, recall: 0, mastery: 0.2 }))).toBe("read");
  });

  it("is told by answers and cards once there are some", () => {
    const answered = (over: Partial<Standing>) => gradeOf(aStanding({ read: 10, ...over }));
    expect(answered({ answered: 6, score: 0.9, mastery: 0.92 })).toBe("mastered");
    expect(answered({ answered: 6, score: 0.5, mastery: 0.6 })).toBe("good");
    expect(answered({ answered: 6, score: 0.3, mastery: 0.44 })).toBe("shaky");
    // A single answer: wrong is shaky, right is not enough to tell.
    expect(answered({ answered: 1, score: 0, mastery: 0.2 })).toBe("shaky");
    expect(answered({ answered: 1, score: 1, mastery: 0.33 })).toBe("read");
    expect(gradeOf(aStanding({ answered: 1, score: 1, mastery: 0.13 }))).toBe("begun");
  });

  it("is a line of what is known, or its size", () => {
    expect(standingLine(aStanding({ pages: 1 }))).toBe("1 page");
    const known = aStanding({ read: 5, asked: 1, answered: 2, score: 0.5, cards: 3, due: 1, recall: 0.8 });
    expect(plain(standingLine(known))).toBe(
      "50 % read · asked 1 time · 50 % right · 80 % recalled · 1 card due",
    );
  });
});

describe("numbers", () => {
  it("say neither none of what is begun nor all of what is not whole", () => {
    expect([0, 0.001, 0.405, 0.999, 1].map(percent).map(plain)).toEqual([
      "0 %",
      "1 %",
      "41 %",
      "99 %",
      "100 %",
    ]);
  });

  it("have units", () => {
    const times = [0, 20_000, 90_000, 3_600_000, 7_800_000];
    expect(times.map(studyTime).map(plain)).toEqual([
      "0 min",
      "under a minute",
      "2 min",
      "1 h",
      "2 h 10 min",
    ]);
    expect(deedsLine({ read_ms: 0, asked: 1, answered: 0, reviewed: 2 })).toBe(
      "1 question asked, 2 cards reviewed",
    );
    expect(deedsLine({ read_ms: 0, asked: 0, answered: 0, reviewed: 0 })).toBe("nothing");
  });

  it("say why something is suggested", () => {
    expect(
      plain(
        reasons([
          { type: "quiz_weak", score: 0.4 },
          { type: "unread", pages: 1 },
        ]),
      ),
    ).toBe("Quiz at 40 %, 1 page left to read");
  });

  it("speak of a row of days only where there is one", () => {
    expect([0, 1, 2, 366].map((streak) => streakLine(streak, 366))).toEqual([
      null,
      null,
      "2 days in a row",
      "More than a year, day after day",
    ]);
  });
});

describe("days", () => {
  it("are reckoned over the change of clocks and of years", () => {
    expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(["2026-11-16", "2026-11-22"].map(weekday)).toEqual([0, 6]);
  });

  it("have their names where they are near", () => {
    const names = [-1, 0, 1].map((away) => dayName(addDays("2026-11-22", away), "2026-11-22"));
    expect(names).toEqual(["Yesterday", "Today", "Tomorrow"]);
    expect(dayName("2026-11-03", "2026-11-22")).toMatch(/^Tuesday,? 3 November$/);
  });

  it("make weeks from Monday to Sunday, the last with today", () => {
    const weeks = weeksUpTo("2026-11-18", 12);
    expect(weeks).toHaveLength(12);
    expect(weeks[0]?.[0]).toBe("2026-08-31");
    expect(weeks.at(-1)).toContain("2026-11-18");
    expect(weeks.at(-1)?.at(-1)).toBe("2026-11-22");
  });

  it("are added up", () => {
    const day = { date: "2026-11-22", read_ms: 5, asked: 1, answered: 2, reviewed: 3 };
    expect(sumOf([day, day])).toEqual({ read_ms: 10, asked: 2, answered: 4, reviewed: 6 });
  });
});
