import BookOpenCheck from "@lucide/svelte/icons/book-open-check";
import Layers from "@lucide/svelte/icons/layers";
import MessageCircle from "@lucide/svelte/icons/message-circle-more";
import MessageCirclePlus from "@lucide/svelte/icons/message-circle-plus";
import Play from "@lucide/svelte/icons/play";
import Plus from "@lucide/svelte/icons/plus";
import Text from "@lucide/svelte/icons/text";

import { inRoom, hasDocument, focus, type Action } from "../action";
import type { Session } from "../session.svelte";
import { mod } from "../shortcuts";

/** What is studied with. */
export const STUDY: Action[] = [
  {
    id: "ask",
    icon: MessageCircle,
    menu: "study",
    shortcuts: [mod("j")],
    isPossible: inRoom,
    run: (session) => {
      session.showAsk();
      focus("ask-input");
    },
  },
  {
    id: "conversation-new",
    icon: MessageCirclePlus,
    menu: "study",
    isPossible: inRoom,
    run: (session) => {
      session.ask.fresh();
      session.showAsk();
      focus("ask-input");
    },
  },
  {
    id: "quiz-make",
    icon: BookOpenCheck,
    menu: "study",
    isPossible: inRoom,
    run: (session) => void session.attempt(() => session.quizOn(null)),
  },
  {
    id: "review",
    icon: Play,
    menu: "study",
    isPossible: inRoom,
    run: (session) => void session.attempt(() => session.review()),
  },
  {
    id: "card-new",
    icon: Plus,
    menu: "study",
    isPossible: inRoom,
    run: ({ cards }) => cards.compose(),
  },
  {
    id: "terms",
    icon: Layers,
    menu: "study",
    isPossible: inRoom,
    run: ({ cards }) => cards.offerTerms(),
  },
  {
    id: "document-summary",
    icon: Text,
    menu: "study",
    isPossible: hasDocument,
    run: (session) => onOpen(session, (open) => session.overview(open, "summary")),
  },
  {
    id: "document-guide",
    icon: Text,
    menu: "study",
    isPossible: hasDocument,
    run: (session) => onOpen(session, (open) => session.overview(open, "guide")),
  },
  {
    id: "document-quiz",
    icon: BookOpenCheck,
    menu: "study",
    isPossible: hasDocument,
    run: (session) => onOpen(session, ({ document }) => session.quizOn(document)),
  },
];

type Open = NonNullable<Session["viewer"]["open"]>;

/** Does something with the document that lies open. */
function onOpen(session: Session, run: (open: Open) => Promise<unknown>): void {
  const { open } = session.viewer;
  if (open) void session.attempt(() => run(open));
}
