import { t } from "../i18n/i18n.svelte";

/** Colours that a room can have, in degrees of the colour circle: far enough from each other to be told apart. */
const HUES = {
  blue: 262,
  violet: 295,
  plum: 330,
  rose: 5,
  coral: 30,
  amber: 60,
  olive: 105,
  green: 150,
  teal: 190,
  sky: 230,
} as const;
export type HueName = keyof typeof HUES;

const NAMES = Object.keys(HUES) as HueName[];

/** All of them by their names. */
export const hues = (): { hue: number; name: string }[] =>
  NAMES.map((name) => ({ hue: HUES[name], name: t(`rooms.hue.${name}`) }));

/** How far two colours are from each other on the circle. */
const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

/** The one of them that a colour is nearest to. */
export const nearest = (hue: number): number =>
  Object.values(HUES).reduce((best, each) => (apart(each, hue) < apart(best, hue) ? each : best));
