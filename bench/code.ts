/** What makes a server work hard the first time that somebody looks at it: as JSON, so that no drawing is measured with it. */
import { join } from "node:path";
import { owner } from "./filling.ts";
import { ask } from "./asking.ts";
import { git, gitUnread, median, medians } from "./programs.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { atMostTimes, line, wanted, type Outcome } from "./table.ts";
import { bulk, crowd, revised } from "./wide-history.ts";

/** Revisions of the file and of the large change that are looked at, each once. */
const revisions = 3;

export const measureCode: Benchmark = async function* (scene) {
  yield await lastCommitsCold(scene);
  yield await lastCommitsWarm(scene);
  const tip = await revisionsOf(scene, revised.path);
  yield await firstLook(
    scene,
    `blame, ${revised.lines} lines`,
    tip,
    (sha) => `/blame/${sha}/${revised.path}`,
    (sha) => ["blame", "--porcelain", sha, "--", revised.path],
  );
  const large = (await revisionsOf(scene, bulk.folder)).slice(0, bulk.changes);
  yield await firstLook(
    scene,
    "diff, 106,000 lines",
    large,
    (sha) => `/commit/${sha}`,
    (sha) => ["diff", `${sha}~`, sha],
  );
};

const web = (scene: Scene) => `${scene.forge.url}/api/v3/_web/repos/${owner}/wide`;
const bare = (scene: Scene) => join(scene.repositories, "wide.git");
/** What the page of the folder waits for: it is drawn without them when they take long. */
const folderUrl = (scene: Scene) => `${web(scene)}/last-commits/main/${crowd.folder}`;
const entries = `${crowd.entries} entries`;

/** The first request to a server that has just started; the files of the repository are in the memory of the machine. */
async function lastCommitsCold(scene: Scene): Promise<Outcome> {
  const name = `last commits of ${entries}, cold`;
  return attempt(scene, name, async () => {
    const took: number[] = [];
    for (let turn = 0; turn < (scene.seconds >= 2 ? 3 : 1); turn += 1) {
      await scene.restart();
      took.push(await median(1, () => askWell(folderUrl(scene))));
    }
    took.sort((a, b) => a - b);
    // The walk that no way of finding them can do without.
    const walk = ["log", "--raw", "--no-renames", "--no-abbrev", "--format=%H", "main", "--", crowd.folder];
    const git = await median(1, () => gitUnread("-C", bare(scene), ...walk));
    const wit = took[Math.floor(took.length / 2)] ?? Number.NaN;
    return line(name, "ms", wit, [wanted(1_500), { of: "git log of the folder", value: git }]);
  });
}

async function lastCommitsWarm(scene: Scene): Promise<Outcome> {
  const name = `last commits of ${entries}, warm`;
  return attempt(scene, name, async () => {
    await askWell(folderUrl(scene));
    const wit = await median(20, () => askWell(folderUrl(scene)));
    return line(name, "ms", wit, [wanted(10)]);
  });
}

/** The newest commits that changed something there. */
async function revisionsOf(scene: Scene, path: string): Promise<string[]> {
  const shown = await git("-C", bare(scene), "rev-list", `--max-count=${revisions}`, "main", "--", path);
  return shown.split("\n");
}

/** Each revision once, so that nothing is kept of it; git reads the repository that is as tidy as can be. */
async function firstLook(
  scene: Scene,
  name: string,
  shas: readonly string[],
  path: (sha: string) => string,
  words: (sha: string) => string[],
): Promise<Outcome> {
  return attempt(scene, `${name}, first look`, async () => {
    const ways = [
      (sha: string) => askWell(`${web(scene)}${path(sha)}`),
      (sha: string) => gitUnread("-C", bare(scene), ...words(sha)),
    ];
    const [wit = Number.NaN, floor = Number.NaN] = await medians(shas.length, ways, (way, turn) =>
      way(shas[turn] ?? ""),
    );
    const command = `git ${words("").slice(0, 1).join(" ")}`;
    return line(`${name}, first look`, "ms", wit, [{ of: command, value: floor, goal: atMostTimes(1.2) }]);
  });
}

async function askWell(url: string): Promise<void> {
  const { status } = await ask({ url });
  if (status !== 200) throw new Error(`${new URL(url).pathname} answers ${status}`);
}
