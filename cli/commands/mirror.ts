import { setTimeout as pause } from "node:timers/promises";
import {
  importsCreate,
  migrationsGetImportStatus,
  mirrorsCreate,
  mirrorsDelete,
  mirrorsList,
  mirrorsSync,
} from "../../api/client.gen.ts";
import { choice, command, json, repo } from "../command.ts";
import { connect, placeFrom } from "../connection.ts";
import { Refused, UsageError } from "../failures.ts";
import { table } from "../text.ts";
import type { Terminal } from "../terminal.ts";

const credentials = {
  username: { type: "string", value: "name", about: "As whom the other server is asked" },
  "password-stdin": { type: "boolean", about: "Read the password or token for it from the input" },
} as const;

/** Never from the line itself, which everybody on the machine may read. */
const passwordFrom = async (terminal: Terminal, piped: boolean | undefined) =>
  piped ? (await terminal.readInput()).replace(/\r?\n$/, "") : undefined;

const watchMs = 1000;

const importRepository = command({
  name: "repo import",
  about: "Import a repository from another server",
  parameters: ["address", "name?"],
  options: {
    ...credentials,
    owner: { type: "string", value: "organization", about: "Whose it will be" },
    private: { type: "boolean", about: "Only for those who are let in" },
    mirror: { type: "boolean", about: "Follow the address from then on" },
    wait: { type: "boolean", about: "Stay until it is done, and say how far it is" },
    json,
  },
  run: async ({ values, given: [url = "", name], terminal }) => {
    const { call } = connect(terminal);
    const { data } = await importsCreate(call, {
      url,
      name,
      owner: values.owner,
      private: values.private ?? false,
      mirror: values.mirror ?? false,
      username: values.username,
      password: await passwordFrom(terminal, values["password-stdin"]),
    });
    const at = { owner: data.repository.owner.login, repo: data.repository.name };
    let state: Awaited<ReturnType<typeof migrationsGetImportStatus>>["data"] = data;
    for (let said = ""; values.wait && (state.state === "queued" || state.state === "running");) {
      const line = `${state.status_text ?? ""}: ${state.import_percent} %`;
      if (line !== said) terminal.note((said = line));
      await pause(watchMs);
      state = (await migrationsGetImportStatus(call, at)).data;
    }
    if (values.json) terminal.json(state);
    else terminal.print(data.repository.html_url);
    if (state.state === "failed") throw new Refused(state.error_message ?? "The import failed");
  },
});

function minutesOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new UsageError("--minutes is a number from 10 to 10080");
  return Number(text);
}

const list = command({
  name: "mirror list",
  about: "What a repository follows, and what follows it",
  options: { repo, json },
  run: async ({ values, terminal }) => {
    const { data } = await mirrorsList(connect(terminal).call, placeFrom(terminal, values.repo));
    if (values.json) return terminal.json(data);
    terminal.print(
      table(
        data.map((one) => [
          one.id,
          one.direction === "pull" ? "follows" : "followed by",
          one.state,
          one.url,
          one.error ?? "",
        ]),
      ),
    );
  },
});

const add = command({
  name: "mirror add",
  about: "Follow a repository elsewhere (pull), or have one follow this one (push)",
  parameters: ["pull|push", "address"],
  options: {
    ...credentials,
    repo,
    minutes: { type: "string", value: "number", about: "Between two runs, from 10 (60)" },
    overwrite: { type: "boolean", about: "Branches and tags that are here may be replaced" },
    json,
  },
  run: async ({ values, given: [direction, url = ""], terminal }) => {
    const { data } = await mirrorsCreate(connect(terminal).call, placeFrom(terminal, values.repo), {
      direction: choice("direction", direction, ["pull", "push"]) ?? "pull",
      url,
      username: values.username,
      password: await passwordFrom(terminal, values["password-stdin"]),
      interval_minutes: values.minutes === undefined ? undefined : minutesOf(values.minutes),
      overwrite: values.overwrite ?? false,
    });
    if (values.json) terminal.json(data);
    else terminal.print(data.id);
  },
});

const sync = command({
  name: "mirror sync",
  about: "Run a mirror now",
  parameters: ["id"],
  options: { repo },
  run: async ({ values, given: [id = ""], terminal }) => {
    await mirrorsSync(connect(terminal).call, { ...placeFrom(terminal, values.repo), mirror_id: id });
    terminal.note("It runs");
  },
});

const remove = command({
  name: "mirror remove",
  about: "End a mirror",
  parameters: ["id"],
  options: { repo },
  run: async ({ values, given: [id = ""], terminal }) => {
    await mirrorsDelete(connect(terminal).call, { ...placeFrom(terminal, values.repo), mirror_id: id });
    terminal.note("It is ended");
  },
});

export const mirrors = [importRepository, list, add, sync, remove];
