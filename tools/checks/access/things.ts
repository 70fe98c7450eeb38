/** The things that paths name, and how each comes into a scene. */
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { eq } from "drizzle-orm";
import { repositories } from "../../../server/domains/repositories/schema.ts";
import { people } from "../../testing/people.ts";
import { tokenOf } from "./personas.ts";
import type { Scene } from "./scene.ts";

export interface Rule {
  readonly parameter: string;
  readonly on?: RegExp;
  readonly value: (scene: Scene) => string | Promise<string>;
}

async function label(scene: Scene): Promise<string> {
  const name = `only in ${scene.repo}`;
  await scene.alice("POST", "/labels", { name, color: "f29513" });
  return name;
}

async function session(scene: Scene): Promise<string> {
  const { password } = people.alice;
  await scene.alice("POST", "//session", { login: "alice", password });
  return (await scene.alice("GET", "//user/sessions"))[0].id;
}

/** An ed25519 key in OpenSSH's words (RFC 8709 §4): two strings with their lengths before them. */
async function key(scene: Scene): Promise<string> {
  const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const parts = [Buffer.from("ssh-ed25519"), Buffer.from(x, "base64url")];
  const blob = Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
  const added = await scene.alice("POST", "//user/keys", { key: `ssh-ed25519 ${blob.toString("base64")}` });
  return String(added.id);
}

/** Only a signed-in person makes tokens: this one is written as the personas' are. */
async function token(scene: Scene): Promise<string> {
  await tokenOf(scene.world, "alice", ["user:read"], scene.repo);
  const tokens: { id: number; name: string }[] = await scene.alice("GET", "//user/tokens");
  return String(tokens.find((one) => one.name === scene.repo)?.id);
}

const invitation = (scene: Scene) =>
  scene.root("POST", "//admin/invitations", { email: `${scene.repo}@example.test` });

/** An invitation is a letter, sent by a job. */
async function letter(scene: Scene): Promise<string> {
  await scene.root("POST", "//admin/invitations", { email: `letter-${scene.repo}@example.test` });
  await scene.world.settle();
  return (await scene.root("GET", "//admin/mailbox"))[0].id;
}

/** Only in this repository, with a rule of its own. */
async function protectedBranch(scene: Scene): Promise<string> {
  const name = `kept-in-${scene.repo}`;
  const { object } = await scene.alice("GET", "/git/ref/heads/feature");
  await scene.alice("POST", "/git/refs", { ref: `refs/heads/${name}`, sha: object.sha });
  await scene.alice("POST", "/protection-rules", { pattern: name });
  return name;
}

/** The API makes no tag objects: one is written as a push would. */
async function annotatedTag(scene: Scene): Promise<string> {
  const { id } = await scene.alice("GET", "");
  const [row] = await scene.world.services.database
    .select({ diskPath: repositories.diskPath })
    .from(repositories)
    .where(eq(repositories.apiId, id));
  const { dir: folder } = scene.world.services.git.directory(row?.diskPath ?? "");
  const text = `object ${await head(scene)}\ntype commit\ntag v2.0\ntagger Alice <alice@example.test> 1700000000 +0000\n\nTwo\n`;
  return execFileSync("git", ["-C", folder, "mktag"], { input: text }).toString("utf8").trim();
}

/** An issue with everything on it that an issue can have. */
async function issue(scene: Scene): Promise<string> {
  const labels = [await scene.value("/labels/", "name")];
  const body = { title: "It does not greet", body: "Try it", labels, assignees: ["bob"] };
  return String((await scene.alice("POST", "/issues", body)).number);
}

const onIssue = async (scene: Scene, path: string): Promise<string> =>
  `/issues/${await scene.value("/issues/", "issue_number")}/${path}`;

const issueComment = async (scene: Scene): Promise<string> =>
  String((await scene.alice("POST", await onIssue(scene, "comments"), { body: "Me too" })).id);

async function issueEvent(scene: Scene): Promise<string> {
  await scene.world.settle();
  return String((await scene.alice("GET", await onIssue(scene, "events")))[0].id);
}

const protectionRule = async (scene: Scene): Promise<string> =>
  String((await scene.alice("POST", "/protection-rules", { pattern: "guarded/*" })).id);

const savedQuery = async (scene: Scene): Promise<string> =>
  (await scene.alice("POST", "/views", { kind: "pr", name: "Mine", query: "is:open", shared: true })).id;

/** It leads nowhere: nobody answers under this name. */
const mirror = async (scene: Scene): Promise<string> =>
  (await scene.alice("POST", "/mirrors", { direction: "push", url: "https://nobody.invalid/x" })).id;

const pull = async (scene: Scene): Promise<string> =>
  String((await scene.alice("POST", "/pulls", { title: "Part", head: "feature", base: "main" })).number);

const onPull = async (scene: Scene, path: string): Promise<string> =>
  `/pulls/${await scene.value("/pulls/", "pull_number")}/${path}`;

const review = async (scene: Scene): Promise<string> =>
  String((await scene.alice("POST", await onPull(scene, "reviews"), { event: "COMMENT", body: "I see" })).id);

async function reviewComment(scene: Scene): Promise<string> {
  const place = { commit_id: await head(scene), path: "src/part.js", line: 1, side: "RIGHT" };
  return String((await scene.alice("POST", await onPull(scene, "comments"), { body: "Why?", ...place })).id);
}

const milestone = (scene: Scene) => scene.alice("POST", "/milestones", { title: "First" });

const fileSha = async (scene: Scene): Promise<string> =>
  (await scene.alice("GET", "/contents/src/part.js?ref=feature")).sha;

