import { act, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, it, vi } from "vitest";

import { aSource, DUE } from "./cardBuilders";
import type { Double } from "./double";
import { open } from "./open";

const DAY = 86_400_000;

/** The window with the review of some cards begun. */
async function reviewing(prepare: (backend: Double) => void) {
  const opened = await open(prepare);
  await opened.user.keyboard("{Control>}r{/Control}");
  await opened.user.click(await screen.findByTestId("cards-review"));
  await screen.findByTestId("review");
  const answers = () =>
    opened.backend.calls.flatMap(([name, answer]) =>
      name === "reviewAnswer" ? [answer as { card: number; rating: string; ms: number }] : [],
    );
  return { ...opened, answers };
}

const question = () => screen.getByTestId("card-question");
const phase = () => screen.getByTestId("review").dataset.phase;
const shown = (id: string) => waitFor(() => expect(screen.getByTestId(id)).toHaveFocus());

afterEach(() => vi.useRealTimers());

describe("reviewing by keyboard", () => {
  it("shows the answer with Space, says when each rating brings it back, and goes on to the next card", async () => {
    const { user, answers } = await reviewing((backend) => {
      backend.keepNote({ front: "What is $E$?", back: "Energy, *mostly*." }, DUE);
      backend.keepNote({ front: "Second?", back: "Yes." });
    });
    await shown("card-show");
    expect(screen.queryByTestId("card-answer")).toBeNull();
    await user.keyboard(" ");
    expect(await screen.findByTestId("card-answer")).toHaveTextContent("Energy, mostly.");
    expect(screen.getByTestId("review-news")).toHaveTextContent("Answer: Energy, mostly.");
    await shown("card-rate-good");
    expect(screen.getByTestId("card-rate-again")).toHaveTextContent(/Again.*1.*1\smin/);
    expect(screen.getByTestId("card-rate-good")).toHaveTextContent(/30 days/);
    await user.keyboard("4");
    await waitFor(() => expect(question()).toHaveTextContent("Second?"));
    expect(screen.getByTestId("review-news")).toHaveTextContent("Easy: again in 2 months. Question: Second?");
    await shown("card-show");
    expect(answers()).toMatchObject([{ card: 1, rating: "easy" }]);
    expect(answers()[0]?.ms).toBeGreaterThan(0);
  });

  it("answers with Good when Enter is pressed twice, and not when it is held down", async () => {
    const { user, answers } = await reviewing((backend) => backend.keepNote({}, DUE));
    await shown("card-show");
    await user.keyboard("{Enter}");
    await shown("card-rate-good");
    const held = new KeyboardEvent("keydown", {
      key: "Enter",
      repeat: true,
      bubbles: true,
      cancelable: true,
    });
    screen.getByTestId("card-rate-good").dispatchEvent(held);
    expect(held.defaultPrevented).toBe(true);
    expect(answers()).toEqual([]);
    await user.keyboard("{Enter}");
    await screen.findByTestId("review-done");
    expect(answers()).toMatchObject([{ rating: "good" }]);
  });

  it("shows a gap as one, then what fills it", async () => {
    const { user } = await reviewing((backend) =>
      backend.keepNote({ kind: "cloze", front: "{{c1::Water::what?}} moves by {{c2::osmosis}}." }, DUE),
    );
    expect(within(question()).getByTestId("card-gap")).toHaveTextContent("gap: what?");
    expect(question()).toHaveTextContent("moves by osmosis.");
    await user.keyboard(" ");
    const answer = await screen.findByTestId("card-answer");
    expect(within(answer).getByTestId("card-filled")).toHaveTextContent("Water");
  });

  it("takes answers back, one after the other, with U and with Ctrl+Z", async () => {
    const { user, backend } = await reviewing((backend) => {
      backend.keepNote({ front: "First?" }, { ...DUE, due: Date.now() - 3 * DAY });
      backend.keepNote({ front: "Second?" }, { ...DUE, due: Date.now() - 2 * DAY });
    });
    expect(screen.getByTestId("review-undo")).toBeDisabled();
    for (const next of ["Second?", null]) {
      await shown("card-show");
      await user.keyboard(" 3");
      if (next) await waitFor(() => expect(question()).toHaveTextContent(next));
    }
    await screen.findByTestId("review-done");
    await user.keyboard("u");
    await waitFor(() => expect(question()).toHaveTextContent("Second?"));
    expect(phase()).toBe("question");
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(question()).toHaveTextContent("First?"));
    // Nothing of this review is left; what was answered before it stays.
    await user.keyboard("u");
    expect(backend.calls.filter(([name]) => name === "reviewUndo")).toHaveLength(2);
    expect(backend.cards.every(({ state, reps }) => state === "review" && reps === 4)).toBe(true);
  });

  it("leaves a card out until tomorrow with S and for good with Shift+S, and takes that back", async () => {
    const { user, backend } = await reviewing((backend) => {
      backend.keepNote({ front: "First?" }, { ...DUE, due: Date.now() - 3 * DAY });
      backend.keepNote({ front: "Second?" }, { ...DUE, due: Date.now() - 2 * DAY });
    });
    await shown("card-show");
    await user.keyboard("s");
    await waitFor(() => expect(question()).toHaveTextContent("Second?"));
    expect(backend.cards[0]?.buried_until).toBeGreaterThan(Date.now());
    await user.keyboard("{Shift>}S{/Shift}");
    await screen.findByTestId("review-done");
    expect(backend.cards[1]?.suspended).toBe(true);
    await user.keyboard("u");
    await waitFor(() => expect(question()).toHaveTextContent("Second?"));
    expect(backend.cards[1]?.suspended).toBe(false);
  });

  it("does nothing with letters that are typed elsewhere", async () => {
    const { user, answers } = await reviewing((backend) => backend.keepNote({}, DUE));
    await shown("card-show");
    await user.keyboard(" ");
    await user.type(screen.getByTestId("ask-input"), "1234 us");
    expect(answers()).toEqual([]);
    expect(phase()).toBe("answer");
  });
});

