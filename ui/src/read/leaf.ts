import type { Placed, Turn } from "./geometry";

/** How the page itself lies in the place that it takes when it is turned. */
export function leafStyle({ width, height }: Placed, turn: Turn): string {
  if (turn === 0) return "inset: 0";
  const [across, down] = turn === 180 ? [width, height] : [height, width];
  return `left: ${(width - across) / 2}px; top: ${(height - down) / 2}px; width: ${across}px; height: ${down}px; transform: rotate(${turn}deg)`;
}
