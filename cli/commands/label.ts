import { issuesCreateLabel, issuesListLabelsForRepo } from "../../api/client.gen.ts";
import { command, json, limit, limitOf, repo } from "../command.ts";
import { connect, placeFrom, upTo } from "../connection.ts";
import { table } from "../text.ts";

const list = command({
  name: "label list",
  about: "List the labels of a repository",
  options: { repo, limit, json },
  run: async ({ values, terminal }) => {
    const { call } = connect(terminal);
    const place = placeFrom(terminal, values.repo);
    const found = await upTo(limitOf(values.limit), (at) =>
      issuesListLabelsForRepo(call, { ...place, ...at }),
    );
    if (values.json) return terminal.json(found);
    terminal.print(table(found.map((one) => [one.name, `#${one.color}`, one.description ?? ""])));
  },
});

const create = command({
  name: "label create",
  about: "Make a label",
  parameters: ["name"],
  options: {
    repo,
    color: { type: "string", short: "c", value: "hex", about: "Six hex digits (ededed)" },
    description: { type: "string", short: "d", value: "text", about: "One line about it" },
    json,
  },
  run: async ({ values, given: [name = ""], terminal }) => {
    const { color, description } = values;
    const { data } = await issuesCreateLabel(connect(terminal).call, placeFrom(terminal, values.repo), {
      name,
      color,
      description,
    });
    if (values.json) terminal.json(data);
    else terminal.print(data.name);
  },
});

export const labels = [list, create];
