/** A picture for a name: a mirrored 5 × 5 grid as one SVG path, and a hue. The same name always gives the same. */
export function identicon(name: string): { readonly path: string; readonly hue: number } {
  let bits = hash(name.toLowerCase());
  const hue = Math.floor((hash(`${name.toLowerCase()}#`) / 0x1_0000_0000) * 360);
  let path = "";
  for (let column = 0; column < 3; column++) {
    for (let row = 0; row < 5; row++) {
      const set = (bits & 1) === 1;
      bits >>>= 1;
      if (!set) continue;
      path += cell(column, row);
      if (column < 2) path += cell(4 - column, row);
    }
  }
  // An empty grid says nothing: give it a middle.
  return { path: path === "" ? cell(2, 2) : path, hue };
}

const cell = (x: number, y: number): string => `M${x + 1} ${y + 1}h1v1h-1z`;

/** FNV-1a with a final mix (32 bits): spreads short names well enough for a picture. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
  return (value ^ (value >>> 15)) >>> 0;
}
