/** What a tree object says, read as it came. */

export interface TreeEntry {
  /** One character a byte. */
  readonly name: string;
  readonly isTree: boolean;
  /** A submodule: the commit is another repository's. */
  readonly isLink: boolean;
  readonly oid: string;
}

/** Reads a tree object (`mode name NUL id`, without an end). `width` is the bytes of an id. Throws RangeError for one that is cut off. */
export function* treeEntries(data: Buffer, width: number): Generator<TreeEntry> {
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(0x20, at);
    const end = data.indexOf(0, space);
    if (space < 0 || end < 0 || end + 1 + width > data.length) throw new RangeError("a tree is cut off");
    const mode = data.toString("latin1", at, space);
    const oid = data.toString("hex", end + 1, end + 1 + width);
    const name = data.toString("latin1", space + 1, end);
    if (!/^[0-7]{1,7}$/.test(mode)) throw new RangeError("a mode is not octal");
    const kind = Number.parseInt(mode, 8) & 0o170000;
    yield { name, oid, isTree: kind === 0o040000, isLink: kind === 0o160000 };
    at = end + 1 + width;
  }
}
