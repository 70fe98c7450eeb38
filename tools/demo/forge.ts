/** A forge that is reached as anybody reaches it: by HTTP, with a person's own credentials. */
import { createCall, type Call } from "../../api/call.ts";
import { people, type PersonName } from "../testing/people.ts";

/** Somebody who is signed in. */
export interface Guest {
  readonly name: PersonName;
  readonly token: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body?: unknown): Promise<T>;
}

export type Guests = Readonly<Record<PersonName, Guest>>;

const guestScopes = ["repo:read", "repo:write", "user:read", "user:write"];

/** The first administrator sets the instance up, the others sign themselves up; everyone gets a token. */
export async function signUpEveryone(url: string): Promise<Guests> {
  const root = await join(url, "root", "/setup", { sign_up: "open" });
  const others = (Object.keys(people) as PersonName[]).filter((name) => name !== "root");
  const guests = await Promise.all(others.map((name) => join(url, name, "/users", {})));
  return Object.fromEntries([root, ...guests].map((guest) => [guest.name, guest])) as Guests;
}

async function join(url: string, name: PersonName, path: string, more: object): Promise<Guest> {
  const { email, password, name: fullName } = people[name];
  const anonymous = createCall({ root: `${url}/api/v3` });
  const body = { login: name, email, password, name: fullName, ...more };
  const { headers } = await anonymous({ method: "POST", path, body });
  const cookie = headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  // As a page of ours would ask: a cookie alone proves nothing.
  const session = createCall({ root: `${url}/api/v3`, headers: { cookie, origin: new URL(url).origin } });
  const scopes = name === "root" ? [...guestScopes, "admin"] : guestScopes;
  const { data } = await session<{ token: string }>({
    method: "POST",
    path: "/user/tokens",
    body: { name: "demo", scopes },
  });
  return guestOf(
    name,
    data.token,
    createCall({ root: `${url}/api/v3`, headers: { authorization: `Bearer ${data.token}` } }),
  );
}

function guestOf(name: PersonName, token: string, call: Call): Guest {
  const send =
    (method: "GET" | "POST" | "PUT" | "PATCH") =>
    async <T>(path: string, body?: unknown): Promise<T> => {
      try {
        return (await call<T>({ method, path, body })).data;
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(
          `${name} was refused ${method} ${path}: ${why} ${JSON.stringify((error as { errors?: unknown }).errors ?? "")}`,
          {
            cause: error,
          },
        );
      }
    };
  return { name, token, get: send("GET"), post: send("POST"), put: send("PUT"), patch: send("PATCH") };
}
