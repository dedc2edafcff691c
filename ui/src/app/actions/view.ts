import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import ArrowLeftRight from "@lucide/svelte/icons/arrow-left-right";
import ArrowRight from "@lucide/svelte/icons/arrow-right";
import ChevronLeft from "@lucide/svelte/icons/chevron-left";
import ChevronRight from "@lucide/svelte/icons/chevron-right";
import Hash from "@lucide/svelte/icons/hash";
import Moon from "@lucide/svelte/icons/moon";
import PanelLeft from "@lucide/svelte/icons/panel-left";
import PanelRight from "@lucide/svelte/icons/panel-right";
import RotateCcw from "@lucide/svelte/icons/rotate-ccw";
import Scan from "@lucide/svelte/icons/scan";
import Sun from "@lucide/svelte/icons/sun";
import SunMoon from "@lucide/svelte/icons/sun-moon";
import X from "@lucide/svelte/icons/x";
import ZoomIn from "@lucide/svelte/icons/zoom-in";
import ZoomOut from "@lucide/svelte/icons/zoom-out";

import type { Theme } from "../../backend/bindings";
import { always, inRoom, isReading, hasDocument, focus, type Action, type ActionId } from "../action";
import { mod, modShift } from "../shortcuts";
import { canMove, moveTab, walkTabs } from "../tabs";

/** How what lies open is shown. */
export const VIEW: Action[] = [
  {
    id: "companion",
    icon: PanelRight,
    menu: "view",
    shortcuts: [mod("b")],
    isPossible: inRoom,
    run: ({ layout }) => layout.toggleCompanion(),
  },
  {
    id: "rail",
    icon: PanelLeft,
    menu: "view",
    shortcuts: [mod("\\")],
    isPossible: always,
    run: ({ rooms }) => rooms.fold.toggle(),
  },
  {
    id: "trade",
    icon: ArrowLeftRight,
    menu: "view",
    shortcuts: [modShift("b")],
    isPossible: inRoom,
    run: (session) => session.trade(),
  },
  {
    id: "tab-next",
    icon: ArrowRight,
    menu: "view",
    shortcuts: [mod("tab")],
    isPossible: inRoom,
    run: (session) => walkTabs(session, 1),
  },
  {
    id: "tab-previous",
    icon: ArrowLeft,
    menu: "view",
    shortcuts: [modShift("tab")],
    isPossible: inRoom,
    run: (session) => walkTabs(session, -1),
  },
  {
    id: "tab-later",
    icon: ChevronRight,
    menu: "view",
    shortcuts: [modShift("pagedown")],
    isPossible: canMove,
    run: (session) => moveTab(session, 1),
  },
  {
    id: "tab-earlier",
    icon: ChevronLeft,
    menu: "view",
    shortcuts: [modShift("pageup")],
    isPossible: canMove,
    run: (session) => moveTab(session, -1),
  },
  {
    id: "tab-reopen",
    icon: RotateCcw,
    menu: "view",
    shortcuts: [modShift("t")],
    isPossible: ({ open }) => open.canReopen,
    run: (session) => session.reopen(),
  },
  {
    id: "page",
    icon: Hash,
    menu: "view",
    shortcuts: [mod("g")],
    isPossible: isReading,
    run: () => focus("page-number"),
  },
  {
    id: "zoom-in",
    icon: ZoomIn,
    menu: "view",
    shortcuts: [mod("+"), mod("=")],
    isPossible: isReading,
    run: ({ viewer }) => viewer.zoomBy(1),
  },
  {
    id: "zoom-out",
    icon: ZoomOut,
    menu: "view",
    shortcuts: [mod("-")],
    isPossible: isReading,
    run: ({ viewer }) => viewer.zoomBy(-1),
  },
  {
    id: "zoom-fit",
    icon: Scan,
    menu: "view",
    shortcuts: [mod("0")],
    isPossible: isReading,
    run: ({ viewer }) => viewer.fit(),
  },
  {
    id: "document-close",
    icon: X,
    menu: "view",
    shortcuts: [mod("w")],
    isPossible: hasDocument,
    run: (session) => session.closeDocument(),
  },
  themed("theme-light", "light", Sun),
  themed("theme-dark", "dark", Moon),
  themed("theme-system", "system", SunMoon),
];

function themed(id: ActionId, theme: Theme, icon: Action["icon"]): Action {
  return {
    id,
    icon,
    menu: "view",
    isPossible: ({ appearance }) => appearance.settings.theme !== theme,
    run: (session) => void session.attempt(() => session.appearance.choose({ theme })),
  };
}
