/** What every fetch begins with, many at once: the advertisement of capabilities and the list of refs. */
import { load, ask, type Target } from "./load.ts";
import { attempt, owner, type Benchmark, type Scene } from "./scene.ts";
import { loaded, type Figure, type Line } from "./table.ts";

const packet = (text: string) => (text.length + 4).toString(16).padStart(4, "0") + text;

/** The request of gitprotocol-v2 that `git fetch` sends. */
const lsRefs = Buffer.from(
  `${packet("command=ls-refs\n")}0001${packet("peel\n")}${packet("symrefs\n")}${packet("ref-prefix refs/heads/\n")}0000`,
);

const version = { "git-protocol": "version=2" };

const capabilities = (url: string): Target => ({
  url: `${url}/info/refs?service=git-upload-pack`,
  headers: version,
});

const listing = (url: string): Target => ({
  url: `${url}/git-upload-pack`,
  headers: { ...version, "content-type": "application/x-git-upload-pack-request" },
  body: lsRefs,
});

export const measureGitRequests: Benchmark = async function* (scene) {
  yield await attempt(scene, "info/refs", () => compared(scene, "info/refs", capabilities));
  yield await attempt(scene, "ls-refs", () => compared(scene, "ls-refs", listing));
};

async function compared(scene: Scene, name: string, target: (url: string) => Target): Promise<Line> {
  const own = target(`${scene.forge.url}/${owner}/large.git`);
  const { bytes } = await ask(own);
  const wit = loaded("wit", await load(own, scene.seconds));
  const against: Figure[] = [];
  if (typeof scene.rival !== "string")
    against.push(
      loaded("nginx + http-backend", await load(target(`${scene.rival.gitUrl}/large.git`), scene.seconds)),
    );
  against.push(loaded("bare node:http", await load({ url: `${scene.bareUrl}/${bytes}` }, scene.seconds)));
  return { name, unit: "req/s", wit, against };
}
