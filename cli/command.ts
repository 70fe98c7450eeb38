/** What a command of the command line is, and how what was typed becomes its input. */
import { parseArgs } from "node:util";
import { UsageError } from "./failures.ts";
import type { Terminal } from "./terminal.ts";

export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  readonly required?: boolean;
  /** What stands after it in the help: `--title <text>`. */
  readonly value?: string;
  readonly about: string;
}

export type Options = Readonly<Record<string, Option>>;

type One<O extends Option> = O extends { type: "boolean" }
  ? boolean | undefined
  : O extends { multiple: true }
    ? readonly string[] | undefined
    : O extends { required: true }
      ? string
      : string | undefined;

export type Values<O extends Options> = { readonly [K in keyof O]: One<O[K]> };

export interface Input<O extends Options> {
  readonly values: Values<O>;
  /** What stands on its own, in order; as many as the command names. */
  readonly given: readonly string[];
  readonly terminal: Terminal;
}

export interface Definition<O extends Options> {
  /** As it is typed: `issue create`. */
  readonly name: string;
  readonly about: string;
  /** What stands on its own: `number`, or `number?` when it may be left out. */
  readonly parameters?: readonly string[];
  readonly options?: O;
  /** An example or two, and what is worth knowing. */
  readonly more?: string;
  /** Not named in lists: other programs call it. */
  readonly hidden?: boolean;
  readonly run: (input: Input<O>) => Promise<void> | void;
}

export interface Command extends Omit<Definition<Options>, "run" | "options" | "parameters"> {
  readonly options: Options;
  readonly parameters: readonly string[];
  readonly run: (words: readonly string[], terminal: Terminal) => Promise<void>;
}

/** Declares a command. */
export function command<const O extends Options>(definition: Definition<O>): Command {
  const options: Options = definition.options ?? {};
  const parameters = definition.parameters ?? [];
  return {
    ...definition,
    options,
    parameters,
    async run(words, terminal) {
      const { values, given } = read(words, options, parameters);
      await definition.run({ values: values as Values<O>, given, terminal });
    },
  };
}

function read(words: readonly string[], options: Options, parameters: readonly string[]) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple = false }]) => [
      name,
      { type, multiple, ...(short === undefined ? {} : { short }) },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...words], options: config, allowPositionals: true });
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    throw new UsageError(sentence.split(/\. |\n/)[0] ?? sentence);
  }
  const given = parsed.positionals;
  const missing = parameters[given.length];
  if (missing !== undefined && !missing.endsWith("?")) throw new UsageError(`<${missing}> is missing`);
  if (given.length > parameters.length)
    throw new UsageError(`"${given[parameters.length] ?? ""}" is too much here`);
  for (const [name, option] of Object.entries(options))
    if (option.required && parsed.values[name] === undefined) throw new UsageError(`--${name} is missing`);
  return { values: parsed.values, given };
}

/** Options that many commands share. */
export const json = { type: "boolean", about: "Print what the API answers, for programs" } as const;
export const repo = {
  type: "string",
  short: "R",
  value: "owner/name",
  about: "The repository; without it, the one of the checkout you are in",
} as const;
export const limit = {
  type: "string",
  short: "L",
  value: "number",
  about: "At most so many (30)",
} as const;

/** @throws UsageError for what is no number of things */
export function limitOf(text: string | undefined): number {
  if (text === undefined) return 30;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError("--limit is a number from 1 to 9999");
  return Number(text);
}

/** One of a few words. @throws UsageError for another */
export function choice<const T extends string>(
  option: string,
  text: string | undefined,
  of: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = of.find((one) => one === text);
  if (found === undefined) throw new UsageError(`--${option} is one of ${of.join(", ")}`);
  return found;
}

/** @throws UsageError for what is no number of an issue or pull request */
export function numberOf(text: string | undefined): number {
  const found =
    /^#?([1-9]\d{0,8})$/.exec(text ?? "") ?? /\/(?:issues|pull)\/([1-9]\d{0,8})$/.exec(text ?? "");
  if (!found) throw new UsageError(`"${text ?? ""}" is no number; for example: 12`);
  return Number(found[1]);
}