const head = async (scene: Scene): Promise<string> => (await scene.alice("GET", "/commits/feature")).sha;

async function team(scene: Scene): Promise<string> {
  const { slug } = await scene.alice("POST", "//orgs/acme/teams", { name: `of-${scene.repo}` });
  await scene.alice("PUT", `//orgs/acme/teams/${slug}/memberships/bob`);
  return slug;
}

const commitComment = async (scene: Scene): Promise<string> =>
  String((await scene.alice("POST", `/commits/${await head(scene)}/comments`, { body: "Well" })).id);

const checkRun = async (scene: Scene) =>
  scene.alice("POST", "/check-runs", { name: "ci", head_sha: await head(scene), conclusion: "success" });

type Text = (scene: Scene) => Promise<string>;

/** What has a text that people react to and change, and where it is. */
const texts: readonly { readonly on: RegExp; readonly at: Text; readonly change: "PATCH" | "PUT" }[] = [
  {
    on: /\/pulls\/comments\//,
    at: async (scene) => `/pulls/comments/${await scene.value("/pulls/comments/", "comment_id")}`,
    change: "PATCH",
  },
  {
    on: /\/issues\/comments\//,
    at: async (scene) => `/issues/comments/${await scene.value("/issues/comments/", "comment_id")}`,
    change: "PATCH",
  },
  {
    on: /\/reviews\//,
    at: (scene) =>
      scene.value("/reviews/", "review_id")?.then((id) => onPull(scene, `reviews/${id}`)) ?? Promise.reject(),
    change: "PUT",
  },
  {
    on: /\/issues\//,
    at: async (scene) => `/issues/${await scene.value("/issues/", "issue_number")}`,
    change: "PATCH",
  },
  {
    on: /\/comments\//,
    at: async (scene) => `/comments/${await scene.value("/comments/", "comment_id")}`,
    change: "PATCH",
  },
];

const reactionOn =
  (at: Text): Text =>
  async (scene) =>
    String((await scene.alice("POST", `${await at(scene)}/reactions`, { content: "heart" })).id);

const editOf =
  (at: Text, change: string): Text =>
  async (scene) => {
    const place = await at(scene);
    await scene.alice(change, place, { body: "In other words" });
    return String((await scene.alice("GET", `${place}/edits`))[0].id);
  };

const savedReply = async (scene: Scene): Promise<string> =>
  String(
    (await scene.alice("POST", "//user/saved-replies", { title: `In ${scene.repo}`, body: "Thank you" })).id,
  );

/** The things that paths name. The first rule that fits counts. */
export const rules: readonly Rule[] = [
  { parameter: "owner", value: () => "alice" },
  { parameter: "repo", value: (scene) => scene.repo },
  { parameter: "template_owner", value: () => "alice" },
  { parameter: "template_repo", value: (scene) => scene.repo },
  { parameter: "org", value: () => "acme" },
  { parameter: "team_slug", value: team },
  { parameter: "username", value: () => "bob" },
  {
    parameter: "id",
    on: /^\/repositories\//,
    value: async (scene) => String((await scene.alice("GET", "")).id),
  },
  { parameter: "name", on: /\/labels\//, value: label },
  { parameter: "issue_number", value: issue },
  { parameter: "comment_id", on: /\/issues\//, value: issueComment },
  { parameter: "event_id", on: /\/issues\//, value: issueEvent },
  { parameter: "assignee", value: () => "bob" },
  { parameter: "pull_number", value: pull },
  { parameter: "review_id", value: review },
  { parameter: "comment_id", on: /\/pulls\//, value: reviewComment },
  { parameter: "comment_id", value: commitComment },
  ...texts.map(({ on, at }) => ({ parameter: "reaction_id", on, value: reactionOn(at) })),
  ...texts.map(({ on, at, change }) => ({ parameter: "edit_id", on, value: editOf(at, change) })),
  { parameter: "reply_id", value: savedReply },
  { parameter: "comparison", value: () => "1...1" },
  { parameter: "rest", on: /\/(?:tree|last-commits)\//, value: () => "feature/src" },
  { parameter: "rest", value: () => "feature/src/greet.js" },
  { parameter: "oid", value: fileSha },
  { parameter: "milestone_number", value: async (scene) => String((await milestone(scene)).number) },
  { parameter: "check_run_id", value: async (scene) => String((await checkRun(scene)).id) },
  { parameter: "check_suite_id", value: async (scene) => String((await checkRun(scene)).check_suite.id) },
  { parameter: "branch", on: /\/protection$/, value: protectedBranch },
  { parameter: "branch", value: () => "feature" },
  { parameter: "basehead", value: () => "main...feature" },
  { parameter: "path", on: /\/contents\//, value: () => "src/greet.js" },
  { parameter: "session_id", value: session },
  { parameter: "key_id", on: /^\/user\//, value: key },
  { parameter: "token_id", value: token },
  { parameter: "invitation_id", value: async (scene) => (await invitation(scene)).id },
  { parameter: "message_id", value: letter },
  { parameter: "rule_id", value: protectionRule },
  { parameter: "view_id", value: savedQuery },
  { parameter: "mirror_id", value: mirror },
  { parameter: "tag_sha", value: annotatedTag },
  { parameter: "ref", on: /\/git\//, value: () => "heads/feature" },
  { parameter: "ref", value: head },
  { parameter: "sha", value: head },
  { parameter: "commit_sha", value: head },
  {
    parameter: "tree_sha",
    value: async (scene) => (await scene.alice("GET", "/commits/feature")).commit.tree.sha,
  },
  { parameter: "file_sha", value: fileSha },
];
