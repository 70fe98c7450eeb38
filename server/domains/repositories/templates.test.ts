import { createHash, randomBytes } from "node:crypto";
import { expect, test, type World } from "../../../tools/testing/world.ts";
import { gitText } from "../../git/process.ts";
import { systemContext } from "../../kernel/context.ts";
import { lfsContents, lfsObjects } from "../lfs/schema.ts";
import { findRepository } from "./access.ts";
import { gitOf } from "./addresses.ts";

const put = async (world: World, file: string, content: string, branch = "main", sha?: string) =>
  world.as("alice").put(`/repos/alice/demo/contents/${file}`, {
    message: `Write ${file}`,
    content: Buffer.from(content).toString("base64"),
    branch,
    ...(sha ? { sha } : {}),
  });

async function found(world: World, owner: string, name: string) {
  const ctx = systemContext(world.services, "test");
  const repo = await findRepository(ctx, owner, name);
  if (!repo) throw new Error(`no ${owner}/${name}`);
  return { repo, dir: gitOf(ctx, repo).dir };
}

const makeTemplate = async (world: World, name = "demo") =>
  expect((await world.as("alice").patch(`/repos/alice/${name}`, { is_template: true })).body).toMatchObject({
    is_template: true,
  });

test("a repository of a template begins with one commit of its files, and with nothing of its history", async ({
  world,
}) => {
  await makeTemplate(world);
  const made = await world
    .as("carol")
    .post("/repos/alice/demo/generate", { name: "mine", description: "Of it" });
  expect(made).toMatchObject({
    status: 201,
    body: {
      full_name: "carol/mine",
      private: false,
      fork: false,
      is_template: false,
      default_branch: "main",
      template_repository: { full_name: "alice/demo" },
    },
  });
  const [template, mine] = [await found(world, "alice", "demo"), await found(world, "carol", "mine")];
  const tree = (dir: string) => gitText(dir, ["rev-parse", "main^{tree}"]);
  expect(await tree(mine.dir)).toBe(await tree(template.dir));
  expect(await gitText(mine.dir, ["rev-list", "--count", "--all"])).toBe("1\n");
  const objects = await gitText(mine.dir, ["cat-file", "--batch-all-objects", "--batch-check=%(objecttype)"]);
  expect(objects.match(/commit/g)).toHaveLength(1);
  expect(await gitText(mine.dir, ["fsck", "--full", "--strict"])).toBe("");
  expect(await gitText(mine.dir, ["log", "--format=%an %s", "main"])).toMatch(/^\S.* Initial commit\n$/);
  expect(await world.events({ type: "repository.generated" })).toMatchObject([
    { actorLogin: "carol", repoId: mine.repo.id, payload: { template_id: template.repo.id } },
  ]);
  const pushed = (await world.events({ type: "repository.pushed" })).filter(
    (one) => one.repoId === mine.repo.id,
  );
  expect(pushed).toHaveLength(1);
});

test("with all branches each one builds upon the first commit, so that they can be compared", async ({
  world,
}) => {
  await makeTemplate(world);
  const made = await world.as("alice").post("/repos/alice/demo/generate", {
    owner: "acme",
    name: "all",
    include_all_branches: true,
    private: true,
  });
  expect(made).toMatchObject({ status: 201, body: { full_name: "acme/all", private: true } });
  const [template, all] = [await found(world, "alice", "demo"), await found(world, "acme", "all")];
  const names = (dir: string) => gitText(dir, ["for-each-ref", "--format=%(refname)", "refs/heads"]);
  expect(await names(all.dir)).toBe(await names(template.dir));
  for (const name of (await names(template.dir)).trim().split("\n")) {
    const tree = ["rev-parse", `${name}^{tree}`];
    expect(await gitText(all.dir, tree)).toBe(await gitText(template.dir, tree));
  }
  const compared = await world.as("alice").get("/repos/acme/all/compare/main...feature");
  expect(compared).toMatchObject({ status: 200, body: { ahead_by: 1, behind_by: 0 } });
});

test("what is no template, what cannot be seen, and what one may not write to is refused", async ({
  world,
}) => {
  const generate = (who: "carol" | "mallory" | "alice", name: string, body: object) =>
    world.as(who).post(`/repos/alice/${name}/generate`, body);
  expect((await generate("carol", "demo", { name: "x" })).status).toBe(422);
  await makeTemplate(world);
  expect((await generate("mallory", "secret", { name: "x" })).status).toBe(404);
  expect((await world.anonymous.post("/repos/alice/demo/generate", { name: "x" })).status).toBe(401);
  expect((await generate("carol", "demo", { name: "x", owner: "alice" })).status).toBe(422);
  expect((await generate("carol", "demo", { name: "x", owner: "acme" })).status).toBe(403);
  expect((await generate("carol", "demo", { name: "a/../b" })).status).toBe(422);
  expect((await generate("alice", "demo", { name: "demo" })).status).toBe(422);
  expect(await world.events({ type: "repository.generated" })).toEqual([]);
});

