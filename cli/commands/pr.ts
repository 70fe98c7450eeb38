import {
  issuesCreateComment,
  pullsCreate,
  pullsCreateReview,
  pullsGet,
  pullsMerge,
  pullsUpdate,
  reposGet,
  type PullRequest,
} from "../../api/client.gen.ts";
import { askGit, remotesOf, runGit } from "../checkout.ts";
import { choice, command, json, numberOf, repo } from "../command.ts";
import { connect, placeFrom } from "../connection.ts";
import { Refused, UsageError } from "../failures.ts";
import { counted, oneLine, printable } from "../text.ts";
import { gitCredentialHelper } from "./auth.ts";
import { bodyFrom, texts } from "./issue.ts";
import { list, reviews, stateOf } from "./pr-lists.ts";
import { templateOf } from "./pr-template.ts";

const create = command({
  name: "pr create",
  about: "Open a pull request",
  options: {
    ...texts,
    head: {
      type: "string",
      short: "H",
      value: "branch",
      about: "From here, or owner:branch; else the present branch",
    },
    base: { type: "string", short: "B", value: "branch", about: "Into this branch; else the default one" },
    draft: { type: "boolean", about: "Not ready to be merged yet" },
    template: { type: "string", short: "T", value: "name", about: "Which text to begin with, of several" },
    repo,
    json,
  },
  more: "Without --title the last commit's subject is the title, without --body the repository's template the text. Push the branch before.",
  run: async ({ values, terminal }) => {
    const { call } = connect(terminal);
    const place = placeFrom(terminal, values.repo);
    const head = values.head ?? askGit(terminal, "symbolic-ref", "--short", "HEAD");
    if (!head) throw new UsageError("--head is missing, and no branch is checked out here");
    const title = values.title ?? askGit(terminal, "log", "-1", "--format=%s");
    if (!title) throw new UsageError("--title is missing");
    const base = values.base ?? (await reposGet(call, place)).data.default_branch;
    const body = (await bodyFrom(terminal, values.body)) ?? (await templateOf(call, place, values.template));
    const { data } = await pullsCreate(call, place, {
      title,
      body,
      head,
      base,
      draft: values.draft ?? false,
    });
    if (values.json) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

const view = command({
  name: "pr view",
  about: "Show a pull request",
  parameters: ["number"],
  options: { repo, json },
  run: async ({ values, given: [number], terminal }) => {
    const at = { ...placeFrom(terminal, values.repo), pull_number: numberOf(number) };
    const { data } = await pullsGet(connect(terminal).call, at);
    if (values.json) terminal.json(data);
    else terminal.print(described(data));
  },
});

const described = (data: PullRequest) =>
  [
    `${oneLine(data.title)} #${data.number}`,
    `${stateOf(data)}, by ${data.user?.login ?? "ghost"}: ${data.head.label} into ${data.base.ref}`,
    `${counted(data.commits, "commit")}, ${counted(data.changed_files, "file")}, +${data.additions} -${data.deletions}, ${counted(data.comments + data.review_comments, "comment")}`,
    ...(data.state === "open" ? [`merging is ${data.mergeable_state}`] : []),
    "",
    ...(data.body ? [printable(data.body), ""] : []),
    data.html_url,
  ].join("\n");

const checkout = command({
  name: "pr checkout",
  about: "Fetch a pull request and check it out as the branch pr-NUMBER",
  parameters: ["number"],
  options: { repo },
  run: async ({ values, given: [text], terminal }) => {
    const { call, origin } = connect(terminal);
    const place = placeFrom(terminal, values.repo);
    const number = numberOf(text);
    await pullsGet(call, { ...place, pull_number: number });
    const remote = remotesOf(terminal).find(
      (one) =>
        one.owner.toLowerCase() === place.owner.toLowerCase() &&
        one.repo.toLowerCase() === place.repo.toLowerCase(),
    );
    if (!remote) throw new Refused(`No remote of this checkout is ${place.owner}/${place.repo}`);
    const branch = `pr-${number}`;
    const own = askGit(terminal, "symbolic-ref", "--short", "HEAD") === branch;
    const helper: readonly (readonly [string, string])[] = [
      [`credential.${origin}.helper`, gitCredentialHelper],
    ];
    const head = `refs/pull/${number}/head`;
    runGit(terminal, ["fetch", "--quiet", remote.name, own ? head : `${head}:refs/heads/${branch}`], helper);
    runGit(terminal, own ? ["merge", "--ff-only", "FETCH_HEAD"] : ["switch", branch]);
  },
});

const diff = command({
  name: "pr diff",
  about: "Show what a pull request changes",
  parameters: ["number"],
  options: {
    raw: { type: "boolean", about: "Byte for byte, for git apply; do not show it on a terminal" },
    patch: { type: "boolean", about: "As letters, one a commit, for git am" },
    repo,
  },
  run: async ({ values, given: [number], terminal }) => {
    const { owner, repo: name } = placeFrom(terminal, values.repo);
    const { data } = await connect(terminal).call<string>({
      method: "GET",
      path: `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/pulls/${numberOf(number)}`,
      headers: { accept: `application/vnd.github.${values.patch ? "patch" : "diff"}` },
    });
    if (values.raw) terminal.raw(data);
    else terminal.print(data);
  },
});

const merge = command({
  name: "pr merge",
  about: "Merge a pull request",
  parameters: ["number"],
  options: {
    method: {
      type: "string",
      value: "way",
      about: "merge, squash or rebase; else the first that is allowed",
    },
    subject: { type: "string", short: "t", value: "text", about: "The subject of the commit" },
    body: { type: "string", short: "b", value: "text", about: "The text of the commit; - reads the input" },
    match: { type: "string", value: "commit", about: "Only if this is its head, as reviewed" },
    repo,
    json,
  },
  run: async ({ values, given: [number], terminal }) => {
    const at = { ...placeFrom(terminal, values.repo), pull_number: numberOf(number) };
    const { data } = await pullsMerge(connect(terminal).call, at, {
      merge_method: choice("method", values.method, ["merge", "squash", "rebase"]),
      commit_title: values.subject,
      commit_message: await bodyFrom(terminal, values.body),
      sha: values.match,
    });
    if (values.json) terminal.json(data);
    else terminal.print(data.sha);
  },
});

const close = command({
  name: "pr close",
  about: "Close a pull request without merging it",
  parameters: ["number"],
  options: { repo },
  run: async ({ values, given: [number], terminal }) => {
    const at = { ...placeFrom(terminal, values.repo), pull_number: numberOf(number) };
    terminal.print((await pullsUpdate(connect(terminal).call, at, { state: "closed" })).data.html_url);
  },
});

const review = command({
  name: "pr review",
  about: "Say what you think of a pull request",
  parameters: ["number"],
  options: {
    approve: { type: "boolean", short: "a", about: "It may be merged" },
    "request-changes": { type: "boolean", short: "r", about: "It may not be merged like this" },
    comment: { type: "boolean", short: "c", about: "Neither" },
    body: texts.body,
    repo,
    json,
  },
  run: async ({ values, given: [number], terminal }) => {
    const chosen = (
      [
        ["APPROVE", values.approve],
        ["REQUEST_CHANGES", values["request-changes"]],
        ["COMMENT", values.comment],
      ] as const
    ).filter(([, is]) => is);
    const [first] = chosen;
    if (!first || chosen.length > 1)
      throw new UsageError("Say one of --approve, --request-changes, --comment");
    const at = { ...placeFrom(terminal, values.repo), pull_number: numberOf(number) };
    const body = await bodyFrom(terminal, values.body);
    const { data } = await pullsCreateReview(connect(terminal).call, at, { event: first[0], body });
    if (values.json) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

const comment = command({
  name: "pr comment",
  about: "Say something about a pull request",
  parameters: ["number"],
  options: { body: { ...texts.body, required: true }, repo, json },
  run: async ({ values, given: [number], terminal }) => {
    const at = { ...placeFrom(terminal, values.repo), issue_number: numberOf(number) };
    const body = (await bodyFrom(terminal, values.body)) ?? "";
    const { data } = await issuesCreateComment(connect(terminal).call, at, { body });
    if (values.json) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

export const pulls = [create, list, reviews, view, checkout, diff, merge, close, review, comment];
