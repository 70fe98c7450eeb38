/** Signing in, and lending the token to git. */
import { fileURLToPath } from "node:url";
import { usersGetAuthenticated } from "../../api/client.gen.ts";
import { command, json } from "../command.ts";
import { callAs, connect } from "../connection.ts";
import { Refused, SignInNeeded, UsageError } from "../failures.ts";
import { originOf, readSignIns, signInFile, writeSignIns } from "../sign-ins.ts";
import { table } from "../text.ts";

const host = {
  type: "string",
  value: "address",
  about: "The forge, for example https://forge.example",
} as const;

const login = command({
  name: "auth login",
  about: "Sign in to a forge with a token",
  parameters: ["address?"],
  options: {
    host,
    token: {
      type: "string",
      value: "text",
      about: "Others on this machine can see it while the command runs",
    },
    "with-token": { type: "boolean", about: "Read the token from the input" },
  },
  more: "A token is made in the settings of the forge, or on its machine with: wit admin token create",
  run: async ({ values, given, terminal }) => {
    const signIns = readSignIns(terminal);
    const named = given[0] ?? values.host ?? terminal.env["WIT_HOST"] ?? signIns.current;
    if (!named) throw new UsageError("<address> is missing");
    const origin = originOf(named);
    const token =
      values.token ??
      (values["with-token"]
        ? (await terminal.readInput()).trim()
        : await terminal.askSecret(`A token for ${origin} (made at ${origin}/settings/tokens): `));
    if (token === "") throw new UsageError("The token is empty");
    const { data } = await usersGetAuthenticated(callAs(origin, token));
    const hosts = { ...signIns.hosts, [origin]: { login: data.login, token } };
    writeSignIns(terminal, { current: origin, hosts });
    terminal.note(`You are ${data.login} at ${origin}`);
  },
});

const logout = command({
  name: "auth logout",
  about: "Forget the token of a forge",
  options: { host },
  more: "The token itself stays valid until it is revoked in the settings of the forge.",
  run: ({ values, terminal }) => {
    const { hosts, current } = readSignIns(terminal);
    const origin = values.host === undefined ? current : originOf(values.host);
    if (origin === null || !hosts[origin]) throw new SignInNeeded("You are not signed in");
    const { [origin]: _, ...others } = hosts;
    writeSignIns(terminal, { current: Object.keys(others)[0] ?? null, hosts: others });
    terminal.note(`You are signed out of ${origin}`);
  },
});

const status = command({
  name: "auth status",
  about: "Say where you are signed in, and whether the token still works",
  options: { json },
  run: async ({ values, terminal }) => {
    const { hosts, current } = readSignIns(terminal);
    const { WIT_HOST: named, WIT_TOKEN: given } = terminal.env;
    const origins = given && named ? [originOf(named)] : Object.keys(hosts);
    if (origins.length === 0) throw new SignInNeeded("You are not signed in. Sign in with: wit auth login");
    const found = await Promise.all(
      origins.map(async (origin) => {
        try {
          const { data } = await usersGetAuthenticated(callAs(origin, given || hosts[origin]?.token));
          return { host: origin, login: data.login, current: origin === current, valid: true, problem: "" };
        } catch (error) {
          const problem = error instanceof Error ? error.message : String(error);
          return {
            host: origin,
            login: hosts[origin]?.login ?? "",
            current: origin === current,
            valid: false,
            problem,
          };
        }
      }),
    );
    if (values.json) terminal.json(found);
    else terminal.print(table(found.map((one) => [one.valid ? "✓" : "✗", one.host, one.login, one.problem])));
    if (!values.json) terminal.note(`Tokens are kept in ${signInFile(terminal)}`);
    if (found.every((one) => !one.valid)) throw new SignInNeeded("No token works");
  },
});

/** How git is told to ask us: the path may hold spaces. */
export const gitCredentialHelper = `!'${fileURLToPath(new URL("../bin.mjs", import.meta.url)).replaceAll("'", "'\\''")}' auth git-credential`;

const gitCredential = command({
  name: "auth git-credential",
  about: "Answer git's question for a user name and password (git-credential(7))",
  parameters: ["act"],
  hidden: true,
  run: async ({ given: [act], terminal }) => {
    const asked = new Map(
      (await terminal.readInput()).split("\n").map((line): [string, string] => {
        const at = line.indexOf("=");
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    );
    if (act !== "get") return;
    const origin = `${asked.get("protocol") ?? ""}://${asked.get("host") ?? ""}`;
    const known = readSignIns(terminal).hosts[origin];
    const { WIT_TOKEN: token } = terminal.env;
    if (token && connect(terminal).origin === origin) terminal.raw(`username=wit\npassword=${token}\n`);
    else if (known) terminal.raw(`username=${known.login}\npassword=${known.token}\n`);
    else throw new Refused(`You are not signed in at ${origin}`);
  },
});

export const authentication = [login, logout, status, gitCredential];
