/** What a real git says to a server, recorded: the texts that the fuzzer begins with. */
import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { openScratch, serveRepository } from "../../server/git/protocol/testing.ts";
import type { Repository } from "../../server/git/object-ids.ts";

export interface Recorded {
  readonly texts: readonly Buffer[];
  readonly repository: Repository;
  remove(): Promise<void>;
}

/** Clones, fetches and pushes of every kind through a recorder; leaves the repository they went to. */
export async function record(): Promise<Recorded> {
  const scratch = await openScratch();
  const repository = await scratch.repository();
  const server = await serveRepository(repository);
  const texts: Buffer[] = [];
  const recorder = createServer((incoming, outgoing) => {
    const body: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => body.push(chunk));
    incoming.on("end", () => {
      const sent = Buffer.concat(body);
      const text = incoming.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
      if (text.length > 0) texts.push(text);
      const { method, headers } = incoming;
      const target = new URL(incoming.url ?? "/", server.url);
      const onward = ask(target, { method: method ?? "GET", headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      onward.end(sent);
    });
  });
  await new Promise<void>((resolve) => recorder.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(recorder.address() as AddressInfo).port}/repo.git`;
  const work = path.join(scratch.dir, "work");
  const git = (cwd: string, ...args: readonly string[]) => scratch.git(cwd, args);
  await git(scratch.dir, "init", "-q", "-b", "main", work);
  for (let turn = 1; turn <= 3; turn += 1) {
    await writeFile(path.join(work, "file"), `${turn}\n`.repeat(turn * 50));
    await git(work, "add", "-A");
    await git(work, "commit", "-q", "-m", `turn ${turn}`);
    await git(work, "tag", "-a", "-m", `tag ${turn}`, `v${turn}`);
  }
  await git(work, "push", "-q", url, "HEAD:main", "HEAD~1:refs/heads/topic/ä", "--tags");
  await git(scratch.dir, "clone", "-q", url, "clone");
  await git(scratch.dir, "-c", "protocol.version=0", "clone", "-q", "--depth=1", url, "shallow");
  await git(scratch.dir, "clone", "-q", "--filter=blob:none", "--no-checkout", url, "partial");
  const shallow = path.join(scratch.dir, "shallow");
  await git(shallow, "fetch", "-q", "--deepen=1");
  await git(shallow, "commit", "-q", "--allow-empty", "-m", "from a shallow clone");
  await git(
    shallow,
    "push",
    "-q",
    "-o",
    "one=1",
    "-o",
    "two",
    "--atomic",
    "origin",
    "HEAD:refs/heads/shallow",
  );
  await git(work, "push", "-q", url, ":refs/heads/shallow", "+HEAD~2:refs/heads/topic/ä");
  await git(path.join(scratch.dir, "clone"), "fetch", "-q", "--prune");
  recorder.close();
  recorder.closeAllConnections();
  await server.close();
  texts.push(...commands.map((text) => Buffer.from(text)));
  return { texts: texts.map((text) => text.subarray(0, 40_000)), repository, remove: () => scratch.remove() };
}

/** What ssh runs on a server, and variables that come along. */
const commands = [
  "git-upload-pack '/alice/demo.git'",
  "git receive-pack 'alice/demo'",
  'git-lfs-authenticate "alice/demo.git" upload 12ab',
  "version=2:key=value",
  "service=git-upload-pack&x=%00",
];
