/** A colour in sRGB, each channel 0 to 1. */
export interface Rgb {
  r: number;
  g: number;
  b: number;
}

const gamma = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const clamp = (c: number) => Math.min(1, Math.max(0, c));

/** OKLCH to sRGB, clipped to the gamut. Matrices: Björn Ottosson, "A perceptual color space for image processing". */
export function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    r: clamp(gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
    g: clamp(gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
    b: clamp(gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)),
  };
}

/** Relative luminance, WCAG 2.2. */
export const luminance = ({ r, g, b }: Rgb): number =>
  0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** Contrast ratio, WCAG 2.2: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** `over` with the given opacity laid over `under`. */
export function blend(over: Rgb, opacity: number, under: Rgb): Rgb {
  const mix = (x: number, y: number) => x * opacity + y * (1 - opacity);
  return { r: mix(over.r, under.r), g: mix(over.g, under.g), b: mix(over.b, under.b) };
}

/** As CSS that a canvas of any web view understands. */
export function css({ r, g, b }: Rgb, opacity = 1): string {
  const byte = (c: number) => Math.round(c * 255);
  return `rgba(${byte(r)}, ${byte(g)}, ${byte(b)}, ${opacity})`;
}
