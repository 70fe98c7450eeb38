/** What whoever holds the data folder may do on the server's machine. */
import { command } from "../command.ts";
import { UsageError } from "../failures.ts";
import type { Terminal } from "../terminal.ts";

/** Loaded only here: it brings the whole server. */
const local = () => import("../../server/local.ts");

const where = `Works on the data folder of this machine (WIT_DATA, DATABASE_URL), whether or not the server runs.`;

const password = async (terminal: Terminal, given: string | undefined, piped: boolean | undefined) => {
  if (given !== undefined) return given;
  const secret = piped
    ? (await terminal.readInput()).replace(/\r?\n$/, "")
    : await terminal.askSecret("Password: ");
  if (secret === "") throw new UsageError("The password is empty");
  return secret;
};

const createUser = command({
  name: "admin user create",
  about: "Make an account on the forge of this machine",
  options: {
    username: { type: "string", required: true, value: "name", about: "The name, which is also the address" },
    email: {
      type: "string",
      required: true,
      value: "address",
      about: "Where letters go; counts as confirmed",
    },
    password: {
      type: "string",
      value: "text",
      about: "Others on this machine can see it while the command runs",
    },
    "password-stdin": { type: "boolean", about: "Read the password from the input" },
    admin: { type: "boolean", about: "Give them the administration of the instance" },
  },
  more: where,
  run: async ({ values, terminal }) => {
    const { createAccount } = await local();
    const secret = await password(terminal, values.password, values["password-stdin"]);
    const { username, email, admin = false } = values;
    terminal.print(await createAccount(terminal.env, { username, email, password: secret, admin }));
  },
});

const createToken = command({
  name: "admin token create",
  about: "Make an access token for a user of the forge of this machine, and print it alone",
  options: {
    user: { type: "string", required: true, value: "name", about: "Whose token" },
    scopes: {
      type: "string",
      required: true,
      value: "a,b",
      about: "repo:read, repo:write, user:read, user:write, admin",
    },
    name: { type: "string", value: "text", about: "To recognize it by (command line)" },
  },
  more: `${where}\nThe token never expires; its user revokes it in the settings.`,
  run: async ({ values, terminal }) => {
    const { createAccessToken } = await local();
    const scopes = values.scopes.split(/[\s,]+/).filter((one) => one !== "");
    if (scopes.length === 0) throw new UsageError("--scopes names none");
    const name = values.name ?? "command line";
    terminal.print(await createAccessToken(terminal.env, { username: values.user, scopes, name }));
  },
});

const databaseUrl = command({
  name: "db url",
  about: "Print the address of the database of the forge of this machine",
  more: 'The embedded database answers there while the server runs: psql "$(wit db url)"',
  run: async ({ terminal }) => terminal.raw(`${(await local()).databaseUrl(terminal.env)}\n`),
});

const serve = command({
  name: "serve",
  about: "Serve the forge of this machine until it is told to stop",
  more: "The environment decides: PORT, SSH_PORT, WIT_DATA, WIT_URL, DATABASE_URL (see docs/OPERATIONS.md).",
  run: async () => void (await import("../../server/main.ts")),
});

export const administration = [createUser, createToken, databaseUrl, serve];
