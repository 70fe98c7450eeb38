/** Turns the steps into a repository: one stream for `git fast-import`. */
import { spawnSync } from "node:child_process";
import { people } from "../../testing/people.ts";
import type { Change, Step } from "./step.ts";

type Files = ReadonlyMap<string, { readonly text: string; readonly executable: boolean }>;

export interface Story {
  readonly main: readonly Step[];
  /** By name: how many commits before the end of `main` they begin, and what they add. */
  readonly branches: Readonly<Record<string, { readonly back: number; readonly steps: readonly Step[] }>>;
  /** When the first commit was made; the last one of `main` was made at the end. */
  readonly from: Date;
  readonly until: Date;
}

/** @param folder an empty bare repository */
export function importStory(folder: string, story: Story): void {
  const { status, stderr } = spawnSync("git", ["-C", folder, "fast-import", "--quiet", "--date-format=raw"], {
    input: streamOf(story),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`git fast-import refused the history: ${stderr}`);
}

function streamOf(story: Story): string {
  const out: string[] = [];
  const states: Files[] = [];
  const last = story.main.length - 1;
  const from = story.from.getTime();
  const span = story.until.getTime() - from;
  let files: Files = new Map();
  for (const [index, step] of story.main.entries()) {
    files = applied(files, step);
    states.push(files);
    const time = from + (span * index) / last;
    out.push(
      commit(
        "main",
        index + 1,
        index === 0 ? undefined : index,
        step,
        files,
        withinTheDay(time, index, index === last),
      ),
    );
    if (step.tag !== undefined) out.push(tag(step.tag, index + 1, step, time));
  }
  let mark = story.main.length;
  for (const [name, branch] of Object.entries(story.branches)) {
    const base = story.main.length - branch.back;
    let parent = base;
    let state = states[base - 1] ?? new Map();
    for (const [index, step] of branch.steps.entries()) {
      state = applied(state, step);
      mark += 1;
      const time = story.until.getTime() - (branch.steps.length - index) * 5_400_000;
      out.push(commit(name, mark, parent, step, state, time));
      parent = mark;
    }
  }
  return out.join("");
}

/** People commit at different hours, and never after today. */
const withinTheDay = (time: number, index: number, isLast: boolean) =>
  isLast ? time : time + (((index * 7919) % 600) - 300) * 60_000;

function applied(files: Files, step: Step): Files {
  const next = new Map(files);
  for (const change of step.changes) apply(next, change, step.message);
  return next;
}

function apply(
  files: Map<string, { text: string; executable: boolean }>,
  change: Change,
  message: string,
): void {
  const { path } = change;
  if ("text" in change)
    return void files.set(path, { text: change.text, executable: change.executable ?? false });
  const source = "from" in change ? change.from : path;
  const file = files.get(source);
  if (!file) throw new Error(`"${message}" changes ${source}, which is not there`);
  if ("gone" in change) return void files.delete(path);
  if ("from" in change) {
    files.delete(source);
    return void files.set(path, file);
  }
  if ("append" in change) return void files.set(path, { ...file, text: file.text + change.append });
  if (!file.text.includes(change.find)) throw new Error(`"${message}" does not find its place in ${path}`);
  files.set(path, { ...file, text: file.text.replace(change.find, () => change.replace) });
}

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;

const signature = (step: Step, time: number) =>
  `${people[step.by].name} <${people[step.by].email}> ${Math.floor(time / 1000)} +0100`;

function commit(
  branch: string,
  mark: number,
  parent: number | undefined,
  step: Step,
  files: Files,
  time: number,
): string {
  const who = signature(step, time);
  const lines = [
    `commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`,
    data(`${step.message}\n`),
    parent === undefined ? "" : `from :${parent}\n`,
    "deleteall\n",
  ];
  for (const [path, { text, executable }] of files)
    lines.push(`M ${executable ? "100755" : "100644"} inline ${path}\n${data(text)}`);
  return lines.join("");
}

const tag = (name: string, mark: number, step: Step, time: number) =>
  `tag ${name}\nfrom :${mark}\ntagger ${signature(step, time)}\n${data(`${step.message}\n`)}`;
