/** Large pull requests: what their pages of changes cost, looked at for the first time and again. */
import { setTimeout as pause } from "node:timers/promises";
import { ask } from "./asking.ts";
import { owner } from "./filling.ts";
import { commitHead, data, fastImport, word, type History } from "./histories.ts";
import { median } from "./programs.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { line, wanted, type Outcome } from "./table.ts";

/** Branches that become pull requests, in this order, so that their numbers are known. */
const subjects = ["lines", "files", "talk"] as const;
const conversations = 500;
/** Comments that are said at once. */
const perReview = 100;

/** 40 files of which 250 lines each change; a thousand new files; and the former again, to talk about. */
export const pullsHistory: History = {
  name: "pulls",
  size: "1",
  write: (folder) => fastImport(folder, commits()),
};

const partPath = (file: number) => `src/part-${String(file).padStart(2, "0")}/engine.ts`;

const partText = (file: number, version: number) =>
  Array.from(
    { length: 125 },
    (_, n) =>
      `export const ${word(file + n)}${n} = (${word(n)}: number) => ${word(n + version)} * ${version};\n`,
  ).join("");

function* commits(): Generator<string> {
  const parts = (version: number) =>
    Array.from(
      { length: 40 },
      (_, file) => `M 100644 inline ${partPath(file)}\n${data(partText(file, version))}`,
    );
  yield commitHead(0, "Begin\n");
  yield* parts(1);
  const branch = (name: string, n: number) =>
    commitHead(n, `Change ${name}\n`)
      .replace("refs/heads/main", `refs/heads/${name}`)
      .replace(/from :\d+\n$/, "from :1\n");
  yield branch("lines", 1);
  yield* parts(2);
  yield branch("files", 2);
  for (let n = 0; n < 1000; n += 1)
    yield `M 100644 inline lib/area-${Math.floor(n / 50)}/unit-${n}.ts\n${data(`export const unit${n} = ${n};\n`)}`;
  yield branch("talk", 3);
  yield* parts(3);
}

const page = (number: number) => `/_web/repos/${owner}/pulls/pulls/${number}/files`;

export const measurePulls: Benchmark = async function* (scene) {
  const api = (path: string, body?: object) => send(scene, path, body);
  for (const head of subjects)
    await api(`/repos/${owner}/pulls/pulls`, { title: `Change ${head}`, head, base: "main" });
  yield await looked(scene, "10,000 changed lines", 1);
  yield await looked(scene, "1,000 files", 2);
  yield await attempt(scene, `${conversations} conversations`, async () => {
    const pull = (await api(`/repos/${owner}/pulls/pulls/3`)) as { readonly head: { readonly sha: string } };
    const said = Array.from({ length: conversations }, (_, n) => ({
      body: `Thought number ${n}: is it **right**?`,
      path: partPath(n % 40),
      line: 1 + Math.floor(n / 40) * 9,
      side: "RIGHT",
    }));
    for (let from = 0; from < conversations; from += perReview)
      await api(`/repos/${owner}/pulls/pulls/3/reviews`, {
        commit_id: pull.head.sha,
        event: "COMMENT",
        comments: said.slice(from, from + perReview),
      });
    return looked(scene, `10,000 lines, ${conversations} conversations`, 3);
  });
};

/** The page as HTML, which is what a browser draws first, and as the data it is drawn from, for somebody who is signed in. */
async function looked(scene: Scene, name: string, number: number): Promise<Outcome> {
  return attempt(scene, `${name}, warm`, async () => {
    const html = { url: `${scene.forge.url}/${owner}/pulls/pull/${number}/files` };
    const json = { url: `${scene.authorizedUrl}/api/v3${page(number)}` };
    const well = async (target: { readonly url: string }) => {
      const { status } = await ask(target);
      if (status !== 200) throw new Error(`${new URL(target.url).pathname} answers ${status}`);
    };
    // Colours come after the first looks, and nothing is kept before they are there.
    for (let turn = 0; turn < 60 && (await isBeingColoured(scene, page(number))); turn += 1) await pause(500);
    for (let turn = 0; turn < 3; turn += 1) await well(html);
    const drawn = await median(9, () => well(html));
    const read = await median(9, () => well(json));
    return line(`${name}, warm`, "ms", drawn, [wanted(300), { of: "its data, signed in", value: read }]);
  });
}

async function isBeingColoured(scene: Scene, path: string): Promise<boolean> {
  const { diff } = (await send(scene, path)) as { readonly diff: { readonly colours_later: boolean } };
  return diff.colours_later;
}

async function send(scene: Scene, path: string, body?: object): Promise<unknown> {
  const { username, password } = new URL(scene.authorizedUrl);
  const answer = await fetch(`${scene.forge.url}/api/v3${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      "content-type": "application/json",
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
