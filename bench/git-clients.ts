/** What a person waits for with a real git: clones, fetches that bring nothing, a push of one commit. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { owner } from "./filling.ts";
import { git, medians } from "./programs.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { atMostTimes, line, type Goal, type Outcome } from "./table.ts";

const backend = "nginx + http-backend";
const pipe = "local pipe";

interface Place {
  readonly of: string;
  readonly url: string;
}

/** The forge first, then what it is held against. */
function places(scene: Scene, name: string): Place[] {
  const { rival } = scene;
  return [
    { of: "wit", url: `${scene.authorizedUrl}/${owner}/${name}.git` },
    { of: pipe, url: pathToFileURL(join(scene.repositories, `${name}.git`)).href },
    ...(typeof rival === "string" ? [] : [{ of: backend, url: `${rival.gitUrl}/${name}.git` }]),
  ];
}

export const measureGitClients: Benchmark = async function* (scene) {
  const turns = scene.seconds >= 2 ? 5 : 2;
  const fewer = Math.min(turns, 3);
  const cloned = { [pipe]: atMostTimes(1.1) };
  for (const [name, of] of [
    ["small", "small"],
    ["large", `${scene.commits} commits`],
  ] as const)
    yield await compared(scene, name, `full clone, ${of}`, name === "large" ? cloned : {}, fewer, (place) =>
      clone(scene, place),
    );
  yield await compared(scene, "large", `blobless clone, ${scene.commits} commits`, cloned, fewer, (place) =>
    clone(scene, place, "--filter=blob:none"),
  );
  yield await fetchNothing(scene, "large", `fetch of nothing, ${scene.commits} commits`, turns);
  yield await fetchNothing(scene, "wide", `fetch of nothing, ${scene.refs} refs`, turns);
  yield await push(scene, turns);
};

/** @param goals by what the forge is held against */
async function compared(
  scene: Scene,
  repository: string,
  name: string,
  goals: Readonly<Record<string, Goal>>,
  turns: number,
  run: (place: Place, turn: number) => Promise<unknown>,
): Promise<Outcome> {
  return attempt(scene, name, async () => {
    const at = places(scene, repository);
    const [wit, ...others] = await medians(turns, at, run);
    const held = others.map((value, index) => {
      const of = at[index + 1]?.of ?? "";
      const goal = goals[of];
      return goal ? { of, value, goal } : { of, value };
    });
    return line(name, "ms", wit ?? Number.NaN, held);
  });
}

async function clone(scene: Scene, place: Place, ...options: readonly string[]): Promise<void> {
  const folder = join(scene.folder, "clone");
  await git("clone", "--quiet", "--bare", ...options, place.url, folder);
  return rm(folder, { recursive: true });
}

/** The client has everything already, from wherever. */
async function fetchNothing(scene: Scene, repository: string, name: string, turns: number): Promise<Outcome> {
  return attempt(scene, name, async () => {
    const folder = await ownCopy(scene, repository);
    const fetch = (place: Place) =>
      git("-C", folder, "fetch", "--quiet", place.url, "+refs/heads/*:refs/heads/*");
    return compared(scene, repository, name, {}, turns, fetch);
  });
}

/** A repository that has all that is there, made without asking the forge. */
export async function ownCopy(scene: Scene, repository: string): Promise<string> {
  const folder = join(scene.folder, `copy-${repository}.git`);
  await rm(folder, { recursive: true, force: true });
  await git("clone", "--quiet", "--bare", join(scene.repositories, `${repository}.git`), folder);
  return folder;
}

async function push(scene: Scene, turns: number): Promise<Outcome> {
  const name = "push of one commit";
  return attempt(scene, name, async () => {
    const folder = await ownCopy(scene, "large");
    // Made before the clock runs: what is measured is the push.
    let parent = await git("-C", folder, "rev-parse", "main");
    const commits: string[] = [];
    for (let turn = 0; turn <= turns; turn += 1) {
      const message = `Push ${turn}`;
      parent = await git("-C", folder, "commit-tree", "-p", parent, "-m", message, `${parent}^{tree}`);
      commits.push(parent);
    }
    // Two of the places are one repository: each is pushed a branch of its own.
    const branchOf = (place: Place) => `refs/heads/pushed-${place.of.replaceAll(/\W+/g, "-")}`;
    const pushTo = (place: Place, commit: string | undefined) =>
      git("-C", folder, "push", "--quiet", place.url, `${commit}:${branchOf(place)}`);
    for (const place of places(scene, "large")) await pushTo(place, commits[0]);
    const goals = { [backend]: atMostTimes(1.3) };
    return compared(scene, "large", name, goals, turns, (place, turn) => pushTo(place, commits[turn + 1]));
  });
}