test("who may only read a private template cannot publish it, and is not told of it once they lose sight", async ({
  world,
}) => {
  await makeTemplate(world, "secret");
  await world.as("alice").put("/repos/alice/secret/collaborators/carol", { permission: "read" });
  const generate = (body: object) => world.as("carol").post("/repos/alice/secret/generate", body);
  expect((await generate({ name: "open" })).status).toBe(403);
  expect(await generate({ name: "closed", private: true })).toMatchObject({
    status: 201,
    body: { template_repository: { full_name: "alice/secret" } },
  });
  await world.as("alice").delete("/repos/alice/secret/collaborators/carol");
  const seen = await world.as("carol").get("/repos/carol/closed");
  expect(seen.status).toBe(200);
  expect(JSON.stringify(seen.body)).not.toContain("alice/secret");
});

test("two at once of one name make one repository, and of the other nothing stays", async ({ world }) => {
  await makeTemplate(world);
  const answers = await Promise.all(
    ["one", "one"].map((name) => world.as("carol").post("/repos/alice/demo/generate", { name })),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
  const rows = new Set<string>();
  for await (const { diskPath } of world.services.git.list()) rows.add(diskPath);
  expect(rows.size).toBe(3);
});

test("a link stays a link, and text that looks like a variable stays text", async ({ world }) => {
  const { dir } = await found(world, "alice", "demo");
  const link = (await gitText(dir, ["hash-object", "-w", "--stdin"], { input: "/etc/passwd" })).trim();
  const text = (
    await gitText(dir, ["hash-object", "-w", "--stdin"], { input: "${REPO_NAME} $(id)\n" })
  ).trim();
  const lines = `120000 blob ${link}\tlink\n100644 blob ${text}\t\${REPO_NAME}.txt\n`;
  const tree = (await gitText(dir, ["mktree"], { input: lines })).trim();
  const commit = await world
    .as("alice")
    .post("/repos/alice/demo/git/commits", { message: "Odd", tree, parents: [] });
  await world
    .as("alice")
    .patch("/repos/alice/demo/git/refs/heads/main", { sha: commit.body.sha, force: true });
  await makeTemplate(world);
  expect((await world.as("carol").post("/repos/alice/demo/generate", { name: "odd" })).status).toBe(201);
  const odd = await found(world, "carol", "odd");
  expect(await gitText(odd.dir, ["ls-tree", "main"])).toBe(await gitText(dir, ["ls-tree", "main"]));
});

test("contents of Git LFS that the files point to come along, and those of the history do not", async ({
  world,
}) => {
  const { repo } = await found(world, "alice", "demo");
  const contents = [randomBytes(50), randomBytes(60)];
  const oids = contents.map((one) => createHash("sha256").update(one).digest("hex"));
  for (const [index, content] of contents.entries()) {
    await world.services.blobs.put(content);
    const oid = oids[index] ?? "";
    await world.services.database.insert(lfsContents).values({ oid });
    await world.services.database.insert(lfsObjects).values({ repoId: repo.id, oid, size: content.length });
  }
  const pointer = (oid = "", size = 0) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`;
  const first = await put(world, "big.bin", pointer(oids[0], 50));
  await put(world, "big.bin", pointer(oids[1], 60), "main", first.body.content.sha);
  await makeTemplate(world);
  expect((await world.as("carol").post("/repos/alice/demo/generate", { name: "large" })).status).toBe(201);
  await world.settle();
  const large = await found(world, "carol", "large");
  const rows = await world.services.database.select().from(lfsObjects);
  expect(rows.filter((row) => row.repoId === large.repo.id).map((row) => row.oid)).toEqual([oids[1]]);
});

test("templates are found in lists and by search, and only by who may see them", async ({ world }) => {
  await makeTemplate(world);
  await makeTemplate(world, "secret");
  const names = async (who: "alice" | "carol", where: string) => {
    const { body } = await world.as(who).get(where);
    return (body.items ?? body).map((one: { name: string }) => one.name).toSorted();
  };
  const listed = "/_web/owners/alice/repos?kind=templates";
  expect(await names("alice", listed)).toEqual(["demo", "secret"]);
  expect(await names("carol", listed)).toEqual(["demo"]);
  expect(await names("carol", "/_web/explore?kind=forks")).toEqual([]);
  expect(await names("carol", "/search/repositories?q=user:alice+template:true")).toEqual(["demo"]);
  expect(await names("alice", "/search/repositories?q=user:alice+template:false")).toEqual([]);
});
