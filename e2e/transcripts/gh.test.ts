/** GitHub's own command line as far as it speaks REST. It insists on TLS, so a door with a certificate stands before the forge. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people } from "../../tools/testing/people.ts";
import { createWorld, type World } from "../../tools/testing/world.ts";
import { openMachine, type Machine } from "./machine.ts";

const installed = spawnSync("gh", ["--version"]).status === 0;

let world: World;
let machine: Machine;
let door: Server;

beforeAll(async () => {
  if (!installed) return;
  world = await createWorld({ listen: true });
  machine = await openMachine("bob");
  const [key, certificate] = [path.join(machine.home, "key.pem"), path.join(machine.home, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const kind = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"];
  const files = ["-keyout", key, "-out", certificate];
  const made = await machine.run("", "openssl", [...kind, ...files, ...subject]);
  expect(made).toMatchObject({ code: 0 });
  door = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const onward = request(world.url + (url ?? ""), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  machine.set("GH_HOST", `localhost:${(door.address() as AddressInfo).port}`);
  machine.set("GH_ENTERPRISE_TOKEN", people.bob.token);
  machine.set("SSL_CERT_FILE", certificate);
  machine.set("GH_NO_UPDATE_NOTIFIER", "1");
});

afterAll(async () => {
  if (!installed) return;
  door.closeAllConnections();
  await new Promise((resolve) => door.close(resolve));
  await machine.remove();
  await world.settle();
  await world.close();
});

const gh = async (...args: readonly string[]) => {
  const { code, said, stdout } = await machine.run("", "gh", args);
  return { code, said, out: stdout.toString("utf8").trim() };
};

describe.skipIf(!installed)("a person with gh", () => {
  test("asks who they are and which repositories there are", async () => {
    expect(await gh("api", "user", "--jq", ".login")).toMatchObject({ code: 0, out: "bob" });
    const repository = await gh("api", "repos/alice/demo", "--jq", "[.full_name, .permissions.push]|@json");
    expect(JSON.parse(repository.out)).toEqual(["alice/demo", true]);
  });

  test("opens an issue, lists all pages and reads what it did", async () => {
    for (const title of ["one", "two", "three"])
      expect(
        await gh("api", "repos/alice/demo/issues", "-f", `title=${title}`, "--jq", ".title"),
      ).toMatchObject({
        code: 0,
        out: title,
      });
    const all = await gh("api", "repos/alice/demo/issues?per_page=1", "--paginate", "--jq", ".[].title");
    expect(all.out.split("\n")).toEqual(["three", "two", "one"]);
    const cached = await gh("api", "-i", "repos/alice/demo/issues/1");
    expect(cached.out).toMatch(/^HTTP\/1\.1 200/);
    expect(cached.out).toMatch(/^etag: /im);
  });

  test("hears a refusal in its own words", async () => {
    const { code, said } = await gh("api", "repos/alice/secret");
    expect(code).toBe(1);
    expect(said).toContain("gh: Not Found (HTTP 404)");
    const bad = await gh("api", "repos/alice/demo/issues", "-f", "title=");
    expect(bad.code).toBe(1);
    expect(bad.said).toContain("Validation Failed");
  });

  test("is told plainly what asks for GraphQL, which is not spoken", async () => {
    const { code, said } = await gh("repo", "view", "alice/demo");
    expect(code).toBe(1);
    expect(said).toContain("HTTP 404: The API is REST at /api/v3; there is no GraphQL");
  });
});
