/** How far git is, from what it writes for people (`--progress`). */

export interface TransferProgress {
  /** What it does now: the other side prepares, objects arrive, objects are checked. */
  readonly step: "preparing" | "receiving" | "resolving";
  /** Of this step. */
  readonly percent: number;
  readonly done: number;
  readonly total: number;
}

const steps: readonly (readonly [RegExp, TransferProgress["step"]])[] = [
  [/^remote: (?:Counting|Compressing) objects: +(\d+)% \((\d+)\/(\d+)\)/, "preparing"],
  [/^Receiving objects: +(\d+)% \((\d+)\/(\d+)\)/, "receiving"],
  [/^Resolving deltas: +(\d+)% \((\d+)\/(\d+)\)/, "resolving"],
];

const longestLine = 1000;

/** Takes text in any pieces and tells each step it recognises. Lines end with a return or a line feed. */
export class ProgressReader {
  readonly #tell: (progress: TransferProgress) => void;
  #rest = "";
  /** The last lines that were no progress, for failures. */
  said = "";

  constructor(tell: (progress: TransferProgress) => void) {
    this.#tell = tell;
  }

  read(text: string): void {
    const lines = (this.#rest + text).split(/[\r\n]/);
    this.#rest = (lines.pop() ?? "").slice(0, longestLine);
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    for (const [pattern, step] of steps) {
      const found = pattern.exec(line);
      if (!found) continue;
      const [, percent, done, total] = found;
      this.#tell({ step, percent: Number(percent), done: Number(done), total: Number(total) });
      return;
    }
    if (line.trim() !== "") this.said = `${this.said}${line}\n`.slice(-4000);
  }
}