describe("a card that was known and is forgotten", () => {
  const lapsing = async () => {
    const opened = await reviewing((backend) => {
      backend.keepNote(
        { front: "Which part?", source: aSource(), document: 1 },
        { ...DUE, due: Date.now() - 3 * DAY },
      );
      backend.keepNote({ front: "Second?" }, DUE);
    });
    await shown("card-show");
    await opened.user.keyboard(" 1");
    await screen.findByTestId("card-lapse");
    return opened;
  };

  it("shows the words that it was made from, and its page by one key; Escape comes back to the very same card", async () => {
    const { user, session, answers } = await lapsing();
    expect(screen.getByTestId("card-page")).toHaveTextContent("The hippocampus is associated with memory.");
    expect(screen.getByTestId("review-news")).toHaveTextContent("Forgotten. Here is where it stands");
    await shown("card-go-on");
    await user.keyboard("p");
    expect(session.screen).toBe("read");
    expect(session.viewer.target?.page).toBe(12);
    await user.keyboard("{Escape}");
    expect(session.screen).toBe("cards");
    expect(phase()).toBe("lapse");
    expect(question()).toHaveTextContent("Which part?");
    await shown("card-go-on");
    await user.keyboard(" ");
    await waitFor(() => expect(question()).toHaveTextContent("Second?"));
    expect(answers()).toMatchObject([{ card: 1, rating: "again" }]);
  });

  it("can be taken back there", async () => {
    const { user, backend } = await lapsing();
    await user.keyboard("u");
    await waitFor(() => expect(phase()).toBe("question"));
    expect(question()).toHaveTextContent("Which part?");
    expect(backend.cards[0]?.state).toBe("review");
  });

  it("is left out and named when that has happened too often; it can be kept or written anew", async () => {
    const { user, backend } = await reviewing((backend) => {
      backend.keepNote({ front: "Hard one?" }, { ...DUE, due: Date.now() - 3 * DAY, lapses: 7 });
      backend.keepNote({ front: "Second?" }, DUE);
    });
    await shown("card-show");
    await user.keyboard(" 1");
    const notice = await screen.findByTestId("review-leech");
    expect(notice).toHaveTextContent("You have forgotten “Hard one?” 8 times, so it is left out now.");
    await user.click(screen.getByTestId("leech-edit"));
    expect(await screen.findByTestId("note-front")).toHaveValue("Hard one?");
    await user.click(screen.getByTestId("note-cancel"));
    await user.click(screen.getByTestId("leech-keep"));
    await waitFor(() => expect(screen.queryByTestId("review-leech")).toBeNull());
    expect(backend.cards[0]?.suspended).toBe(false);
  });
});

