/** What becomes of a pull request after it was opened. */
import type { Call } from "../../api/call.ts";
import {
  checksListForRef,
  pullsGet,
  pullsRequestReviewers,
  pullsRestoreBranch,
  pullsSuggestReviewers,
  pullsUpdate,
  reposGetCombinedStatusForRef,
} from "../../api/client.gen.ts";
import { command, json, numberOf, repo } from "../command.ts";
import { connect, placeFrom } from "../connection.ts";
import { Refused, UsageError } from "../failures.ts";
import { table } from "../text.ts";
import { bodyFrom, namesIn, texts } from "./issue.ts";

const ready = command({
  name: "pr ready",
  about: "Mark a draft as ready for review",
  parameters: ["number"],
  options: { undo: { type: "boolean", about: "Make it a draft again" }, repo },
  run: async ({ values, given: [number], terminal }) => {
    const at = { ...placeFrom(terminal, values.repo), pull_number: numberOf(number) };
    const { data } = await pullsUpdate(connect(terminal).call, at, { draft: values.undo ?? false });
    terminal.print(data.html_url);
  },
});

const reopen = command({
  name: "pr reopen",
  about: "Open a closed pull request again",
  parameters: ["number"],
  options: {
    restore: { type: "boolean", about: "Make its branch again first, where its head is kept" },
    repo,
  },
  run: async ({ values, given: [number], terminal }) => {
    const { call } = connect(terminal);
    const at = { ...placeFrom(terminal, values.repo), pull_number: numberOf(number) };
    if (values.restore) await pullsRestoreBranch(call, at);
    terminal.print((await pullsUpdate(call, at, { state: "open" })).data.html_url);
  },
});

const edit = command({
  name: "pr edit",
  about: "Change the words of a pull request, its base, or who is asked to review it",
  parameters: ["number"],
  options: {
    ...texts,
    base: { type: "string", short: "B", value: "branch", about: "Into this branch from now on" },
    reviewer: { type: "string", short: "r", value: "name", multiple: true, about: "Ask for a review" },
    suggested: { type: "boolean", about: "Ask the best of the suggested reviewers" },
    repo,
    json,
  },
  run: async ({ values, given: [number], terminal }) => {
    const { call } = connect(terminal);
    const at = { ...placeFrom(terminal, values.repo), pull_number: numberOf(number) };
    const body = await bodyFrom(terminal, values.body);
    const reviewers = [...(namesIn(values.reviewer) ?? [])];
    if (values.suggested) {
      const [best] = (await pullsSuggestReviewers(call, at)).data;
      if (!best) throw new Refused("Nobody else wrote or reviewed what this changes");
      reviewers.push(best.user.login);
      if (!values.json) terminal.print(`${best.user.login} ${best.reason}`);
    }
    const said = [values.title, body, values.base].some((one) => one !== undefined);
    if (!said && reviewers.length === 0) throw new UsageError("Say what shall be different");
    if (said) await pullsUpdate(call, at, { title: values.title, body, base: values.base });
    if (reviewers.length > 0) await pullsRequestReviewers(call, at, { reviewers });
    const { data } = await pullsGet(call, at);
    if (values.json) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

/** As the forge counts them. */
const passed = ["success", "neutral", "skipped"];
const underWay = ["pending", "queued", "in_progress", "waiting", "requested"];

/** The run of each name that counts. */
async function everyRun(call: Call, at: { owner: string; repo: string; ref: string }) {
  const found = [];
  for (let page = 1; ; page += 1) {
    const { data } = await checksListForRef(call, { ...at, per_page: 100, page });
    found.push(...data.check_runs);
    if (data.check_runs.length < 100) return found;
  }
}

const checks = command({
  name: "pr checks",
  about: "Show how the checks of a pull request stand; ends with 1 unless all have succeeded",
  parameters: ["number"],
  options: { repo, json },
  run: async ({ values, given: [number], terminal }) => {
    const { call } = connect(terminal);
    const place = placeFrom(terminal, values.repo);
    const { data: pull } = await pullsGet(call, { ...place, pull_number: numberOf(number) });
    const { data: combined } = await reposGetCombinedStatusForRef(call, { ...place, ref: pull.head.sha });
    const runs = await everyRun(call, { ...place, ref: pull.head.sha });
    const lines = [
      ...combined.statuses.map((one) => [
        one.state,
        one.context,
        one.description ?? "",
        one.target_url ?? "",
      ]),
      ...runs.map((run) => [
        run.conclusion ?? run.status,
        run.name,
        run.output.title ?? "",
        run.details_url ?? run.html_url,
      ]),
    ];
    if (values.json) terminal.json({ ...combined, check_runs: runs });
    else if (lines.length > 0) terminal.print(table(lines));
    if (lines.length === 0) throw new Refused("No check has been reported");
    const states = lines.map(([state = ""]) => state);
    if (states.every((state) => passed.includes(state))) return;
    const failed = states.some((state) => !passed.includes(state) && !underWay.includes(state));
    throw new Refused(`The checks are at ${failed ? "failure" : "pending"}`);
  },
});

export const pullChanges = [ready, reopen, edit, checks];
