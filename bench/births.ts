/**
 * A push of thousands of new tags. The request is made here: over HTTP git's own client compares each of them with all others, which
 * takes it longer than the server needs.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { ask } from "./asking.ts";
import { owner } from "./filling.ts";
import { ownCopy } from "./git-clients.ts";
import { packet } from "./packets.ts";
import { git } from "./programs.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { atMostTimes, line, type Outcome } from "./table.ts";

const repository = "births";

export const measureBirths: Benchmark = async function* (scene) {
  yield await births(scene, scene.refs / 5);
};

async function births(scene: Scene, count: number): Promise<Outcome> {
  const name = `push of ${count} new tags`;
  return attempt(scene, name, async () => {
    const { rival } = scene;
    const folder = await ownCopy(scene, "small");
    const tip = await git("-C", folder, "rev-parse", "main");
    const body = pushOf(count, tip);
    const timed = async (base: string) => {
      const url = `${base}/${repository}.git`;
      await git("-C", folder, "push", "--quiet", url, "main");
      const began = performance.now();
      const { status } = await ask({ url: `${url}/git-receive-pack`, headers, body });
      const ms = performance.now() - began;
      const there = (await git("ls-remote", url, "refs/tags/*")).split("\n").length;
      if (status !== 200 || there !== count) throw new Error(`${status}, and ${there} tags of ${count}`);
      return ms;
    };
    const wit = await timed(`${scene.authorizedUrl}/${owner}`);
    if (typeof rival === "string") return line(name, "ms", wit, []);
    const bare = join(scene.repositories, `${repository}.git`);
    await git("init", "--quiet", "--bare", "--initial-branch=main", bare);
    await git("-C", bare, "config", "http.receivepack", "true");
    const other = await timed(rival.gitUrl);
    return line(name, "ms", wit, [{ of: "nginx + http-backend", value: other, goal: atMostTimes(1) }]);
  });
}

const headers = { "content-type": "application/x-git-receive-pack-request" };

/** The commands, and a pack without an object (gitprotocol-pack(5)). */
function pushOf(count: number, tip: string): Buffer {
  const none = "0".repeat(tip.length);
  const able = "\0 report-status side-band-64k";
  const commands = Array.from({ length: count }, (_, index) =>
    packet(`${none} ${tip} refs/tags/born/${index}${index === 0 ? able : ""}`),
  );
  const pack = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  return Buffer.concat([
    Buffer.from(`${commands.join("")}0000`, "latin1"),
    pack,
    createHash("sha1").update(pack).digest(),
  ]);
}
