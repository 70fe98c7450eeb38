/** What every fetch begins with, many at once: the advertisement of capabilities and a list of a hundred refs. */
import { owner } from "./filling.ts";
import { ask, type Target } from "./asking.ts";
import { load } from "./load.ts";
import { packet } from "./packets.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { line, loaded, shareOf, wanted, type Held, type Line } from "./table.ts";
import { groupPrefix } from "./wide-history.ts";

/** The request of gitprotocol-v2(5) that `git fetch` of one group of branches sends. */
const lsRefs = Buffer.from(
  `${packet("command=ls-refs\n")}0001${packet("peel\n")}${packet("symrefs\n")}${packet(`ref-prefix ${groupPrefix}\n`)}0000`,
);

export const version2 = { "git-protocol": "version=2" };

const capabilities = (url: string): Target => ({
  url: `${url}/info/refs?service=git-upload-pack`,
  headers: version2,
});

/** A request of `git-upload-pack` below a repository's address. */
export const uploadPack = (url: string, body: Buffer): Target => ({
  url: `${url}/git-upload-pack`,
  headers: { ...version2, "content-type": "application/x-git-upload-pack-request" },
  body,
});

/** The rates that are wanted are those of a machine on which `node:http` answers so many one-byte requests a second. */
export const bareRate = 77_000;

export const measureGitRequests: Benchmark = async function* (scene) {
  const of = `${scene.refs} refs`;
  yield await compared(scene, `info/refs, ${of}`, capabilities, 10_000);
  yield await compared(scene, `ls-refs of 100, ${of}`, (url) => uploadPack(url, lsRefs), 5_000);
};

async function compared(
  scene: Scene,
  name: string,
  target: (url: string) => Target,
  rate: number,
): Promise<Line | { name: string; why: string }> {
  return attempt(scene, name, async () => {
    const own = target(`${scene.forge.url}/${owner}/wide.git`);
    const first = await ask(own);
    if (first.status !== 200) return { name, why: `answers ${first.status}` };
    const wit = loaded("wit", await load(own, scene));
    const against: Held[] = [wanted(rate), { ...(await scene.bareSpeed()), goal: shareOf(rate / bareRate) }];
    if (typeof scene.rival !== "string") {
      const backend = target(`${scene.rival.gitUrl}/wide.git`);
      const { bytes } = await ask(backend);
      // The agent's name and the order of capabilities differ; a hundred refs are more bytes than that.
      if (bytes < first.bytes / 2) throw new Error(`http-backend answered ${bytes} of ${first.bytes} bytes`);
      against.push(loaded("nginx + http-backend", await load(backend, scene)));
    }
    return line(name, "req/s", wit, against);
  });
}
