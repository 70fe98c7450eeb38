/** Pictures that lie in a file as base64 or as SVG, as addresses for `<img>`, in which no browser runs anything. */

const longest = 2 * 1024 * 1024;

/** The bytes that files of a type begin with: PNG (ISO 15948, 5.2) and JPEG (ITU-T T.81, B.1.1.3). */
const beginnings = {
  "image/png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  "image/jpeg": Buffer.from([0xff, 0xd8, 0xff]),
} as const;

/** A `data:` address, or null when the content is not of that type, not base64, or longer than 2 MiB. */
export function dataImage(
  type: "image/png" | "image/jpeg" | "image/svg+xml",
  content: string,
): string | null {
  if (content.length > longest) return null;
  if (type === "image/svg+xml") {
    if (!/^\s*(?:<\?xml|<!--|<!DOCTYPE|<svg)/i.test(content) || !/<svg[\s>]/i.test(content)) return null;
    return `data:${type};base64,${Buffer.from(content).toString("base64")}`;
  }
  const base64 = content.replaceAll(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  const beginning = beginnings[type];
  const bytes = Buffer.from(base64.slice(0, 24), "base64");
  return bytes.subarray(0, beginning.length).equals(beginning) ? `data:${type};base64,${base64}` : null;
}
