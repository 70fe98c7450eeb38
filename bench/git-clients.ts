/** What a person waits for with a real git: a fetch that brings nothing, a clone, a push of one commit. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { git, median } from "./programs.ts";
import { attempt, owner, type Benchmark, type Scene } from "./scene.ts";
import type { Figure, Outcome } from "./table.ts";

interface Place {
  readonly of: string;
  readonly url: string;
}

/** The forge first, then what it is held against. */
function places(scene: Scene, name: string): Place[] {
  const { rival } = scene;
  return [
    { of: "wit", url: `${scene.authorizedUrl}/${owner}/${name}.git` },
    ...(typeof rival === "string"
      ? []
      : [{ of: "nginx + http-backend", url: `${rival.gitUrl}/${name}.git` }]),
    { of: "local pipe", url: pathToFileURL(join(scene.repositories, `${name}.git`)).href },
  ];
}

export const measureGitClients: Benchmark = async function* (scene) {
  const turns = scene.seconds >= 2 ? 5 : 2;
  for (const { name, commits } of scene.histories)
    yield await compared(scene, name, `full clone, ${commits} commits`, (place) =>
      clone(scene, place, turns),
    );
  yield await compared(scene, "large", "fetch of nothing", (place) => fetchNothing(scene, place, turns));
  yield await compared(scene, "large", "push of one commit", (place) => push(scene, place, turns));
};

async function compared(
  scene: Scene,
  repository: string,
  name: string,
  measure: (place: Place) => Promise<number>,
): Promise<Outcome> {
  return attempt(scene, name, async () => {
    const figures: Figure[] = [];
    for (const place of places(scene, repository))
      figures.push({ of: place.of, value: await measure(place) });
    const [wit, ...against] = figures;
    if (!wit) throw new Error("nothing was measured");
    return { name, unit: "ms", wit, against };
  });
}

async function clone(scene: Scene, place: Place, turns: number): Promise<number> {
  const folder = join(scene.folder, "clone");
  return median(Math.min(turns, 3), async () => {
    await git("clone", "--quiet", "--bare", place.url, folder);
    await rm(folder, { recursive: true });
  });
}

async function fetchNothing(scene: Scene, place: Place, turns: number): Promise<number> {
  const folder = join(scene.folder, "fetch");
  await git("clone", "--quiet", "--bare", place.url, folder);
  const took = await median(turns, () => git("-C", folder, "fetch", "--quiet", "origin"));
  await rm(folder, { recursive: true });
  return took;
}

async function push(scene: Scene, place: Place, turns: number): Promise<number> {
  const folder = join(scene.folder, "push");
  await git("clone", "--quiet", "--bare", place.url, folder);
  // Made before the clock runs: what is measured is the push.
  let parent = await git("-C", folder, "rev-parse", "main");
  const commits: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const message = `Push ${turn}`;
    parent = await git("-C", folder, "commit-tree", "-p", parent, "-m", message, `${parent}^{tree}`);
    commits.push(parent);
  }
  const took = await median(turns, (turn) =>
    git("-C", folder, "push", "--quiet", "origin", `${commits[turn]}:refs/heads/main`),
  );
  await rm(folder, { recursive: true });
  return took;
}
