import {
  issuesCreate,
  issuesCreateComment,
  issuesGet,
  issuesListComments,
  issuesListForRepo,
  issuesUpdate,
  type Issue,
} from "../../api/client.gen.ts";
import { choice, command, json, limit, limitOf, numberOf, repo } from "../command.ts";
import { connect, placeFrom, upTo } from "../connection.ts";
import { UsageError } from "../failures.ts";
import { narrowing, queryFor } from "../listing.ts";
import type { Terminal } from "../terminal.ts";
import { counted, oneLine, printable, table } from "../text.ts";

const states = ["open", "closed", "all"] as const;
export const texts = {
  title: { type: "string", short: "t", value: "text", about: "The title" },
  body: { type: "string", short: "b", value: "text", about: "The text, in Markdown; - reads the input" },
} as const;

/** A text as it was given, or the input. */
export const bodyFrom = async (terminal: Terminal, given: string | undefined): Promise<string | undefined> =>
  given === "-" ? terminal.readInput() : given;

export const namesIn = (list: readonly string[] | undefined) =>
  list
    ?.flatMap((one) => one.split(","))
    .map((one) => one.trim())
    .filter((one) => one !== "");

const create = command({
  name: "issue create",
  about: "Open an issue",
  options: {
    ...texts,
    title: { ...texts.title, required: true },
    label: { type: "string", short: "l", value: "name", multiple: true, about: "A label" },
    assignee: { type: "string", short: "a", value: "name", about: "Who shall do it" },
    milestone: { type: "string", short: "m", value: "number", about: "The milestone" },
    repo,
    json,
  },
  run: async ({ values, terminal }) => {
    const { data } = await issuesCreate(connect(terminal).call, placeFrom(terminal, values.repo), {
      title: values.title,
      body: await bodyFrom(terminal, values.body),
      labels: namesIn(values.label),
      assignees: values.assignee === undefined ? undefined : [values.assignee],
      milestone: values.milestone === undefined ? undefined : numberOf(values.milestone),
    });
    if (values.json) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

const list = command({
  name: "issue list",
  about: "List the issues of a repository",
  options: {
    state: { type: "string", short: "s", value: "state", about: "open, closed or all (open)" },
    label: { type: "string", short: "l", value: "name", multiple: true, about: "Only with this label" },
    assignee: { type: "string", short: "a", value: "name", about: "Only of this person" },
    author: { type: "string", short: "A", value: "name", about: "Only by this person" },
    ...narrowing,
    repo,
    limit,
    json,
  },
  run: async ({ values, terminal }) => {
    const { call } = connect(terminal);
    const place = placeFrom(terminal, values.repo);
    const filter = {
      q: await queryFor(call, place, "issue", values),
      state: choice("state", values.state, states),
      labels: namesIn(values.label)?.join(","),
      assignee: values.assignee,
      creator: values.author,
    };
    const found = await upTo(limitOf(values.limit), (at) =>
      issuesListForRepo(call, { ...place, ...filter, ...at }),
    );
    if (values.json) return terminal.json(found);
    terminal.print(
      table(
        found.map((one) => [
          `#${one.number}`,
          one.state,
          one.title,
          one.labels.map((label) => label.name).join(", "),
        ]),
      ),
    );
  },
});

const view = command({
  name: "issue view",
  about: "Show an issue, with its comments when asked",
  parameters: ["number"],
  options: { comments: { type: "boolean", short: "c", about: "With the comments" }, repo, json },
  run: async ({ values, given: [number], terminal }) => {
    const { call } = connect(terminal);
    const at = { ...placeFrom(terminal, values.repo), issue_number: numberOf(number) };
    const { data } = await issuesGet(call, at);
    const comments = values.comments
      ? await upTo(1000, (page) => issuesListComments(call, { ...at, ...page }))
      : [];
    if (values.json) return terminal.json(values.comments ? { ...data, comments_list: comments } : data);
    terminal.print(
      [
        described(data),
        ...comments.map(
          (one) => `\n${one.user?.login ?? "ghost"}, ${one.created_at}\n\n${printable(one.body)}`,
        ),
      ].join("\n"),
    );
  },
});

const described = (data: Issue) =>
  [
    `${oneLine(data.title)} #${data.number}`,
    `${data.state}, by ${data.user?.login ?? "ghost"}, ${counted(data.comments, "comment")}`,
    ...(data.labels.length > 0
      ? [`labels     ${data.labels.map((one) => oneLine(one.name)).join(", ")}`]
      : []),
    ...(data.assignees.length > 0 ? [`assignees  ${data.assignees.map((one) => one.login).join(", ")}`] : []),
    ...(data.milestone ? [`milestone  ${oneLine(data.milestone.title)}`] : []),
    "",
    ...(data.body ? [printable(data.body), ""] : []),
    data.html_url,
  ].join("\n");

const close = command({
  name: "issue close",
  about: "Close an issue",
  parameters: ["number"],
  options: {
    reason: { type: "string", short: "r", value: "reason", about: "completed or not_planned (completed)" },
    repo,
  },
  run: async ({ values, given: [number], terminal }) => {
    const reason = choice("reason", values.reason, ["completed", "not_planned"]);
    const at = { ...placeFrom(terminal, values.repo), issue_number: numberOf(number) };
    const { data } = await issuesUpdate(connect(terminal).call, at, {
      state: "closed",
      state_reason: reason,
    });
    terminal.print(data.html_url);
  },
});

const reopen = command({
  name: "issue reopen",
  about: "Open an issue again",
  parameters: ["number"],
  options: { repo },
  run: async ({ values, given: [number], terminal }) => {
    const at = { ...placeFrom(terminal, values.repo), issue_number: numberOf(number) };
    const { data } = await issuesUpdate(connect(terminal).call, at, { state: "open" });
    terminal.print(data.html_url);
  },
});

const comment = command({
  name: "issue comment",
  about: "Say something about an issue",
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

const edit = command({
  name: "issue edit",
  about: "Change an issue",
  parameters: ["number"],
  options: {
    ...texts,
    label: { type: "string", short: "l", value: "name", multiple: true, about: "The labels it shall have" },
    assignee: { type: "string", short: "a", value: "name", about: "Who shall do it; empty for nobody" },
    milestone: { type: "string", short: "m", value: "number", about: "The milestone; empty for none" },
    repo,
    json,
  },
  run: async ({ values, given: [number], terminal }) => {
    const { title, label, assignee, milestone } = values;
    const changes = {
      title,
      body: await bodyFrom(terminal, values.body),
      labels: namesIn(label),
      assignees: assignee === undefined ? undefined : assignee === "" ? [] : [assignee],
      milestone: milestone === undefined ? undefined : milestone === "" ? null : numberOf(milestone),
    };
    if (Object.values(changes).every((one) => one === undefined))
      throw new UsageError("Nothing to change was said");
    const at = { ...placeFrom(terminal, values.repo), issue_number: numberOf(number) };
    const { data } = await issuesUpdate(connect(terminal).call, at, changes);
    if (values.json) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

export const issues = [create, list, view, close, reopen, comment, edit];
