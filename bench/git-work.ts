/** What fetches cost the server: processes, processor time, memory. Told by Linux, from outside. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { owner } from "./filling.ts";
import { ownCopy } from "./git-clients.ts";
import { uploadPack } from "./git-requests.ts";
import { ask } from "./asking.ts";
import { packet } from "./packets.ts";
import { heldBy, ownProcesses, processorMs, startsOf } from "./processes.ts";
import { git, gitEnvironment } from "./programs.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { atMostTimes, line, wanted, type Outcome } from "./table.ts";

const atOnce = 8;

export const measureGitWork: Benchmark = async function* (scene) {
  if (process.platform !== "linux") {
    yield { name: "what fetches cost the server", why: "only Linux tells it" };
    return;
  }
  yield await startsByFetch(scene);
  for (const [what, more] of [
    ["full clone", ""],
    ["blobless clone", packet("filter blob:none\n")],
  ] as const) {
    yield await processorTime(scene, what, more, "first");
    yield await processorTime(scene, what, more, "again");
  }
  yield await memoryOfClones(scene);
};

/** Fetches that made the forge start a process, whichever, in percent; a clone shows that it would be seen. */
async function startsByFetch(scene: Scene): Promise<Outcome> {
  const name = "fetches of nothing that start a process";
  return attempt(scene, name, async () => {
    const folder = await ownCopy(scene, "large");
    const url = `${scene.authorizedUrl}/${owner}/large.git`;
    const times = 10;
    const startedBy = async (run: () => Promise<unknown>) => {
      const before = await startsOf(scene.forge.pid);
      await run();
      // A process that has ended is waited for by its parent a moment later.
      await new Promise((resolve) => setTimeout(resolve, 100));
      return before === (await startsOf(scene.forge.pid)) ? 0 : 1;
    };
    const fetch = () => git("-C", folder, "fetch", "--quiet", url, "+refs/heads/*:refs/heads/*");
    // The first one of a server may start what is kept for the next ones.
    await fetch();
    let counted = 0;
    for (let turn = 0; turn < times; turn += 1) counted += await startedBy(fetch);
    const scratch = join(scene.folder, "seen.git");
    const seen = await startedBy(() => git("clone", "--quiet", "--bare", "--depth=1", url, scratch));
    await rm(scratch, { recursive: true, force: true });
    if (seen === 0) throw new Error("a clone that started git was not noticed either");
    return line(name, "%", (counted / times) * 100, [wanted(0), { of: "clone", value: seen * 100 }]);
  });
}

/**
 * The same request, answered by the forge and by a git that reads it from a file.
 *
 * @param more of the request
 * @param turn the first of its kind each time, or one that was asked before, which the forge may have kept
 */
