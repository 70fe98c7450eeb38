/** What tests of pull requests need: branches with commits, made as people make them. */
import type { Client } from "../../../tools/testing/client.ts";
import { expect } from "../../../tools/testing/world.ts";

/** Writes a file on a branch, which is made from `from` when that is given. */
export async function write(
  client: Client,
  repo: string,
  branch: string,
  path: string,
  text: string,
  from?: string,
): Promise<string> {
  if (from !== undefined) {
    const base = await client.get(`/repos/${repo}/git/ref/heads/${from}`);
    const made = await client.post(`/repos/${repo}/git/refs`, {
      ref: `refs/heads/${branch}`,
      sha: base.body.object.sha,
    });
    expect(made.status).toBe(201);
  }
  const known = await client.get(`/repos/${repo}/contents/${path}?ref=${branch}`);
  const { status, body } = await client.put(`/repos/${repo}/contents/${path}`, {
    message: `Write ${path}`,
    content: Buffer.from(text).toString("base64"),
    branch,
    ...(known.status === 200 ? { sha: known.body.sha } : {}),
  });
  expect([200, 201]).toContain(status);
  return body.commit.sha;
}

export async function tip(client: Client, repo: string, branch: string): Promise<string> {
  return (await client.get(`/repos/${repo}/git/ref/heads/${branch}`)).body.object.sha;
}

/** Opens a pull request and answers its view. */
export async function open(client: Client, repo: string, head: string, base = "main", more = {}) {
  const answer = await client.post(`/repos/${repo}/pulls`, { title: `From ${head}`, head, base, ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}
