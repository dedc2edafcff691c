import BookOpen from "@lucide/svelte/icons/book-open";
import BookOpenCheck from "@lucide/svelte/icons/book-open-check";
import CircleQuestionMark from "@lucide/svelte/icons/circle-question-mark";
import FolderInput from "@lucide/svelte/icons/folder-input";
import Info from "@lucide/svelte/icons/info";
import Layers from "@lucide/svelte/icons/layers";
import Pause from "@lucide/svelte/icons/pause";
import Pencil from "@lucide/svelte/icons/pencil";
import Play from "@lucide/svelte/icons/play";
import Replace from "@lucide/svelte/icons/replace";
import RotateCw from "@lucide/svelte/icons/rotate-cw";
import ScanText from "@lucide/svelte/icons/scan-text";
import Tag from "@lucide/svelte/icons/tag";
import Text from "@lucide/svelte/icons/text";
import Trash from "@lucide/svelte/icons/trash-2";
import X from "@lucide/svelte/icons/x";

import type { Session } from "../app/session.svelte";
import type { Document, DocumentId, RoomId } from "../backend/bindings";
import type { Deed } from "../design/components/Menu.svelte";
import { t } from "../i18n/i18n.svelte";
import { isAtWork, isSearchable } from "./library.svelte";
import { isRecognisable } from "./words";

/** A dialog that is open, and the documents that it is about. */
export interface Asking {
  what: "details" | "rename" | "tags" | "move" | "recognise";
  documents: DocumentId[];
}

const mayRecognise = (document: Document): boolean =>
  isRecognisable(document.ledger) && (document.state === "complete" || document.state === "recognising");

/** Whether it can be opened at all. */
export const isReadable = ({ pages_read, state, code }: Document): boolean =>
  pages_read > 0 && !(state === "failed" && code === "encrypted");

