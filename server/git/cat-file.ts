/**
 * One long-lived `git cat-file --batch-command --buffer` process.
 *
 * Questions are answered in the order asked. Those asked in one turn of the event loop are written together and
 * followed by one `flush`, so a thousand ids cost one round trip. The process is ended when it makes no progress
 * for `stallTimeout`; questions it did not answer are handed back to the owner.
 */
import { GitError, GitTimeout, startGit } from "./process.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** What git says of an object; null when there is none or the name is ambiguous. */
export interface Answer {
  readonly oid: string;
  readonly type: ObjectType;
  /** Bytes of the whole object. */
  readonly size: number;
  /** The first bytes of the object, at most as many as asked for; empty for `info`. */
  readonly data: Buffer;
}

export interface Question {
  readonly command: "info" | "contents";
  /** An object id, or a validated revision as bytes. Never a newline. */
  readonly name: string | Buffer;
  /** Bytes of content kept; the rest is read from the pipe and dropped. */
  readonly keep: number;
  readonly resolve: (answer: Answer | null) => void;
  readonly reject: (reason: Error) => void;
  /** How many processes ended while this was open. */
  attempts: number;
}

export interface CatFileOwner {
  /** All questions are answered. */
  idle(process: CatFile): void;
  /** The process is gone; `open` are the questions nobody answered. The guilty one was rejected already. */
  closed(process: CatFile, open: Question[]): void;
}

/** An object whose content is being read: what is left in the pipe, and how much more of it is kept. */
interface Body {
  readonly answer: Omit<Answer, "data">;
  readonly kept: Buffer[];
  left: number;
  room: number;
}

const stallTimeout = 30_000;
const newline = 0x0a;
const nothing = Buffer.alloc(0);

export class CatFile {
  readonly directory: string;
  readonly #owner: CatFileOwner;
  readonly #child: ReturnType<typeof startGit>;
  readonly #open: Question[] = [];
  #unwritten: Buffer[] = [];
  #header: Buffer = nothing;
  #body: Body | undefined;
  #stderr = "";
  #closing: Error | undefined;
  readonly #stall: NodeJS.Timeout;
  /** When the last question was answered, in ms of the process clock. */
  idleSince = performance.now();

  constructor(directory: string, owner: CatFileOwner) {
    this.directory = directory;
    this.#owner = owner;
    this.#child = startGit(directory, ["cat-file", "--batch-command", "--buffer"]);
    this.#stall = setTimeout(() => {
      if (this.#open.length)
        this.close(new GitTimeout(`git cat-file made no progress for ${stallTimeout} ms`));
    }, stallTimeout);
    this.#child.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString("utf8")).slice(-4096);
    });
    this.#child.stdin.on("error", () => undefined);
    this.#child.on("error", (error) => {
      this.#closing ??= error;
    });
    this.#child.on("close", (exitCode) => this.#ended(exitCode));
    this.#hold(false);
  }

  get waiting(): number {
    return this.#open.length;
  }

  get usable(): boolean {
    return this.#closing === undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  ask(question: Question): void {
    if (this.#open.length === 0) {
      this.#hold(true);
      this.#stall.refresh();
    }
    this.#open.push(question);
    if (this.#unwritten.length === 0) queueMicrotask(() => this.#write());
    this.#unwritten.push(
      Buffer.from(`${question.command} `),
      typeof question.name === "string" ? Buffer.from(question.name) : question.name,
      Buffer.from("\n"),
    );
  }

  /** Ends the process; the question being answered fails with `reason`, the others go back to the owner. */
  close(reason: Error): void {
    if (!this.usable) return;
    this.#closing = reason;
    this.#child.kill("SIGKILL");
  }

  /** An idle process must not keep the server from ending. */
  #hold(held: boolean): void {
    const handles = [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr, this.#stall];
    for (const handle of handles as readonly { ref?: () => void; unref?: () => void }[]) {
      if (held) handle.ref?.();
      else handle.unref?.();
    }
  }

  #write(): void {
    const batch = Buffer.concat([...this.#unwritten, Buffer.from("flush\n")]);
    this.#unwritten = [];
    if (this.usable) this.#child.stdin.write(batch);
  }

  #read(chunk: Buffer): void {
    this.#stall.refresh();
    for (let at = 0; at < chunk.length;) {
      const body = this.#body;
      if (body) {
        const part = chunk.subarray(at, at + body.left);
        if (body.room > 0) {
          const kept = part.subarray(0, body.room);
          body.kept.push(kept);
          body.room -= kept.length;
        }
        body.left -= part.length;
        at += part.length;
        if (body.left === 0) this.#finishBody(body);
      } else {
        const end = chunk.indexOf(newline, at);
        const part = chunk.subarray(at, end < 0 ? chunk.length : end);
        this.#header = this.#header.length ? Buffer.concat([this.#header, part]) : part;
        at += part.length + 1;
        if (end >= 0) {
          const header = this.#header.toString("latin1");
          this.#header = nothing;
          this.#readHeader(header);
        }
      }
    }
  }

  #readHeader(header: string): void {
    const match = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(header);
    const question = this.#open[0];
    if (!match || !question) return this.#answer(null);
    const answer = { oid: match[1] ?? "", type: match[2] as ObjectType, size: Number(match[3]) };
    if (question.command === "info") return this.#answer({ ...answer, data: nothing });
    // The newline after the content is counted in `left`, and left out of what is kept.
    this.#body = { answer, left: answer.size + 1, kept: [], room: Math.min(question.keep, answer.size) };
  }

  #finishBody(body: Body): void {
    this.#body = undefined;
    this.#answer({ ...body.answer, data: Buffer.concat(body.kept) });
  }

  #answer(answer: Answer | null): void {
    this.#open.shift()?.resolve(answer);
    if (this.#open.length > 0) return;
    this.idleSince = performance.now();
    this.#hold(false);
    this.#owner.idle(this);
  }

  #ended(exitCode: number | null): void {
    clearTimeout(this.#stall);
    const open = this.#open.splice(0);
    const reason = this.#closing ?? new GitError(["cat-file"], exitCode, this.#stderr);
    this.#closing = reason;
    open.shift()?.reject(reason);
    this.#owner.closed(this, open);
  }
}
