import { Channel, convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen as listenTo } from "@tauri-apps/api/event";
import { getCurrentWebview } from "@tauri-apps/api/webview";

import type { Backend, Drag, Happenings, Unlisten } from "./backend";
import type { AskEvent, Document, DocumentId, PageLayout, RoomId } from "./types";

/** The shell, reached through Tauri's commands and events. */
export const tauri: Backend = {
  roomsList: () => invoke("rooms_list"),
  roomCreate: (name) => invoke("room_create", { name }),
  roomRename: (room, name) => invoke("room_rename", { room, name }),
  roomRemove: (room) => invoke("room_remove", { room }),

  documentsList: (room) => invoke("documents_list", { room }),
  documentOutline: (document) => invoke("document_outline", { document }),
  documentPause: (document) => invoke("document_pause", { document }),
  documentResume: (document) => invoke("document_resume", { document }),
  documentCancel: (document) => invoke("document_cancel", { document }),
  documentRetry: (document, password) => invoke("document_retry", { document, password: password ?? null }),
  documentRemove: (document) => invoke("document_remove", { document }),
  documentUnlock: (document, password) => invoke("document_unlock", { document, password }),

  importPaths: (room, paths, password) => invoke("import_paths", { room, paths, password: password ?? null }),
  pickFiles: () => invoke("pick_files"),
  openedFiles: () => invoke("opened_files"),

  search: (room, query, limit) => invoke("search", { room, query, limit }),
  ask: (room, conversation, question, onEvent) => {
    const channel = new Channel<AskEvent>();
    channel.onmessage = onEvent;
    return invoke("ask", { room, conversation, question, channel });
  },
  askStop: (turn) => invoke("ask_stop", { turn }),

  conversationsList: (room) => invoke("conversations_list", { room }),
  conversationTurns: (conversation) => invoke("conversation_turns", { conversation }),
  conversationRename: (conversation, name) => invoke("conversation_rename", { conversation, name }),
  conversationRemove: (conversation) => invoke("conversation_remove", { conversation }),

  pageInfo: async (document) => (await invoke<{ pages: PageLayout[] }>("page_info", { document })).pages,
  pageImage: (document, page, width) => convertFileSrc(`${document}/${page}/${width}`, "page"),

  settingsGet: () => invoke("settings_get"),
  settingsSet: (settings) => invoke("settings_set", { settings }),
  status: () => invoke("status"),

  listen,
};

async function listen(on: Happenings): Promise<Unlisten> {
  const stops = await Promise.all([
    listenTo<{ document: Document; eta_ms: number | null }>("document-changed", (e) =>
      on.documentChanged(e.payload.document, e.payload.eta_ms),
    ),
    listenTo<{ document: DocumentId; room: RoomId }>("document-removed", (e) =>
      on.documentRemoved(e.payload.document, e.payload.room),
    ),
    listenTo("rooms-changed", () => on.roomsChanged()),
    listenTo<{ paths: string[] }>("files-opened", (e) => on.filesOpened(e.payload.paths)),
    listenTo("status-changed", () => on.statusChanged()),
    getCurrentWebview().onDragDropEvent(({ payload }) => on.drag(inCssPixels(payload))),
  ]);
  return () => stops.forEach((stop) => stop());
}

type Physical = { x: number; y: number };
type DragPayload =
  | { type: "enter" | "drop"; paths: string[]; position: Physical }
  | { type: "over"; position: Physical }
  | { type: "leave" };

function inCssPixels(payload: DragPayload): Drag {
  if (payload.type === "leave") return { type: "leave" };
  const scale = window.devicePixelRatio || 1;
  const at = { x: payload.position.x / scale, y: payload.position.y / scale };
  return payload.type === "over"
    ? { type: "over", ...at }
    : { type: payload.type, paths: payload.paths, ...at };
}