/** What can be done with documents of the library, one or several, by whichever way it is asked for. */
export class DocumentDeeds {
  asking = $state.raw<Asking | null>(null);
  /** What a screen reader is told of something that was done without words on the screen. */
  announced = $state("");
  #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  ask(what: Asking["what"], documents: Document[]): void {
    this.asking = { what, documents: documents.map(({ document }) => document) };
  }

  /** Opens a document; one that can't be read shows why. */
  open(document: Document, from: HTMLElement): void {
    if (!isReadable(document)) return this.ask("details", [document]);
    this.#session.show({ document: document.document, title: document.title, page: 1, boxes: [] }, from);
  }

  /** What can be done with one document, in the order of a menu. */
  of(document: Document, from: () => HTMLElement | null): Deed[] {
    const session = this.#session;
    const { library } = session;
    const attempt = (run: () => Promise<unknown>) => () => void session.attempt(run);
    const edition = library.editions.get(document.document);
    const open: Deed = {
      label: t("library.deed.open"),
      icon: BookOpen,
      run: () => {
        const element = from();
        if (element) this.open(document, element);
      },
    };
    const changes: Deed[] = [
      {
        label: t("library.deed.rename"),
        icon: Pencil,
        testid: "document-rename",
        apart: true,
        run: () => this.ask("rename", [document]),
      },
      ...this.#common([document]),
      {
        label: t("library.deed.replace"),
        icon: Replace,
        testid: "document-replace",
        run: attempt(() => library.pickEdition(document.document)),
      },
    ];
    return [
      ...(isReadable(document) ? [open] : []),
      {
        label: t("library.deed.details"),
        icon: Info,
        testid: "document-details",
        run: () => this.ask("details", [document]),
      },
      ...this.#work(document, edition !== undefined),
      ...(mayRecognise(document) ? [this.#recognise([document])] : []),
      ...(isSearchable(document) ? this.#study(document) : []),
      ...(session.writable ? changes : []),
      {
        label: t("library.deed.remove"),
        icon: Trash,
        danger: true,
        apart: true,
        testid: "document-remove",
        run: () => void this.remove([document]),
      },
    ];
  }

  /** What can be done with several at once. */
  ofSeveral(documents: Document[]): Deed[] {
    const searchable = documents.filter(isSearchable);
    const scans = documents.filter(mayRecognise);
    return [
      ...(searchable.length > 0 ? [this.#quiz(searchable)] : []),
      ...(scans.length > 0 ? [this.#recognise(scans)] : []),
      ...(this.#session.writable ? this.#common(documents) : []),
      {
        label: t("library.deed.remove"),
        icon: Trash,
        danger: true,
        testid: "chosen-remove",
        run: () => void this.remove(documents),
      },
    ];
  }

  /** What is done with one document and with several alike. */
  #common(documents: Document[]): Deed[] {
    const elsewhere = this.#session.rooms.list.length > 1;
    const move: Deed = {
      label: t("library.deed.move"),
      icon: FolderInput,
      testid: "document-move",
      run: () => this.ask("move", documents),
    };
    return [
      {
        label: t("library.deed.tags"),
        icon: Tag,
        testid: "document-tags",
        run: () => this.ask("tags", documents),
      },
      ...(elsewhere ? [move] : []),
    ];
  }

  #work(document: Document, replaced: boolean): Deed[] {
    const session = this.#session;
    const { library } = session;
    const id = document.document;
    const doing = (run: () => Promise<unknown>) => () => void session.attempt(run);
    const cancel = doing(() => library.cancel(id));
    if (replaced) return [{ label: t("library.deed.cancelEdition"), icon: X, run: cancel }];
    if (document.state === "paused")
      return [
        {
          label: t("library.deed.resume"),
          icon: Play,
          testid: "document-resume",
          run: doing(() => library.resume(id)),
        },
      ];
    if (isAtWork(document))
      return [
        {
          label: t("library.deed.pause"),
          icon: Pause,
          testid: "document-pause",
          run: doing(() => library.pause(id)),
        },
        { label: t("library.deed.stop"), icon: X, testid: "document-cancel", run: cancel },
      ];
    if (document.state === "failed" && document.code !== "encrypted")
      return [
        {
          label: t("library.deed.retry"),
          icon: RotateCw,
          testid: "document-retry",
          run: doing(() => library.retry(id)),
        },
      ];
    return [];
  }

  #recognise(documents: Document[]): Deed {
    return {
      label: t("library.deed.recognise"),
      icon: ScanText,
      testid: "document-recognise",
      run: () => this.ask("recognise", documents),
    };
  }

  #study(document: Document): Deed[] {
    const session = this.#session;
    const overview = (mode: "summary" | "guide") => () =>
      void session.attempt(() => session.overview(document, mode));
    return [
      {
        label: t("library.deed.summary"),
        icon: Text,
        apart: true,
        testid: "document-summary",
        run: overview("summary"),
      },
      {
        label: t("library.deed.guide"),
        icon: BookOpenCheck,
        testid: "document-guide",
        run: overview("guide"),
      },
      this.#quiz([document]),
      {
        label: t("library.deed.cards"),
        icon: Layers,
        testid: "document-cards",
        run: () => session.cards.offerTerms(document.document),
      },
    ];
  }

  #quiz(documents: Document[]): Deed {
    const session = this.#session;
    return {
      label: t("library.deed.quiz", { n: documents.length }),
      icon: CircleQuestionMark,
      testid: "document-quiz",
      run: () =>
        void session.attempt(async () => {
          session.screen = "quiz";
          await session.quizzes.ask(documents.map(({ document }) => document));
        }),
    };
  }

  /** Removes documents; they can be brought back. */
  async remove(documents: Document[]): Promise<void> {
    await this.#session.removal.documents(documents);
  }

  /** Puts documents before another one of their room, or behind all. */
  async place(documents: Document[], before: DocumentId | null): Promise<void> {
    const session = this.#session;
    const ids = documents.map(({ document }) => document);
    await session.attempt(async () => {
      await session.library.place(ids, before);
      const order = session.library.byHand.map(({ document }) => document.document);
      const [first] = documents;
      if (!first) return;
      const place = order.indexOf(first.document) + 1;
      this.announced = t("library.placed", { title: first.title, place, all: order.length });
    });
  }

  /** Moves documents to another room; that can be taken back at once. */
  async move(documents: Document[], room: RoomId): Promise<void> {
    const session = this.#session;
    const { library, rooms } = session;
    const name = rooms.list.find((other) => other.room === room)?.name ?? "";
    const order = library.byHand.map(({ document }) => document.document);
    const moved: Document[] = [];
    await session.attempt(async () => {
      try {
        for (const document of documents) {
          await library.move(document.document, room, null);
          moved.push(document);
        }
      } finally {
        // Those that were moved before one could not be stay moved.
        this.#tellMoved(moved, name, order);
        await rooms.load();
      }
    });
  }

  #tellMoved(moved: Document[], name: string, order: DocumentId[]): void {
    const [first] = moved;
    if (!first) return;
    const session = this.#session;
    const title =
      moved.length === 1
        ? t("library.moved.one", { title: first.title, room: name })
        : t("library.moved.several", { n: moved.length, room: name });
    session.toasts.show("info", title, null, {
      label: t("library.moved.undo"),
      testid: "undo",
      run: () => void session.attempt(() => this.#moveBack(moved, order)),
    });
  }

  /** From the last to the first, so that each finds the one again that it stood before. */
  async #moveBack(moved: Document[], order: DocumentId[]): Promise<void> {
    const { library, rooms } = this.#session;
    for (const { document, room } of [...moved].reverse()) {
      const gone = moved.filter((other) => library.shelf.get(other.document) === undefined);
      const behind = order.slice(order.indexOf(document) + 1);
      const before = behind.find((id) => !gone.some((other) => other.document === id)) ?? null;
      await library.move(document, room, before);
    }
    await rooms.load();
    await library.open(rooms.currentId);
  }
}
