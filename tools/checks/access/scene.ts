/** Where the routes are asked: a repository with one of everything that a path can name. */
import { apiRoutes } from "../../../server/app.ts";
import { people, type PersonName } from "../../testing/people.ts";
import type { World } from "../../testing/world.ts";
import { rules, type Rule } from "./things.ts";

export interface Heard {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- the answers of all routes
  readonly body: any;
}

/** Asks as the holder of a token. A body that is a string is sent as it is. */
export async function ask(
  world: World,
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<Heard> {
  const response = await world.app.fetch(
    new Request(`${world.url}/api/v3${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `token ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      redirect: "manual",
    }),
  );
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: isJson && text !== "" ? (JSON.parse(text) as unknown) : text };
}

/** A repository of Alice's with one of everything, each made when it is first asked for. */
export class Scene {
  readonly world: World;
  readonly repo: string;
  readonly #made = new Map<Rule["value"], Promise<string>>();

  constructor(world: World, repo: string) {
    this.world = world;
    this.repo = repo;
  }

  /** As Alice, below the repository unless the path begins with `//`. @throws when it is refused */
  alice(method: string, path: string, body?: unknown): Promise<Heard["body"]> {
    return this.#granted("alice", method, path, body);
  }

  /** As the administrator. @throws when it is refused */
  root(method: string, path: string, body?: unknown): Promise<Heard["body"]> {
    return this.#granted("root", method, path, body);
  }

  async #granted(who: PersonName, method: string, path: string, body: unknown): Promise<Heard["body"]> {
    const full = path.startsWith("//") ? path.slice(1) : `/repos/alice/${this.repo}${path}`;
    const { status, body: answer } = await ask(this.world, people[who].token, method, full, body);
    if (status >= 300)
      throw new Error(`${method} ${full} answered ${status}: ${JSON.stringify(answer).slice(0, 300)}`);
    return answer;
  }

  /** What a path's parameter is called in this scene; undefined for a parameter that nobody has thought about. */
  value(path: string, parameter: string): Promise<string> | undefined {
    const rule = rules.find((one) => one.parameter === parameter && (one.on?.test(path) ?? true));
    if (!rule) return undefined;
    let made = this.#made.get(rule.value);
    if (!made) {
      made = Promise.resolve(rule.value(this));
      this.#made.set(rule.value, made);
    }
    return made;
  }
}

/** A path with its parameters filled in. @throws for a parameter without a rule */
export async function fill(
  scene: Scene,
  path: string,
  others: Readonly<Record<string, string>> = {},
): Promise<string> {
  let filled = path;
  for (const [written, parameter = "", star] of path.matchAll(/\{(\w+)(\*?)\}/g)) {
    const value = others[parameter] ?? (await scene.value(path, parameter));
    if (value === undefined)
      throw new Error(`Say in tools/checks/access/things.ts what {${parameter}} of ${path} is called`);
    filled = filled.replace(
      written,
      star ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value),
    );
  }
  return filled;
}

export const parametersOf = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\*?\}/g)].map(([, name = ""]) => name);

export const routes = apiRoutes;
