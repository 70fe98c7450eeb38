/** What a reference pointed to, read from its reflog: written in the very moment of a move, so no look comes too early for it. */
import { open } from "node:fs/promises";
import path from "node:path";
import { isObjectId, isZeroId, type Repository } from "./object-ids.ts";

const firstLook = 16 * 1024;
/** Bytes; about seven thousand moves. */
const farthestLook = 1024 * 1024;

/**
 * The ends that a reference had after it was at `known`, oldest first, the present one last. Null where its log does not tell: it has
 * none, or `known` is not in it (the reference was deleted and made again) or lies too far back.
 */
export async function endsSince(repo: Repository, ref: string, known: string): Promise<string[] | null> {
  const file = await open(path.join(repo.dir, "logs", ref)).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    for (let look = firstLook; ; look *= 8) {
      const length = Math.min(look, farthestLook, size);
      const bytes = Buffer.alloc(length);
      await file.read(bytes, 0, length, size - length);
      const moves = readMoves(bytes.toString("latin1"), length < size);
      const at = moves.findLastIndex((move) => move.to === known);
      if (at >= 0) return moves.slice(at + 1).map((move) => move.to);
      // The first line of a log can begin with an end that the reference was born with before it was logged.
      if (length === size && moves[0]?.from === known) return moves.map((move) => move.to);
      if (length === size || look >= farthestLook) return null;
    }
  } finally {
    await file.close();
  }
}

/** @param cut the text may begin in the middle of a line */
function readMoves(text: string, cut: boolean): { from: string; to: string }[] {
  const lines = text.split("\n").slice(cut ? 1 : 0, -1);
  return lines.flatMap((line) => {
    const [from = "", to = ""] = line.split(" ", 2);
    return isObjectId(from) && isObjectId(to) && !isZeroId(to) ? [{ from, to }] : [];
  });
}
