import ArrowLeft from "@lucide/svelte/icons/arrow-left";
import Command from "@lucide/svelte/icons/command";
import SearchIcon from "@lucide/svelte/icons/search";
import TextSearch from "@lucide/svelte/icons/text-search";

import { inRoom, isReading, focus, type Action } from "../action";
import { wayBack } from "../back";
import { mod, modShift, plain } from "../shortcuts";

/** What finds something, and the way back. */
export const FIND: Action[] = [
  {
    id: "find",
    icon: TextSearch,
    menu: "go",
    shortcuts: [mod("f")],
    isPossible: isReading,
    run: ({ viewer }) => {
      viewer.find.open();
      focus("find-input");
    },
  },
  {
    id: "palette",
    icon: Command,
    menu: "go",
    shortcuts: [mod("k"), modShift("p")],
    isPossible: ({ palette }) => !palette.isOpen,
    run: ({ palette }) => palette.open(),
  },
  {
    id: "search",
    icon: SearchIcon,
    menu: "go",
    shortcuts: [plain("/"), mod("f")],
    isPossible: inRoom,
    run: () => focus("search-input"),
  },
  {
    id: "back",
    icon: ArrowLeft,
    menu: "go",
    shortcuts: [plain("escape")],
    isPossible: (session) => wayBack(session) !== null,
    run: (session) => wayBack(session)?.(),
  },
];
