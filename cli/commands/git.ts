/** Looking after the repositories of the forge of this machine. */
import { command, json } from "../command.ts";
import { Refused, UsageError } from "../failures.ts";
import type { Terminal } from "../terminal.ts";

/** Loaded only here: it brings the whole server. */
const local = () => import("../../server/local.ts");

const where = `Works on the data folder of this machine (WIT_DATA, DATABASE_URL), whether or not the server runs.`;
const all = { type: "boolean", about: "Every repository, the oldest first" } as const;

function whichOf(place: string | undefined, every: boolean | undefined): string {
  if (place !== undefined && every) throw new UsageError("Name a repository or say --all, not both");
  if (every) return "all";
  if (place === undefined) throw new UsageError("Name a repository as owner/name, or say --all");
  if (!/^[^/\s]+\/[^/\s]+$/.test(place)) throw new UsageError(`"${place}" is no owner/name`);
  return place.replace(/\.git$/, "");
}

const say = (terminal: Terminal, repository: string, problems: readonly string[], word: string) =>
  terminal.print([`${repository}: ${word}`, ...problems.map((one) => `  ${one}`)].join("\n"));

const check = command({
  name: "git check",
  about: "Check that nothing of a repository is missing or broken; ends with 1 when something is",
  parameters: ["owner/name?"],
  options: {
    all,
    full: {
      type: "boolean",
      about: "Read and hash every byte, instead of looking whether everything is there",
    },
    json,
  },
  more: `${where}\nReports and keeps what it found, and changes nothing in the repository.`,
  run: async ({ values, given: [place], terminal }) => {
    const which = whichOf(place, values.all);
    const { checkGit } = await local();
    const checked: Parameters<Parameters<typeof checkGit>[3]>[0][] = [];
    await checkGit(terminal.env, which, { full: values.full ?? false }, (one) => {
      checked.push(one);
      if (!values.json) say(terminal, one.repository, one.problems, one.state);
    });
    if (values.json) terminal.json(checked);
    const wrong = checked.filter((one) => one.state !== "ok").length;
    if (wrong > 0) throw new Refused(`${wrong} of ${checked.length} are not well`);
  },
});

const maintain = command({
  name: "git maintain",
  about: "Pack a repository, and let go of objects that nothing names",
  parameters: ["owner/name?"],
  options: { all },
  more: where,
  run: async ({ values, given: [place], terminal }) => {
    const which = whichOf(place, values.all);
    const { maintainGit } = await local();
    let [seen, failed] = [0, 0];
    await maintainGit(terminal.env, which, ({ repository, problem }) => {
      seen += 1;
      if (problem !== null) failed += 1;
      say(terminal, repository, problem === null ? [] : [problem], problem === null ? "done" : "not done");
    });
    if (failed > 0) throw new Refused(`${failed} of ${seen} were not done`);
  },
});

export const gitCare = [check, maintain];
