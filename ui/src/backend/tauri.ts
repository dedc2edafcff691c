import { Channel, convertFileSrc } from "@tauri-apps/api/core";
import { TauriEvent, listen as hear } from "@tauri-apps/api/event";

import type { Backend, Happenings, Unlisten } from "./backend";
import { commands, events } from "./bindings";

/** The shell, reached through its generated commands and events. */
export const tauri: Backend = {
  ...commands,
  documentRetry: (document, password) => commands.documentRetry(document, password ?? null),
  documentReplace: (document, path, password) => commands.documentReplace(document, path, password ?? null),
  importPaths: (room, paths, password) => commands.importPaths(room, paths, password ?? null),
  search: (request, onWords) => commands.search(request, channelTo(onWords)),
  ask: (question, onMessage) => commands.ask(question, channelTo(onMessage)),
  quizMake: (wanted, onMade) => commands.quizMake(wanted, channelTo(onMade)),
  quizAnswer: (quiz, ordinal, given, tookMs, language, onPoint) =>
    commands.quizAnswer(quiz, ordinal, given, tookMs, language, channelTo(onPoint)),
  backupCreate: (file, onProgress) => commands.backupCreate(file, channelTo(onProgress)),
  backupRestore: (file, onProgress) => commands.backupRestore(file, channelTo(onProgress)),
  pageInfo: async (document) => (await commands.pageInfo(document)).pages,
  pageImage: (document, page, width, hash) => {
    const address = convertFileSrc(`${document}/${page}/${width}`, "page");
    return hash ? `${address}?${hash}` : address;
  },
  pagePart: (document, { page, x0, y0, x1, y1 }, width, hash) => {
    // In ten-thousandths of the page.
    const from = [x0, y0].map((edge) => Math.floor(edge * 10_000));
    const to = [x1, y1].map((edge) => Math.ceil(edge * 10_000));
    const part = [...from, ...to].join("-");
    return `${convertFileSrc(`${document}/${page}/${width}/${part}`, "page")}?${hash}`;
  },
  noteImage: (hash) => convertFileSrc(`media/${hash}`, "page"),
  listen,
};

function channelTo<T>(hear: (message: T) => void): Channel<T> {
  const channel = new Channel<T>();
  channel.onmessage = hear;
  return channel;
}

async function listen(on: Happenings): Promise<Unlisten> {
  const stops = await Promise.all([
    events.documentChanged.listen(({ payload }) => on.documentChanged(payload.document, payload.eta_ms)),
    events.documentRemoved.listen(({ payload }) => on.documentRemoved(payload.document, payload.room)),
    events.roomsChanged.listen(() => on.roomsChanged()),
    events.filesOpened.listen(({ payload }) => on.filesOpened(payload.paths)),
    events.statusChanged.listen(() => on.statusChanged()),
    events.workEnded.listen(({ payload }) => on.workEnded?.(payload)),
    events.menuChosen.listen(({ payload }) => on.menuChosen?.(payload.id)),
    events.powerChanged.listen(({ payload }) => on.powerChanged?.(payload.power)),
    // The events themselves: the class of the web view brings all that can be done to windows with it.
    hear<Dragged>(TauriEvent.DRAG_ENTER, ({ payload }) =>
      on.drag({ type: "enter", ...inCssPixels(payload) }),
    ),
    hear<Moved>(TauriEvent.DRAG_OVER, ({ payload }) => on.drag({ type: "over", ...inCssPixels(payload) })),
    hear<Dragged>(TauriEvent.DRAG_DROP, ({ payload }) => on.drag({ type: "drop", ...inCssPixels(payload) })),
    hear(TauriEvent.DRAG_LEAVE, () => on.drag({ type: "leave" })),
  ]);
  return () => stops.forEach((stop) => stop());
}

/** Where something is dragged, in pixels of the screen. */
type Moved = { position: { x: number; y: number } };
type Dragged = Moved & { paths: string[] };

function inCssPixels<T extends Moved>({ position, ...rest }: T) {
  const scale = window.devicePixelRatio || 1;
  return { ...rest, x: position.x / scale, y: position.y / scale };
}
