import { moveRefs, gitOf, type RepoWith } from "../../server/domains/repositories/index.ts";
import { commitChanges, type FileChange } from "../../server/git/write.ts";
import type { Context } from "../../server/kernel/context.ts";
import { people, type PersonName } from "./people.ts";

const put = (path: string, text: string): FileChange => ({
  kind: "put",
  path,
  content: { bytes: Buffer.from(text) },
});

interface Step {
  readonly by: PersonName;
  readonly message: string;
  readonly changes: readonly FileChange[];
}

const program = (greeting: string) =>
  `export function greet(name) {\n  return \`${greeting}, \${name}!\`;\n}\n`;

const main: readonly Step[] = [
  {
    by: "alice",
    message: "Say hello\n\nThe smallest thing that works.",
    changes: [put("src/greet.js", program("Hello"))],
  },
  {
    by: "alice",
    message: "Explain what this is",
    changes: [put("README.md", "# demo\n\nGreets people. See `src/greet.js`.\n")],
  },
  {
    by: "bob",
    message: "Test the greeting",
    changes: [put("test/greet.test.js", 'import { greet } from "../src/greet.js";\n')],
  },
  { by: "bob", message: "Add a licence", changes: [put("LICENSE", "Do as you like.\n")] },
  { by: "alice", message: "Greet more warmly", changes: [put("src/greet.js", program("A warm hello"))] },
];

const feature: readonly Step[] = [
  {
    by: "bob",
    message: "Part with a goodbye",
    changes: [put("src/part.js", "export const part = () => 'Goodbye';\n")],
  },
  {
    by: "bob",
    message: "Greet in two languages",
    changes: [put("src/greet.js", program("Hello and grüezi"))],
  },
];

/** Five commits on `main`, a branch `feature` with two more, and the tag `v1.0` on the third commit. */
export async function writeHistory(ctx: Context, repo: RepoWith<"write">): Promise<void> {
  const onMain = await commitAll(ctx, repo, null, main, 0);
  const onFeature = await commitAll(ctx, repo, onMain.at(-1) ?? null, feature, main.length);
  const tagged = onMain[2] ?? null;
  await moveRefs(
    ctx,
    repo,
    [
      { ref: "refs/heads/main", old: null, new: onMain.at(-1) ?? null },
      { ref: "refs/heads/feature", old: null, new: onFeature.at(-1) ?? null },
      { ref: "refs/tags/v1.0", old: null, new: tagged },
    ],
    { reason: "push" },
  );
}

async function commitAll(
  ctx: Context,
  repo: RepoWith<"write">,
  base: string | null,
  steps: readonly Step[],
  from: number,
): Promise<string[]> {
  const commits: string[] = [];
  for (const [index, step] of steps.entries()) {
    const signature = {
      name: people[step.by].name,
      email: people[step.by].email,
      time: 1_700_000_000 + (from + index) * 86_400,
      zone: "+0100",
    };
    const { commit } = await commitChanges(gitOf(ctx, repo), {
      base: commits.at(-1) ?? base,
      changes: step.changes,
      message: `${step.message}\n`,
      author: signature,
      committer: signature,
    });
    commits.push(commit);
  }
  return commits;
}
