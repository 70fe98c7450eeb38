/**
 * A repository that is hard in all the ways an ordinary one is not: very many refs, a folder of very many entries, a file of
 * many revisions, and commits that change very much.
 */
import { appendFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { commitHead, data, fastImport, tagOf, word, type History } from "./histories.ts";
import { git } from "./programs.ts";

export const crowd = { folder: "entries", entries: 10_000, commits: 2_000 };
/** A file that every fifth commit changes at some places. */
export const revised = { path: "src/engine.ts", lines: 3_000 };
/** Files of which the second to fourth commit change 200 lines each: 106,000 lines of diff, in fewer files than a page shows. */
export const bulk = { folder: "bulk", files: 265, changes: 3 };
/** Branches stand in groups of a hundred. */
export const groupPrefix = "refs/heads/team-001/";

/** @param refs half branches, half tags; a whole number of hundreds of each */
export const wideHistory = (refs: number): History => ({
  name: "wide",
  size: String(refs),
  async write(folder) {
    const marks = join(folder, "marks");
    await fastImport(folder, wideCommits(refs), [`--export-marks=${marks}`]);
    const ids = (await readFile(marks, "utf8")).trim().split("\n").map(idOfMark);
    const lines = [...lightRefs(refs)].map(([name, n]) => `${ids[n % ids.length]} ${name}\n`);
    await rm(marks);
    // A file of this kind that promises nothing of its order is put in order by git; a transaction would write each one alone.
    await git("-C", folder, "pack-refs", "--all");
    const packed = join(folder, "packed-refs");
    const before = await readFile(packed, "utf8");
    await rm(packed);
    await appendFile(packed, before.replace(/^#.*\n/, "").replaceAll(/^\^.*\n/gm, "") + lines.join(""));
    // Something to pack makes git write the file anew.
    await git("-C", folder, "update-ref", "refs/tags/latest", "refs/heads/main");
    await git("-C", folder, "pack-refs", "--all");
  },
});

const idOfMark = (row: string) => row.slice(row.indexOf(" ") + 1);

/** One tag in ten is annotated. */
function* wideCommits(refs: number): Generator<string> {
  let lines = Array.from({ length: revised.lines }, (_, line) => engineLine(line, 0));
  for (let n = 0; n < crowd.commits; n += 1) {
    yield commitHead(n, `Change ${word(n)} ${n}\n`);
    if (n === 0) yield `M 100644 inline README.md\n${data("# Wide\n\nA repository to measure on.\n")}`;
    if (n <= bulk.changes)
      for (let file = 0; file < bulk.files; file += 1)
        yield `M 100644 inline ${bulk.folder}/part-${file}.txt\n${data(bulkText(file, n))}`;
    if (n % 5 === 0) {
      lines = lines.map((text, line) => ((line * 7 + n) % 331 === 0 ? engineLine(line, n) : text));
      yield `M 100644 inline ${revised.path}\n${data(`${lines.join("\n")}\n`)}`;
    }
    for (let entry = n; entry < crowd.entries; entry += crowd.commits) {
      const name = String((entry * 7_919) % crowd.entries).padStart(5, "0");
      yield `M 100644 inline ${crowd.folder}/entry-${name}.txt\n${data(`Entry ${name}, made by commit ${n}\n`)}`;
    }
  }
  for (let n = 0; n < refs / 2; n += 10) yield tagOf(tagName(n), (n % crowd.commits) + 1);
}

const engineLine = (line: number, version: number) =>
  `export const ${word(line)}${line} = (${word(line + 1)}: number) => ${word(line + version)} + ${version};`;

/** Of every six lines five differ from version to version. */
function bulkText(file: number, version: number): string {
  const lines = Array.from({ length: 120 }, (_, line) =>
    line % 6 === 0 ? `part ${file}, line ${line}` : `${word(line + version)} ${line} of version ${version}`,
  );
  return `${lines.concat(lines.map((text) => `and ${text}`)).join("\n")}\n`;
}

/** Names with the places of their commits. */
function* lightRefs(refs: number): Generator<[string, number]> {
  for (let n = 0; n < refs / 2; n += 1) {
    const team = String(Math.floor(n / 100)).padStart(3, "0");
    yield [`refs/heads/team-${team}/topic-${String(n % 100).padStart(2, "0")}`, n];
    if (n % 10 !== 0) yield [`refs/tags/${tagName(n)}`, n];
  }
}

const tagName = (n: number) => `v${Math.floor(n / 100)}.${n % 100}`;
