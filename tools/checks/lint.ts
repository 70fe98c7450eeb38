/** The linter: every file by its text, and by its types those whose text or imports have changed since they were clean. */
import { createHash } from "node:crypto";
import { outcome, type Check, type Problem } from "./check.ts";
import { modulesOf } from "./modules.ts";
import { Passed, contentHash, fingerprint } from "./passed.ts";
import { judged, matches, runProgram, type Run } from "./programs.ts";
import type { Sources } from "./sources.ts";

const configuration = /^(?:\.oxlintrc\.json|package-lock\.json|tsconfig\.json)$/;

/** Above so many files, one run over all of them is as quick. */
const most = 400;

export const lint: Check = {
  name: "lint",
  async run(sources, { fresh }) {
    const passed = new Passed(sources.root, fresh, "lint");
    const marks = closures(sources);
    const changed = [...marks]
      .filter(([file, mark]) => passed.find(file, mark) === undefined)
      .map(([file]) => file);
    const typed = ["--type-aware", ...(changed.length > most ? [] : changed)];
    const [plain, aware] = await Promise.all([
      runProgram(sources.root, "oxlint", [...options]),
      changed.length > 0 ? runProgram(sources.root, "oxlint", [...options, ...typed]) : undefined,
    ]);
    const problems = unique([...problemsOf(plain), ...(aware ? problemsOf(aware) : [])]);
    const failed = [plain, aware].find((run) => run && run.code !== 0);
    const wrong = new Set(problems.map((one) => one.where.replace(/:\d+$/, "")));
    // A run that broke has looked at nothing.
    if (!failed || problems.length > 0) {
      for (const file of changed) if (!wrong.has(file)) passed.remember(file, marks.get(file));
      passed.save();
    }
    const summary = `${changed.length} of ${marks.size} files by their types`;
    return failed ? judged("oxlint", failed, problems, summary) : outcome(problems, summary);
  },
};

const options = ["--deny-warnings", "-f", "unix"];

const problemsOf = (run: Run): Problem[] =>
  matches(run.stdout, /^(.+?):(\d+):\d+: (.*) \[\w+\/(.+)\]$/).map(([, file, line, what = "", rule]) => ({
    where: `${file}:${line}`,
    what: `${what} (${rule})`,
  }));

const unique = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((one) => [`${one.where} ${one.what}`, one])).values(),
];

/** For each file one word for its text and that of everything it imports, near and far. */
function closures(sources: Sources): Map<string, string> {
  const modules = modulesOf(sources);
  const base = fingerprint(sources, configuration, configuration);
  const files = new Set(sources.code);
  const reach = new Map<string, ReadonlySet<string>>();
  const reachOf = (file: string, walking: Set<string>): ReadonlySet<string> => {
    const known = reach.get(file);
    if (known) return known;
    const all = new Set([file]);
    walking.add(file);
    for (const { file: target } of modules.get(file).imports) {
      if (target === undefined || !files.has(target) || walking.has(target)) continue;
      for (const one of reachOf(target, walking)) all.add(one);
    }
    walking.delete(file);
    reach.set(file, all);
    return all;
  };
  return new Map(
    [...files].map((file) => {
      const all = createHash("sha1").update(base);
      for (const one of [...reachOf(file, new Set())].toSorted()) all.update(contentHash(sources, one));
      return [file, all.digest("hex")];
    }),
  );
}
