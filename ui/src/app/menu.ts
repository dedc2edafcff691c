import type { MenuEntry } from "../backend/bindings";
import { t } from "../i18n/i18n.svelte";
import { titleOf, type Action, type MenuName } from "./action";
import { ACTIONS } from "./actions";
import type { Session } from "./session.svelte";

const MENUS: MenuName[] = ["file", "edit", "view", "go", "study"];

/**
 * The system's own menu: all that can be done, in the words of the language on show. Keys are not given to it: the
 * window knows when a key belongs to what somebody types.
 */
export function menuOf(session: Session): MenuEntry[] {
  const inMenu = (menu: MenuName): Action[] =>
    ACTIONS.filter((action) => action.menu === menu && !action.byKeysOnly);
  return MENUS.map((menu) => ({
    type: "submenu",
    label: t(`app.menu.${menu}`),
    children: inMenu(menu).map((action) => ({
      type: "item",
      id: action.id,
      label: titleOf(action),
      accelerator: null,
      enabled: session.ready && action.isPossible(session),
      checked: null,
    })),
  }));
}

/** Does what was chosen in it, as far as that is still possible. */
export function runAction(session: Session, id: string): void {
  const action = ACTIONS.find((action) => action.id === id);
  if (session.ready && action?.isPossible(session)) action.run(session, "");
}
