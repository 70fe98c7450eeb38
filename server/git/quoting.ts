/** Names in git's C style (quote.c), bytes as Latin-1. */

const letters: Readonly<Record<string, string>> = {
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  '"': '"',
  "\\": "\\",
};

/** A name in double quotes with control bytes, quotes and backslashes escaped. */
export function quoted(name: string): string {
  // oxlint-disable-next-line no-control-regex
  const escaped = name.replace(/[\0-\x1f"\\\x7f]/g, (character) => {
    const letter = letters[character];
    return `\\${letter ?? character.charCodeAt(0).toString(8).padStart(3, "0")}`;
  });
  return `"${escaped}"`;
}

/** A name as git prints it under `core.quotePath=false`: quoted only when it must be. */
export function printedName(name: string): string {
  // oxlint-disable-next-line no-control-regex
  return /[\0-\x1f"\\\x7f]/.test(name) ? quoted(name) : name;
}

/** What stands between the quotes, without escapes. */
export function unquoted(text: string): string {
  return text.replace(/\\([0-7]{3}|.)/gs, (_, code: string) => {
    if (code.length === 3) return String.fromCharCode(Number.parseInt(code, 8) & 0xff);
    return Object.keys(letters).find((character) => letters[character] === code) ?? code;
  });
}

/** A folder for the lists of folders in git's environment: they part by colons, and a quoted entry may hold anything (git(1)). */
export const quotedPath = (folder: string): string => `"${folder.replace(/["\\]/g, "\\$&")}"`;
