import type { Backend } from "../backend/backend";
import type { ConversationId, Turn, TurnId } from "../backend/bindings";

/** So many turns are read at once, a conversation may have very many; and where somebody goes far back. */
export const MOST = 200;
export const MOST_FAR = 1000;

/** The end of a conversation, from the turn `back` on where that lies further back. */
export async function lastTurns(
  backend: Backend,
  conversation: ConversationId,
  back: TurnId | null = null,
): Promise<Turn[]> {
  let turns = await backend.conversationTurns(conversation, null, MOST);
  // A turn has a higher number than those that lead to it.
  for (
    let first = turns[0];
    back !== null && first && first.turn > back && first.ordinal > 1;
    first = turns[0]
  )
    turns = [...(await backend.conversationTurns(conversation, first.turn, MOST_FAR)), ...turns];
  return turns;
}

/** How many turns of a conversation lead to these. */
export const countBefore = (turns: readonly Turn[]): number => (turns[0]?.ordinal ?? 1) - 1;
