import {
  reposCreateForAuthenticatedUser,
  reposCreateInOrg,
  reposDelete,
  reposGet,
  reposListForAuthenticatedUser,
  reposListForUser,
  reposUpdate,
  type FullRepository,
} from "../../api/client.gen.ts";
import { runGit } from "../checkout.ts";
import { choice, command, json, limit, limitOf } from "../command.ts";
import { connect, placeFrom, upTo } from "../connection.ts";
import { UsageError } from "../failures.ts";
import { counted, oneLine, table } from "../text.ts";
import { gitCredentialHelper } from "./auth.ts";

const description = { type: "string", short: "d", value: "text", about: "One line about it" } as const;

const create = command({
  name: "repo create",
  about: "Make a repository",
  parameters: ["name"],
  options: {
    description,
    private: { type: "boolean", about: "Only for those who are let in" },
    init: { type: "boolean", about: "Begin with a README" },
    sha256: { type: "boolean", about: "Name its objects by SHA-256 instead of SHA-1" },
    clone: { type: "boolean", about: "Clone it into a folder of its name" },
    json,
  },
  more: "The name is `name`, or `organization/name`.",
  run: async ({ values, given: [name = ""], terminal }) => {
    const { call, origin, login } = connect(terminal);
    const parts = name.split("/");
    const [org, bare] = parts.length > 1 ? parts : [undefined, name];
    const body = {
      name: bare ?? name,
      description: values.description,
      private: values.private ?? false,
      auto_init: values.init ?? false,
      object_format: values.sha256 ? ("sha256" as const) : ("sha1" as const),
    };
    const { data } =
      org === undefined || org === login
        ? await reposCreateForAuthenticatedUser(call, body)
        : await reposCreateInOrg(call, { org }, body);
    if (values.clone) clone(terminal, origin, data.clone_url, data.name);
    if (values.json) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

const list = command({
  name: "repo list",
  about: "List your repositories, or those of somebody",
  parameters: ["owner?"],
  options: { limit, json },
  run: async ({ values, given: [owner], terminal }) => {
    const { call } = connect(terminal);
    const found = await upTo(limitOf(values.limit), (at) =>
      owner === undefined
        ? reposListForAuthenticatedUser(call, { ...at, sort: "pushed" })
        : reposListForUser(call, { ...at, username: owner, sort: "pushed" }),
    );
    if (values.json) return terminal.json(found);
    terminal.print(
      table(found.map((one) => [one.full_name, one.private ? "private" : "public", one.description ?? ""])),
    );
  },
});

const view = command({
  name: "repo view",
  about: "Show a repository",
  parameters: ["repository?"],
  options: { json },
  run: async ({ values, given: [name], terminal }) => {
    const { data } = await reposGet(connect(terminal).call, placeFrom(terminal, name));
    if (values.json) terminal.json(data);
    else terminal.print(described(data));
  },
});

const described = (data: FullRepository) =>
  [
    `${data.full_name} (${data.private ? "private" : "public"}${data.archived ? ", archived" : ""})`,
    ...(data.description ? [oneLine(data.description)] : []),
    `${counted(data.stargazers_count, "star")}, ${counted(data.forks_count, "fork")}, ${counted(data.open_issues_count, "open issue")} and pull requests`,
    `default branch  ${data.default_branch}`,
    `clone           ${data.clone_url}`,
    `web             ${data.html_url}`,
  ].join("\n");

const cloneCommand = command({
  name: "repo clone",
  about: "Clone a repository; git signs in with your token from then on",
  parameters: ["repository", "folder?"],
  run: async ({ given: [name = "", folder], terminal }) => {
    const { call, origin } = connect(terminal);
    const { data } = await reposGet(call, placeFrom(terminal, name));
    clone(terminal, origin, data.clone_url, folder ?? data.name);
  },
});

/** The token stays with us: git is told to ask for it. */
function clone(
  terminal: Parameters<typeof runGit>[0],
  origin: string,
  address: string,
  folder: string,
): void {
  const helper = `credential.${origin}.helper`;
  // An empty helper first: what others keep for this host must not be asked before.
  const settings = [`${helper}=`, `${helper}=${gitCredentialHelper}`];
  runGit(terminal, ["clone", ...settings.flatMap((one) => ["--config", one]), "--", address, folder]);
}

const edit = command({
  name: "repo edit",
  about: "Change a repository",
  parameters: ["repository?"],
  options: {
    description,
    name: { type: "string", value: "text", about: "Its new name; the former one redirects" },
    homepage: { type: "string", value: "address", about: "Its page elsewhere" },
    "default-branch": { type: "string", value: "branch", about: "The branch that is shown first" },
    visibility: { type: "string", value: "public|private", about: "Who may see it" },
    archived: { type: "string", value: "true|false", about: "Whether it may only be read" },
    json,
  },
  run: async ({ values, given: [name], terminal }) => {
    const { json: asJson, archived, visibility, "default-branch": branch, ...rest } = values;
    const changes = {
      ...rest,
      default_branch: branch,
      visibility: choice("visibility", visibility, ["public", "private"]),
      archived:
        archived === undefined ? undefined : choice("archived", archived, ["true", "false"]) === "true",
    };
    if (Object.values(changes).every((one) => one === undefined))
      throw new UsageError("Nothing to change was said");
    const { data } = await reposUpdate(connect(terminal).call, placeFrom(terminal, name), changes);
    if (asJson) terminal.json(data);
    else terminal.print(data.html_url);
  },
});

const remove = command({
  name: "repo delete",
  about: "Delete a repository",
  parameters: ["repository"],
  options: { yes: { type: "boolean", about: "You mean it" } },
  run: async ({ values, given: [name], terminal }) => {
    const place = placeFrom(terminal, name);
    if (!values.yes)
      throw new UsageError(`This deletes ${place.owner}/${place.repo}; say --yes if you mean it`);
    await reposDelete(connect(terminal).call, place);
    terminal.note(`${place.owner}/${place.repo} is deleted`);
  },
});

export const repositories = [create, list, view, cloneCommand, edit, remove];