describe("what may happen meanwhile", () => {
  it("keeps the card where an answer can't be stored, and stores it when it is tried again", async () => {
    const { user, backend, answers } = await reviewing((backend) => backend.keepNote({}, DUE));
    await shown("card-show");
    backend.faults.set("reviewAnswer", { code: "no_space", message: "" });
    await user.keyboard(" 3");
    expect(await screen.findByTestId("review-fault")).toHaveTextContent("The disk is full");
    expect(phase()).toBe("answer");
    backend.faults.clear();
    await user.click(screen.getByTestId("review-retry"));
    await screen.findByTestId("review-done");
    expect(answers()).toHaveLength(2);
    expect(backend.cards[0]?.reps).toBe(5);
  });

  it("counts no answer twice that was stored before something else failed", async () => {
    const { user, backend, answers } = await reviewing((backend) => backend.keepNote({}, DUE));
    await shown("card-show");
    const store = backend.reviewAnswer;
    backend.reviewAnswer = async (...args) => {
      await store(...args);
      throw { code: "internal", message: "The next card could not be read." };
    };
    await user.keyboard(" 3");
    await screen.findByTestId("review-fault");
    await user.click(screen.getByTestId("review-retry"));
    await screen.findByTestId("review-done");
    expect(answers()).toHaveLength(1);
    expect(backend.cards[0]?.reps).toBe(5);
  });

  it("goes on where a card was removed elsewhere", async () => {
    const { user, backend } = await reviewing((backend) => {
      backend.keepNote({ front: "First?" }, { ...DUE, due: Date.now() - 3 * DAY });
      backend.keepNote({ front: "Second?" }, DUE);
    });
    await shown("card-show");
    await backend.noteRemove(1);
    await user.keyboard(" 3");
    await user.click(await screen.findByTestId("review-skip"));
    await waitFor(() => expect(question()).toHaveTextContent("Second?"));
  });

  it("says when the next card comes, and asks it then", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { user } = await reviewing((backend) => backend.keepNote({ front: "First?" }));
    await shown("card-show");
    await user.keyboard(" 1");
    const done = await screen.findByTestId("review-done");
    expect(done).toHaveTextContent("You gave 1 answer.");
    expect(done).toHaveTextContent(/The next card comes at \d\d:\d\d/);
    await act(() => vi.advanceTimersByTimeAsync(61_000));
    await waitFor(() => expect(question()).toHaveTextContent("First?"));
  });

  it("counts only the time in which the card can be seen", async () => {
    const { user, session, answers } = await reviewing((backend) => backend.keepNote({}, DUE));
    await shown("card-show");
    let clock = performance.now();
    const now = vi.spyOn(performance, "now").mockImplementation(() => clock);
    session.screen = "library";
    await act();
    clock += 50_000;
    session.screen = "cards";
    await act();
    clock += 3_000;
    await user.keyboard(" 3");
    await screen.findByTestId("review-done");
    now.mockRestore();
    expect(answers()[0]?.ms).toBeLessThan(50_000);
  });

  it("shows nothing of the card before while it is looked whose turn it is", async () => {
    const { user, backend } = await reviewing((backend) => {
      backend.keepNote({ front: "First?" }, { ...DUE, due: Date.now() - 3 * DAY });
      backend.keepNote({ front: "Second?" }, { ...DUE, due: Date.now() - 2 * DAY });
    });
    await shown("card-show");
    await user.keyboard("{Escape}");
    const again = await screen.findByTestId("cards-review");
    let answer = () => {};
    const next = backend.reviewNext;
    backend.reviewNext = async (...args) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return next(...args);
    };
    await backend.cardLeaveOut(1, false, 0);
    await user.click(again);
    await waitFor(() => expect(phase()).toBe("opening"));
    expect(screen.queryByTestId("card")).toBeNull();
    answer();
    await waitFor(() => expect(question()).toHaveTextContent("Second?"));
  });

  it("shows a card that was edited as it is now, on the same side", async () => {
    const { user } = await reviewing((backend) => backend.keepNote({ front: "What is osmosi?" }, DUE));
    await shown("card-show");
    await user.keyboard(" ");
    await user.keyboard("e");
    const front = await screen.findByTestId("note-front");
    await user.clear(front);
    await user.type(front, "What is osmosis?{Control>}{Enter}{/Control}");
    await waitFor(() => expect(question()).toHaveTextContent("What is osmosis?"));
    expect(phase()).toBe("answer");
  });

  it("shows pictures of the card, and says of others and of sounds that they are missing", async () => {
    await reviewing((backend) => {
      const { note } = backend.keepNote({ front: "![a brain](brain.png) ![](lost.png) [sound:a.mp3]" }, DUE);
      backend.media.set(note, [{ name: "brain.png", hash: "ab" }]);
    });
    const picture = within(question()).getByTestId("card-picture");
    expect(picture).toHaveAttribute("src", "page://localhost/media/ab");
    expect(picture).toHaveAttribute("alt", "a brain");
    expect(screen.getByTestId("card-picture-missing")).toHaveTextContent("lost.png");
    expect(screen.getByTestId("card-sound")).toHaveTextContent("a.mp3");
    await act(() => picture.dispatchEvent(new Event("error")));
    expect(screen.getByTestId("card-picture-broken")).toHaveTextContent("brain.png");
  });
});
