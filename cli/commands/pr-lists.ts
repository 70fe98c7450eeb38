import { pullsList, reviewsInbox, type PullRequest } from "../../api/client.gen.ts";
import { choice, command, json, limit, limitOf, repo } from "../command.ts";
import { connect, placeFrom, upTo } from "../connection.ts";
import { narrowing, queryFor } from "../listing.ts";
import { table } from "../text.ts";

export const list = command({
  name: "pr list",
  about: "List the pull requests of a repository",
  options: {
    state: { type: "string", short: "s", value: "state", about: "open, closed or all (open)" },
    base: { type: "string", short: "B", value: "branch", about: "Only into this branch" },
    head: { type: "string", short: "H", value: "owner:branch", about: "Only from this branch" },
    ...narrowing,
    repo,
    limit,
    json,
  },
  run: async ({ values, terminal }) => {
    const { call } = connect(terminal);
    const place = placeFrom(terminal, values.repo);
    const filter = {
      q: await queryFor(call, place, "pr", values),
      state: choice("state", values.state, ["open", "closed", "all"]),
      base: values.base,
      head: values.head,
    };
    const found = await upTo(limitOf(values.limit), (at) => pullsList(call, { ...place, ...filter, ...at }));
    if (values.json) return terminal.json(found);
    terminal.print(table(found.map((one) => [`#${one.number}`, stateOf(one), one.title, one.head.label])));
  },
});

export const reviews = command({
  name: "pr reviews",
  about: "List what waits for you and on whom your pull requests wait, in all repositories",
  options: { json },
  run: async ({ values, terminal }) => {
    const { data } = await reviewsInbox(connect(terminal).call);
    if (values.json) return terminal.json(data);
    terminal.print(
      table(
        data.items.map((one) => [
          one.section.replaceAll("_", " "),
          `${one.repository}#${one.number}`,
          one.title,
          one.sentence,
        ]),
      ),
    );
  },
});

/** Also what GitHub does not call a state. */
export const stateOf = (pull: Pick<PullRequest, "state" | "merged_at" | "draft">) => {
  if (pull.merged_at !== null) return "merged";
  return pull.draft && pull.state === "open" ? "draft" : pull.state;
};