async function processorTime(
  scene: Scene,
  what: string,
  more: string,
  turn: "first" | "again",
): Promise<Outcome> {
  const name = `server CPU of ${what}, ${turn}, ${scene.commits} commits`;
  return attempt(scene, name, async () => {
    const repository = join(scene.repositories, "large.git");
    const body = await wholeFetch(repository, more, 0);
    // The kernel counts in steps of 10 ms, and jobs in the background weigh as much as one answer.
    const turns = 20;
    const fetch = async (variant: number) => {
      const asked = variant === 0 ? body : await wholeFetch(repository, more, variant);
      const { status, bytes } = await ask(uploadPack(`${scene.forge.url}/${owner}/large.git`, asked));
      if (status !== 200 || bytes < asked.length) throw new Error(`answers ${status} with ${bytes} bytes`);
    };
    // The second time is when an answer is written down.
    for (let time = 0; time < 3; time += 1) await fetch(0);
    const before = await processorMs(scene.forge.pid);
    for (let time = 1; time <= turns; time += 1) await fetch(turn === "first" ? time : 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const wit = ((await processorMs(scene.forge.pid)) - before) / turns;
    const bare = (sink: Sink) => bareUploadPack(scene, repository, body, turns, sink);
    return line(name, "ms", wit, [
      { of: "git upload-pack, with bitmap", value: await bare("pipe"), goal: atMostTimes(1.1) },
      { of: "the same into a connection", value: await bare("connection") },
    ]);
  });
}

/** What a client without anything asks for (gitprotocol-v2(5), fetch). @param variant says the same in so many words more */
async function wholeFetch(repository: string, more: string, variant: number): Promise<Buffer> {
  const ids = (await git("-C", repository, "for-each-ref", "--format=%(objectname)")).split("\n");
  const repeated = Array.from({ length: variant }, () => ids[0] ?? "");
  const wants = [...new Set(ids), ...repeated].map((id) => packet(`want ${id}\n`)).join("");
  const begin = `${packet("command=fetch\n")}${packet("object-format=sha1\n")}0001`;
  const told = ["thin-pack\n", "no-progress\n", "ofs-delta\n"].map(packet).join("");
  return Buffer.from(`${begin}${told}${more}${wants}${packet("done\n")}0000`);
}

/** What git writes an answer to. A client is at the end of a connection, which costs git more than a pipe. */
type Sink = "pipe" | "connection";

/** Milliseconds of processor time for one answer, as the shell is told by `times`. */
async function bareUploadPack(
  scene: Scene,
  repository: string,
  body: Buffer,
  turns: number,
  sink: Sink,
): Promise<number> {
  const file = join(scene.folder, "request");
  await writeFile(file, body);
  // What reads is not among what the shell waits for.
  const script =
    'n=0; while [ "$n" -lt "$3" ]; do git upload-pack --stateless-rpc --strict "$1" <"$2"; n=$((n + 1)); done; times >&2';
  const [written, read] = sink === "pipe" ? ["pipe" as const, null] : await connection();
  const child = spawn("sh", ["-c", script, "sh", repository, file, String(turns)], {
    env: { ...gitEnvironment, GIT_PROTOCOL: "version=2" },
    stdio: ["ignore", written, "pipe"],
  });
  child.stdout?.resume();
  const said = await text(child.stderr ?? Readable.from([]));
  read?.destroy();
  if (written !== "pipe") written.destroy();
  const [, , user = "", system = ""] = said.trim().split(/\s+/);
  const total = (milliseconds(user) + milliseconds(system)) / turns;
  if (!(total > 0)) throw new Error(`the shell told no times: ${said}`);
  return total;
}

/** Both ends of a connection on this machine; what comes to the second is read and thrown away. */
async function connection(): Promise<readonly [Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const read = connect((server.address() as AddressInfo).port, "127.0.0.1").resume();
  const [written] = (await once(server, "connection")) as [Socket];
  server.close();
  return [written, read];
}

/** `0m1.250000s` of times(1p). */
function milliseconds(told: string): number {
  const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(told) ?? [];
  return Number(minutes) * 60_000 + Number(seconds) * 1000;
}

/** The most that the server and its helpers hold while so many clones run; git's own processes are not counted. */
async function memoryOfClones(scene: Scene): Promise<Outcome> {
  const name = `memory with ${atOnce} clones at once, without git`;
  return attempt(scene, name, async () => {
    const url = `${scene.authorizedUrl}/${owner}/large.git`;
    const own = await ownProcesses(scene.forge.pid);
    const before = await heldBy(own);
    let most = before;
    const running = new Set(["clones"]);
    const folders = Array.from({ length: atOnce }, (_, n) => join(scene.folder, `at-once-${n}.git`));
    const clones = Promise.all(
      folders.map((folder) => git("clone", "--quiet", "--bare", url, folder)),
    ).finally(() => running.clear());
    const watch = async () => {
      while (running.size > 0) {
        most = Math.max(most, await heldBy(own));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await Promise.all([clones, watch()]);
    for (const folder of folders) await rm(folder, { recursive: true });
    return line(name, "MB", most, [wanted(400), { of: "before them", value: before }]);
  });
}
