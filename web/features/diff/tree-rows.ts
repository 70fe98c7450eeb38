import type { WebListedFile } from "../../../api/client.gen.ts";

export type ListedFile = WebListedFile;

export type TreeRow =
  | { readonly kind: "folder"; readonly path: string; readonly label: string; readonly depth: number }
  | { readonly kind: "group"; readonly path: string; readonly label: string; readonly depth: 0 }
  | {
      readonly kind: "file";
      readonly file: ListedFile;
      /** Its place among all files of the diff. */
      readonly index: number;
      readonly label: string;
      readonly depth: number;
    };

const groupNames: Readonly<Record<ListedFile["group"], string>> = {
  docs: "Documentation",
  interfaces: "Interfaces",
  code: "Implementation",
  tests: "Tests",
  settings: "Settings",
  generated: "Generated and copied",
};

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly entries: (Folder | TreeFile)[];
  readonly path: string;
}

interface TreeFile {
  readonly file: ListedFile;
  readonly index: number;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Rows of a tree of folders in the order of the files; folders that hold nothing but a folder stand in one row with it. */
export function treeRows(files: readonly ListedFile[], closed: ReadonlySet<string>): readonly TreeRow[] {
  const root: Folder = { folders: new Map(), entries: [], path: "" };
  files.forEach((file, index) => {
    let folder = root;
    for (const name of file.path.split("/").slice(0, -1)) {
      let inner = folder.folders.get(name);
      if (!inner) {
        inner = {
          folders: new Map(),
          entries: [],
          path: folder.path === "" ? name : `${folder.path}/${name}`,
        };
        folder.folders.set(name, inner);
        folder.entries.push(inner);
      }
      folder = inner;
    }
    folder.entries.push({ file, index });
  });
  const rows: TreeRow[] = [];
  const walk = (folder: Folder, depth: number) => {
    for (const entry of folder.entries) {
      if ("file" in entry) {
        rows.push({ kind: "file", ...entry, label: nameOf(entry.file.path), depth });
        continue;
      }
      let inner = entry;
      for (let only = inner.entries[0]; inner.entries.length === 1 && only && !("file" in only);) {
        inner = only;
        only = inner.entries[0];
      }
      const label = folder.path === "" ? inner.path : inner.path.slice(folder.path.length + 1);
      rows.push({ kind: "folder", path: inner.path, label, depth });
      if (!closed.has(inner.path)) walk(inner, depth + 1);
    }
  };
  walk(root, 0);
  return rows;
}

/** Rows in the order of reading: a heading for each kind of file, and paths below it. */
export function readingRows(files: readonly ListedFile[], closed: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  let last: ListedFile["group"] | undefined;
  files.forEach((file, index) => {
    const path = `group ${file.group}`;
    if (file.group !== last) rows.push({ kind: "group", path, label: groupNames[file.group], depth: 0 });
    last = file.group;
    if (!closed.has(path)) rows.push({ kind: "file", file, index, label: file.path, depth: 0 });
  });
  return rows;
}

/** Rows of the files whose path holds all words, in any order. */
export function matchingRows(files: readonly ListedFile[], words: string): readonly TreeRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return files.flatMap((file, index) => {
    const path = file.path.toLowerCase();
    return wanted.every((word) => path.includes(word))
      ? [{ kind: "file" as const, file, index, label: file.path, depth: 0 }]
      : [];
  });
}
