/** What single objects of a push may be, read from the walk over it (`git rev-list --objects`). */
import { PackRefused } from "./pack-refused.ts";
import { sizeInWords } from "./size.ts";

// The longest path of Linux, less room for the folder that it is checked out into; trees nest as deep as that allows.
const maxPathBytes = 4_000;

/** For `rev-list`: blobs over a size are told as lines of `~id`. Their presence is checked all the same. */
export const tellLarge = (maxFileBytes: number): readonly string[] => [
  `--filter=blob:limit=${maxFileBytes + 1}`,
  "--filter-print-omitted",
];

/** Takes the walk's output piece by piece. `take` throws PackRefused at the first object over a limit. */
export class ObjectLimits {
  readonly #maxFileBytes: number;
  #rest = "";

  constructor(maxFileBytes: number) {
    this.#maxFileBytes = maxFileBytes;
  }

  /** @param text the next part of the output, one character a byte */
  take(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
    if (this.#rest.length > maxPathBytes + 100) this.#line(this.#rest);
  }

  #line(line: string): void {
    if (line.startsWith("~"))
      throw new PackRefused(
        `file ${line.slice(1)} is larger than ${sizeInWords(this.#maxFileBytes)}; Git LFS is the place for such files`,
      );
    const space = line.indexOf(" ");
    if (space !== -1 && line.length - space - 1 > maxPathBytes)
      throw new PackRefused(`a path is longer than ${maxPathBytes} bytes`);
  }
}
