/** The help texts, made from what the commands say of themselves. */
import type { Command, Option } from "./command.ts";

const parameter = (name: string) => (name.endsWith("?") ? `[<${name.slice(0, -1)}>]` : `<${name}>`);

/** One line: what to type. */
export function usage(command: Command): string {
  const needed = Object.entries(command.options)
    .filter(([, option]) => option.required)
    .map(([name, option]) => `--${name} <${option.value ?? "text"}>`);
  const optional = Object.values(command.options).some((option) => !option.required) ? ["[options]"] : [];
  return ["wit", command.name, ...command.parameters.map(parameter), ...needed, ...optional].join(" ");
}

const named = ([name, option]: readonly [string, Option]) =>
  `  ${option.short === undefined ? "    " : `-${option.short}, `}--${name}${option.type === "string" ? ` <${option.value ?? "text"}>` : ""}`;

/** Everything about one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(
    (entry) =>
      [named(entry), entry[1].about + (entry[1].multiple ? " (may stand more than once)" : "")] as const,
  );
  return [
    `${command.about}\n`,
    `  ${usage(command)}`,
    ...(options.length > 0 ? [`\nOptions\n${tableOf(options)}`] : []),
    ...(command.more === undefined ? [] : [`\n${command.more}`]),
  ].join("\n");
}

/** The commands that begin with the given words, or all of them. */
export function overview(commands: readonly Command[], words: readonly string[]): string {
  const start = words.length > 0 ? `${words.join(" ")} ` : "";
  const shown = commands.filter((one) => !one.hidden && `${one.name} `.startsWith(start));
  return [
    words.length > 0 ? `wit ${words.join(" ")} …\n` : "wit, the command line of the forge\n",
    tableOf(shown.map((one) => [`  wit ${one.name}`, one.about] as const)),
    "\nMore about each: wit <command> --help",
    ...(words.length > 0
      ? []
      : [
          "Exit codes: 0 done, 1 refused, 2 not understood, 4 sign in needed",
          "WIT_HOST and WIT_TOKEN sign in for one command; WIT_DATA and DATABASE_URL name the forge of this machine",
        ]),
  ].join("\n");
}

function tableOf(rows: readonly (readonly [string, string])[]): string {
  const widest = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${left.padEnd(widest)}  ${right}`).join("\n");
}
