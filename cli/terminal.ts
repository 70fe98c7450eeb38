/** Where a command reads and writes: its own process, and nothing else of the machine. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { UsageError } from "./failures.ts";
import { jsonText, printable } from "./text.ts";

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Writes lines, cleaned of what a terminal would obey. */
  print(text: string): void;
  /** Writes what a program will read, untouched. */
  raw(text: string): void;
  json(value: unknown): void;
  /** Says something beside the output. */
  note(text: string): void;
  /** Everything that is piped in. */
  readInput(): Promise<string>;
  /** Asks a person; what they type is not shown. @throws UsageError when nobody is there to answer */
  askSecret(question: string): Promise<string>;
}

const write = (stream: NodeJS.WriteStream, text: string): void => {
  stream.write(text.endsWith("\n") ? text : `${text}\n`);
};

export const processTerminal: Terminal = {
  env: process.env,
  cwd: process.cwd(),
  print: (text) => write(process.stdout, printable(text)),
  raw: (text) => void process.stdout.write(text),
  json: (value) => write(process.stdout, jsonText(value, process.stdout.isTTY ? 2 : 0)),
  note: (text) => write(process.stderr, printable(text)),
  readInput: () => text(process.stdin),
  async askSecret(question) {
    if (!process.stdin.isTTY) throw new UsageError("Nobody is here to be asked; pipe the answer in");
    process.stderr.write(question);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true });
    try {
      return (await asking.question("")).trim();
    } finally {
      asking.close();
      process.stderr.write("\n");
    }
  },
};
