/** The text of a file that both sides of a merge changed, taken apart: where they agree, and where somebody has to choose. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isBinary, lfsPointer } from "./blobs.ts";
import type { Conflict } from "./merge-tree.ts";
import type { Repository } from "./object-ids.ts";
import { objectInfos, readTyped } from "./objects.ts";
import { utf8 } from "./paths.ts";
import { git } from "./process.ts";

export type TextPart =
  | { readonly kind: "same"; readonly text: string }
  | { readonly kind: "conflict"; readonly ours: string; readonly base: string; readonly theirs: string };

/** Why a conflict is not a question of lines. */
export type NoText =
  | "deleted"
  | "renamed"
  | "binary"
  | "lfs"
  | "link"
  | "submodule"
  | "encoding"
  | "large"
  | "many";

export type ConflictText =
  | { readonly kind: "text"; readonly parts: readonly TextPart[] }
  | { readonly kind: "other"; readonly why: NoText };

/** Bytes of one side that are still taken apart, and the most places of one file that people are asked about. */
const mostBytes = 512 * 1024;
const mostConflicts = 100;

/** What has to be decided about a path that git could not merge. */
export async function conflictText(repo: Repository, conflict: Conflict): Promise<ConflictText> {
  const why = shapeProblem(conflict);
  if (why !== null) return { kind: "other", why };
  const ids = [conflict.base, conflict.ours, conflict.theirs].map((side) => side?.oid ?? null);
  const infos = await objectInfos(
    repo,
    ids.filter((oid) => oid !== null),
  );
  if (infos.some((info) => info === null || info.size > mostBytes)) return { kind: "other", why: "large" };
  const bytes = await Promise.all(
    ids.map(async (oid) => (oid === null ? Buffer.alloc(0) : readTyped(repo, oid, "blob"))),
  );
  if (bytes.some((side) => lfsPointer(side) !== null)) return { kind: "other", why: "lfs" };
  if (conflict.reason === "binary" || bytes.some(isBinary)) return { kind: "other", why: "binary" };
  if (bytes.some((side) => utf8(side) === null)) return { kind: "other", why: "encoding" };
  const [base = Buffer.alloc(0), ours = base, theirs = base] = bytes;
  const parts = await takeApart(repo, { base, ours, theirs });
  const places = parts.filter(({ kind }) => kind === "conflict").length;
  return places > mostConflicts ? { kind: "other", why: "many" } : { kind: "text", parts };
}

function shapeProblem({ base, ours, theirs, reason }: Conflict): NoText | null {
  const modes = [base, ours, theirs].flatMap((side) => side?.mode ?? []);
  if (modes.includes("160000")) return "submodule";
  if (modes.includes("120000")) return "link";
  if (!ours || !theirs) return /rename/.test(reason) ? "renamed" : "deleted";
  return /rename|directory|mode|location/.test(reason) ? "renamed" : null;
}

interface Sides {
  readonly base: Uint8Array;
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
}

/**
 * `git merge-file`, with markers that no text holds: a heading underlined with seven `=` is no marker. A last line without a
 * line end gets one where it is in conflict.
 */
async function takeApart(repo: Repository, sides: Sides): Promise<TextPart[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "wit-conflict-"));
  try {
    const names = (["ours", "base", "theirs"] as const).map((name) => {
      const file = path.join(folder, name);
      return [file, writeFile(file, sides[name])] as const;
    });
    await Promise.all(names.map(([, written]) => written));
    const label = randomBytes(16).toString("hex");
    const labels = ["ours", "base", "theirs"].flatMap((name) => ["-L", `${label}-${name}`]);
    const args = ["merge-file", "-p", "-q", "--zdiff3", `--marker-size=${markerSize}`, ...labels];
    const { stdout } = await git(repo.dir, [...args, ...names.map(([file]) => file)], {
      // The number of conflicts, at most 127.
      exitCodes: Array.from({ length: 128 }, (_, count) => count),
    });
    return readParts(stdout.toString("utf8"), label);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const markerSize = 61;

function readParts(text: string, label: string): TextPart[] {
  const marker = (sign: string, name: string) => `${sign.repeat(markerSize)} ${label}-${name}`;
  const [begin, middle, end] = [marker("<", "ours"), marker("|", "base"), marker(">", "theirs")];
  const divide = "=".repeat(markerSize);
  const parts: TextPart[] = [];
  let same = "";
  let side: "same" | "ours" | "base" | "theirs" = "same";
  let found = { ours: "", base: "", theirs: "" };
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const bare = line.replace(/\r?\n$/, "");
    if (side === "same" && bare === begin) {
      if (same !== "") parts.push({ kind: "same", text: same });
      [same, side, found] = ["", "ours", { ours: "", base: "", theirs: "" }];
    } else if (side === "ours" && bare === middle) side = "base";
    else if (side === "base" && bare === divide) side = "theirs";
    else if (side === "theirs" && bare === end) {
      parts.push({ kind: "conflict", ...found });
      side = "same";
    } else if (side === "same") same += line;
    else found = { ...found, [side]: found[side] + line };
  }
  if (same !== "") parts.push({ kind: "same", text: same });
  return parts;
}
