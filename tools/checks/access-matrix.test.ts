/**
 * Who may use which route: every route is asked by everyone, on a public and on a private repository. A write is asked with a
 * body that is no JSON: it is read after access is proved, so that whoever may is answered 400 and nothing changes.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../testing/world.ts";
import { search, type ApiRequest } from "../../api/call.ts";
import { people } from "../testing/people.ts";
import { isKnown, verdict } from "./access/demands.ts";
import { noNestedIds, refinements, saysNoBy404 } from "./access/exceptions.ts";
import { personas, type Persona } from "./access/personas.ts";
import { sampleBody } from "./access/sample-body.ts";
import { Scene, ask, fill, parametersOf, routes } from "./access/scene.ts";

const noLimits = { userRequests: 1_000_000_000, anonymousRequests: 1_000_000_000 };
const nested = /^(?:\/_web)?\/repos\/\{owner\}\/\{repo\}/;

let world: World;
let everyone: Persona[];
let open: Scene;
let hidden: Scene;

beforeAll(async () => {
  world = await createWorld({ limits: noLimits });
  everyone = await personas(world);
  open = new Scene(world, "demo");
  hidden = new Scene(world, "secret");
  for (const [login, permission] of [
    ["bob", "push"],
    ["carol", "pull"],
  ])
    await hidden.alice("PUT", `/collaborators/${login}`, { permission });
});
afterAll(async () => {
  await world.settle();
  await world.close();
});

type Query = ApiRequest["query"];

const title = (route: (typeof routes)[number]) => `${route.method} ${route.path} [${route.access.name}]`;

describe("a route lets in whom its access names, and nobody else", () => {
  it.each(routes.map((route) => [title(route), route] as const))("%s", async (_title, route) => {
    expect(isKnown(route.access.name), `say in demands.ts what ${route.access.name} demands`).toBe(true);
    const repositories = nested.test(route.path) ? [open, hidden] : [open];
    const wrong: string[] = [];
    for (const scene of repositories) {
      const path = await fill(scene, route.path);
      const body = route.method === "GET" ? undefined : "{";
      await Promise.all(
        everyone.map(async (persona) => {
          const access = refinements[route.operation]?.access ?? route.access.name;
          const wanted = verdict(access, persona, { isPrivate: scene === hidden });
          const { status } = await ask(world, persona.token, route.method, path, body);
          const refused = status === 401 || status === 403 || status === 404;
          const no = status === 404 && saysNoBy404.has(route.operation);
          const right = status < 500 && (wanted === "allowed" ? !refused || no : status === wanted);
          if (!right) wrong.push(`${persona.title} at ${path}: ${status} instead of ${wanted}`);
        }),
      );
    }
    expect(wrong).toEqual([]);
  });
});

describe("a thing of another repository is not there", () => {
  const things = (path: string) => parametersOf(path).filter((name) => name !== "owner" && name !== "repo");
  const candidates = routes.filter(
    (route) => nested.test(route.path) && things(route.path).length > 0 && !noNestedIds.has(route.operation),
  );

  beforeAll(async () => {
    await open.alice("POST", "//user/repos", { name: "other", auto_init: true });
  });

  it.each(candidates.map((route) => [title(route), route] as const))("%s", async (_title, route) => {
    const query = sampleBody(route.query);
    const path = (await fill(open, route.path, { repo: "other" })) + search(query as Query);
    const body = route.method === "GET" ? undefined : (sampleBody(route.body) ?? {});
    const { status, body: answer } = await ask(world, people.alice.token, route.method, path, body);
    const wanted = refinements[route.operation]?.unknown ?? 404;
    expect(status, `${path} answered ${JSON.stringify(answer).slice(0, 300)}`).toBe(wanted);
  });
});

describe("no route breaks", () => {
  /** What destroys comes last, and the deeper thing before what holds it. */
  const destroysLast = (a: (typeof routes)[number], b: (typeof routes)[number]) =>
    Number(a.method === "DELETE") - Number(b.method === "DELETE") || b.path.length - a.path.length;

  it("on the smallest body it accepts, whoever asks", async () => {
    const broken: string[] = [];
    for (const route of routes.filter((one) => one.method !== "GET").toSorted(destroysLast)) {
      for (const asking of ["mallory", "alice", "root"] as const) {
        const path = await fill(open, route.path);
        const body = route.rawBody ? "sample" : (sampleBody(route.body) ?? {});
        const { status, body: answer } = await ask(world, people[asking].token, route.method, path, body);
        if (status >= 500)
          broken.push(`${asking}: ${route.method} ${path}: ${status} ${JSON.stringify(answer)}`);
      }
    }
    expect(broken).toEqual([]);
  });
});
