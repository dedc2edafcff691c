/** Keys that are pressed together. `mod` is Ctrl, on a Mac the command key. */
export interface Shortcut {
  key: string;
  mod?: boolean;
  shift?: boolean;
}

export const mod = (key: string): Shortcut => ({ key, mod: true });
export const modShift = (key: string): Shortcut => ({ key, mod: true, shift: true });
export const plain = (key: string): Shortcut => ({ key });

const isLetter = (key: string): boolean => /^[a-z]$/.test(key);

/** "tab", "pageup". */
const isNamed = (key: string): boolean => key.length > 1;

/** Whether a press is that shortcut. */
export function isPressed({ key, mod = false, shift = false }: Shortcut, event: KeyboardEvent): boolean {
  if (event.altKey || (event.ctrlKey || event.metaKey) !== mod) return false;
  // Whether signs and digits need Shift depends on the keyboard.
  if ((isLetter(key) || isNamed(key)) && event.shiftKey !== shift) return false;
  return keyOf(event) === key;
}

/** The key that is pressed; a keyboard of another script has its letters where Latin ones have theirs. */
function keyOf({ key, code }: KeyboardEvent): string {
  const pressed = key.toLowerCase();
  if (pressed.length !== 1 || pressed.charCodeAt(0) < 0x80) return pressed;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? pressed;
}

const isMac = /mac/i.test(navigator.platform);
const NAMES: Record<string, string> = {
  escape: "Esc",
  tab: "Tab",
  pageup: "PgUp",
  pagedown: "PgDn",
  "-": "−",
};

/** What is printed on the keys: "Ctrl", "Shift", "P". */
export const keysOf = ({ key, mod = false, shift = false }: Shortcut): string[] => [
  ...(mod ? [isMac ? "⌘" : "Ctrl"] : []),
  ...(shift ? [isMac ? "⇧" : "Shift"] : []),
  NAMES[key] ?? key.toUpperCase(),
];
