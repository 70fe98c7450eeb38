/** The command line: finds the command, hands it what was typed, and ends with the code that says how it went. */
import { enableCompileCache } from "node:module";
enableCompileCache();
const { commands } = await import("./commands.ts");
const { exitCodes, failureOf, UsageError } = await import("./failures.ts");
const { commandHelp, overview, usage } = await import("./help.ts");
const { processTerminal: terminal } = await import("./terminal.ts");
const { productVersion } = await import("./product-version.ts");

const words = process.argv.slice(2);

// Whoever reads us may have read enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.done);
  throw error;
});

process.exitCode = await main();

async function main(): Promise<number> {
  const command = commands.find((one) => startsWith(words, one.name.split(" ")));
  const rest = words.slice(command?.name.split(" ").length ?? 0);
  const options = rest.includes("--") ? rest.slice(0, rest.indexOf("--")) : rest;
  const wantsHelp = options.includes("--help") || options.includes("-h");
  if (!command) return withoutCommand(wantsHelp);
  if (wantsHelp) {
    terminal.print(commandHelp(command));
    return exitCodes.done;
  }
  try {
    await command.run(rest, terminal);
    return exitCodes.done;
  } catch (error) {
    const { sentence, code } = failureOf(error);
    terminal.note(`wit: ${sentence}`);
    if (error instanceof UsageError)
      terminal.note(`Usage: ${usage(command)}\nMore: wit ${command.name} --help`);
    return code;
  }
}

function startsWith(typed: readonly string[], name: readonly string[]): boolean {
  return name.every((word, index) => typed[index] === word);
}

function withoutCommand(wantsHelp: boolean): number {
  const first = words[0];
  if (first === "--version" || first === "-V") {
    terminal.print(`wit ${productVersion()}`);
    return exitCodes.done;
  }
  const asked = words.filter((word) => !word.startsWith("-") && word !== "help");
  const group = asked.slice(0, 1).filter((word) => commands.some((one) => one.name.split(" ")[0] === word));
  const known = asked.length === group.length;
  const said = overview(commands, group);
  if (known && (wantsHelp || first === "help")) {
    terminal.print(said);
    return exitCodes.done;
  }
  if (!known) terminal.note(`wit: there is no command "${asked.join(" ")}"\n`);
  terminal.note(said);
  return exitCodes.usage;
}
