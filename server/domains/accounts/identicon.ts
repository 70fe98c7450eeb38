/** A picture for who has none: a mirrored 5 × 5 pattern and a hue that follow from the id alone. */
import { createHash } from "node:crypto";

/** An SVG document of 80 × 80 units. */
export function identicon(id: number): string {
  const digest = createHash("sha256").update(`avatar:${id}`).digest();
  const hue = Math.round(((digest[0] ?? 0) / 256) * 360);
  const cells: string[] = [];
  for (let column = 0; column < 3; column += 1) {
    for (let row = 0; row < 5; row += 1) {
      if (((digest[1 + column * 5 + row] ?? 0) & 1) === 0) continue;
      for (const x of column === 2 ? [2] : [column, 4 - column])
        cells.push(`M${10 + x * 12} ${10 + row * 12}h12v12h-12z`);
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80" width="80" height="80">` +
    `<rect width="80" height="80" fill="hsl(${hue} 30% 93%)"/>` +
    `<path d="${cells.join("")}" fill="hsl(${hue} 45% 48%)"/></svg>`
  );
}
