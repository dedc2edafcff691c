import { Offsets, withKept } from "../design/virtual";
import type { Reading } from "./ask.svelte";
import type { Exchange } from "./exchange.svelte";

/** So many views above and below the one on show are in the tree as well. */
const AROUND = 1;
/** Whoever is nearer to the end than this is at the end. */
const END_PX = 24;
/** Less than this below the view is seen sooner by scrolling than by pressing anything. */
const GLANCE_PX = 72;
/** So many views away, the end is worth a way there of its own. */
const FAR = 1.5;

/** A question and answer in the tree, and how much that is not there stands above it. */
export interface Row {
  exchange: Exchange;
  index: number;
  gap: number;
}

/**
 * What of a conversation is in the tree, and where the view stands in it. However the heights above turn out, what is
 * being read stays where it is; at the end, the view stays at the end. Lengths are CSS pixels.
 */
export class ThreadView {
  rows = $state.raw<Row[]>([]);
  atEnd = $state(true);
  /** What is below the view: nothing to speak of, something, or a long way. */
  below = $state<"little" | "some" | "much">("little");
  #exchanges: Exchange[] = [];
  #offsets = new Offsets(0, () => 0);
  #heights = new Map<string, number>();
  #keys = new WeakMap<Element, string>();
  #places = new Map<string, number>();
  /** What stands at the top of the view, and how much of it is above. */
  #anchor = { index: 0, within: 0 };
  /** Whether the view goes with the end. */
  #follows = false;
  /** Where the view was put last, as against where somebody scrolled to. */
  #put = 0;
  /** The key of the row that has the focus. */
  #focused = "";
  #scroller: HTMLElement | null = null;
  #height = 0;
  #extent = 0;
  #observer: ResizeObserver | null = null;

  /** Attach to what scrolls. */
  readonly scroller = (element: HTMLElement) => {
    this.#scroller = element;
    this.#height = element.clientHeight;
    this.#observer ??=
      typeof ResizeObserver === "undefined" ? null : new ResizeObserver((entries) => this.#resized(entries));
    this.#observer?.observe(element);
    return () => {
      this.#observer?.disconnect();
      this.#observer = null;
      this.#scroller = null;
    };
  };

  /** Attach to a row. */
  readonly row = (key: string) => (element: HTMLElement) => {
    this.#keys.set(element, key);
    this.#observer?.observe(element);
    return () => this.#observer?.unobserve(element);
  };

  /** Where somebody is; null at the end. */
  get reading(): Reading | null {
    const { index, within } = this.#anchor;
    const turn = this.#exchanges[index]?.turn ?? null;
    return this.atEnd || turn === null ? null : { turn, within };
  }

  /** Takes the questions and answers of a conversation, and keeps the view where it is among them. */
  take(exchanges: Exchange[]): void {
    const at = this.#exchanges[this.#anchor.index]?.key;
    this.#exchanges = exchanges;
    this.#places = new Map(exchanges.map(({ key }, index) => [key, index]));
    this.#offsets = new Offsets(
      exchanges.length,
      (index) => this.#heights.get(exchanges[index]?.key ?? "") ?? estimate(exchanges[index] as Exchange),
    );
    const index = at === undefined ? undefined : this.#places.get(at);
    if (index !== undefined) this.#anchor = { ...this.#anchor, index };
    this.#range(this.#wanted);
  }

  /** Forgets a conversation. */
  clear(): void {
    this.#heights.clear();
    this.#anchor = { index: 0, within: 0 };
    this.#focused = "";
    this.#follows = false;
    this.take([]);
    this.atEnd = true;
    this.below = "little";
  }

  /** Has a row at the top of the view, once it is in the tree and `place` is called. */
  goTo(index: number, within = 0): void {
    this.#follows = false;
    this.#anchor = { index: Math.max(0, Math.min(index, this.#exchanges.length - 1)), within };
    this.#range(this.#wanted);
  }

  toEnd(): void {
    this.#follows = true;
    this.#anchor = { index: Math.max(0, this.#exchanges.length - 1), within: 0 };
    this.#range(this.#wanted);
    this.place();
  }

  /** Puts the view where it belongs, once the tree is as it should be. */
  place(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.#extent = Math.max(scroller.scrollHeight, this.#offsets.total);
    const wanted = this.#follows ? Math.max(0, this.#extent - this.#height) : this.#wanted;
    if (Math.abs(scroller.scrollTop - wanted) > 1) scroller.scrollTop = wanted;
    this.#put = scroller.scrollTop;
    this.#look(this.#put);
  }

  /** Somebody scrolled, or the view was put somewhere. */
  readonly scrolled = (): void => {
    const top = this.#scroller?.scrollTop ?? 0;
    if (Math.abs(top - this.#put) > 0.5) {
      const index = this.#offsets.at(top);
      this.#anchor = { index, within: top - this.#offsets.before(index) };
      this.#put = Number.NEGATIVE_INFINITY;
      this.#follows = this.#isEnd(top);
    }
    this.#look(top);
  };

  /** What has the focus stays in the tree, wherever the view goes. */
  focused(element: EventTarget | null): void {
    const row = element instanceof Element ? element.closest("[data-row]") : null;
    this.#focused = (row && this.#keys.get(row)) ?? "";
  }

  get #wanted(): number {
    return this.#offsets.before(this.#anchor.index) + this.#anchor.within;
  }

  #isEnd = (top: number): boolean => top + this.#height >= this.#extent - END_PX;

  #look(top: number): void {
    this.atEnd = this.#isEnd(top);
    const rest = this.#extent - top - this.#height;
    this.below = rest <= GLANCE_PX ? "little" : rest <= FAR * this.#height ? "some" : "much";
    if (this.atEnd) this.#follows = true;
    this.#range(top);
  }

  #range(top: number): void {
    const { count } = this.#offsets;
    const first = this.#offsets.at(top - AROUND * this.#height);
    const last = this.#offsets.at(top + (1 + AROUND) * this.#height);
    // The last one grows, and its height is part of the whole.
    const wanted =
      count === 0 ? [] : withKept(first, last, [this.#places.get(this.#focused) ?? null, count - 1]);
    const isSame =
      wanted.length === this.rows.length &&
      wanted.every((index, at) => {
        const row = this.rows[at];
        return row?.index === index && row.exchange === this.#exchanges[index];
      });
    if (isSame) return;
    let end = 0;
    this.rows = wanted.map((index) => {
      const from = this.#offsets.before(index);
      const gap = from - end;
      end = from + this.#offsets.height(index);
      return { exchange: this.#exchanges[index] as Exchange, index, gap };
    });
  }

  /** Between layout and paint: what is read has moved, and is put back before anybody sees it. */
  #resized(entries: ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const height = borderBoxSize[0]?.blockSize ?? 0;
      if (target === this.#scroller) {
        this.#height = height;
        continue;
      }
      const key = this.#keys.get(target);
      // Out of sight nothing has a height.
      if (key === undefined || height === 0) continue;
      this.#heights.set(key, height);
      this.#offsets.resize(this.#places.get(key) ?? -1, height);
    }
    this.place();
  }
}

const LINE = { width: 46, question: 21, answer: 25 };
const lines = (text: string, width: number) => Math.ceil(text.length / width);

/** How high a question and its answer will be, about. */
export function estimate({ question, text, citations, further }: Exchange): number {
  const places = citations.length + further.length;
  const lists = (citations.length > 0 ? 30 : 0) + (further.length > 0 ? 30 : 0);
  return (
    100 +
    lines(question, LINE.width) * LINE.question +
    lines(text, LINE.width) * LINE.answer +
    places * 92 +
    lists
  );
}
