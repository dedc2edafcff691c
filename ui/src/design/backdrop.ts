import { css, oklch, type Rgb } from "./oklch";

interface Field {
  /** Centre and radius as fractions of the picture's width and height. */
  x: number;
  y: number;
  rx: number;
  ry: number;
  turn: number;
  colour: Rgb;
  strength: number;
}

/** Small: soft fields lose nothing when they are stretched. */
const WIDTH = 640;
const HEIGHT = 400;

interface Scene {
  ground: Rgb;
  fields: Field[];
}

/** Wide soft fields of the room's hue and its neighbours, with one light as if from a window above left. */
export function scene(hue: number, dark: boolean): Scene {
  if (dark) {
    return {
      ground: oklch(0.2, 0.03, hue),
      fields: [
        { x: 0.1, y: 0.04, rx: 0.62, ry: 0.7, turn: -0.35, colour: oklch(0.44, 0.115, hue), strength: 0.95 },
        {
          x: 0.95,
          y: 0.2,
          rx: 0.5,
          ry: 0.75,
          turn: 0.5,
          colour: oklch(0.36, 0.095, hue + 46),
          strength: 0.85,
        },
        {
          x: 0.62,
          y: 1.04,
          rx: 0.62,
          ry: 0.5,
          turn: -0.15,
          colour: oklch(0.34, 0.09, hue - 52),
          strength: 0.85,
        },
        { x: 0.02, y: 0.92, rx: 0.34, ry: 0.42, turn: 0, colour: oklch(0.26, 0.06, hue + 20), strength: 0.7 },
      ],
    };
  }
  return {
    ground: oklch(0.945, 0.018, hue),
    fields: [
      { x: 0.08, y: 0.06, rx: 0.6, ry: 0.72, turn: -0.35, colour: oklch(0.82, 0.09, hue), strength: 0.95 },
      {
        x: 0.96,
        y: 0.16,
        rx: 0.5,
        ry: 0.72,
        turn: 0.5,
        colour: oklch(0.865, 0.075, hue + 52),
        strength: 0.9,
      },
      {
        x: 0.6,
        y: 1.06,
        rx: 0.66,
        ry: 0.52,
        turn: -0.15,
        colour: oklch(0.875, 0.07, hue - 58),
        strength: 0.9,
      },
      { x: 0.42, y: 0.3, rx: 0.3, ry: 0.4, turn: 0.3, colour: oklch(0.99, 0.01, 90), strength: 0.75 },
      { x: 0.0, y: 0.96, rx: 0.34, ry: 0.42, turn: 0, colour: oklch(0.88, 0.07, hue + 24), strength: 0.8 },
    ],
  };
}

/** Draws the backdrop of a room, to be stretched over the window. Null where there is no canvas. */
export function drawBackdrop(hue: number, dark: boolean): HTMLCanvasElement | null {
  const sharp = document.createElement("canvas");
  sharp.width = WIDTH;
  sharp.height = HEIGHT;
  const context = sharp.getContext("2d");
  if (!context) return null;
  const { ground, fields } = scene(hue, dark);
  context.fillStyle = css(ground);
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (const field of fields) paintField(context, field);
  return sharp;
}

/** Gives the panels the picture that baked glass shows: the backdrop, blurred. */
export const showThroughGlass = (backdrop: HTMLCanvasElement): void =>
  document.documentElement.style.setProperty("--backdrop-blurred", `url("${blur(backdrop).toDataURL()}")`);

/** Shows one picture in another, stretched to a size in pixels of the screen. */
export function stretch(
  picture: HTMLCanvasElement,
  into: HTMLCanvasElement,
  width: number,
  height: number,
): void {
  into.width = width;
  into.height = height;
  const context = into.getContext("2d");
  if (!context) return;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
}

function paintField(context: CanvasRenderingContext2D, field: Field): void {
  context.save();
  context.translate(field.x * WIDTH, field.y * HEIGHT);
  context.rotate(field.turn);
  context.scale(field.rx * WIDTH, field.ry * HEIGHT);
  const gradient = context.createRadialGradient(0, 0, 0, 0, 0, 1);
  // A smooth fall, not a straight one: no visible centre and no visible rim.
  for (let step = 0; step <= 10; step++) {
    const distance = step / 10;
    const fall = (1 - distance ** 2) ** 2;
    gradient.addColorStop(distance, css(field.colour, field.strength * fall));
  }
  context.fillStyle = gradient;
  context.fillRect(-1, -1, 2, 2);
  context.restore();
}

/** Shrinking and stretching with smoothing is a blur in every web view; `filter` on a canvas is not. */
function blur(source: HTMLCanvasElement): HTMLCanvasElement {
  let from = source;
  for (const width of [320, 160, 80, 40, 80, 160, 320]) {
    const to = document.createElement("canvas");
    to.width = width;
    to.height = Math.round((width * HEIGHT) / WIDTH);
    const context = to.getContext("2d");
    if (!context) return source;
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(from, 0, 0, to.width, to.height);
    from = to;
  }
  return from;
}
