/** Which file may import which: the layers of the product, from the bottom up. */
import type { DomainFacts } from "./domain-list.ts";
import { isTest } from "./sources.ts";

export type Layer =
  | "language"
  | "git"
  | "kernel"
  | "domain"
  | "pages"
  | "composition"
  | "web-ui"
  | "web"
  | "api"
  | "cli"
  | "tools"
  | "root";

export interface Zone {
  readonly layer: Layer;
  /** The domain's folder. */
  readonly domain?: string;
}

export function zoneOf(file: string): Zone {
  const domain = /^server\/domains\/([^/]+)\//.exec(file)?.[1];
  if (file.startsWith("language/")) return { layer: "language" };
  if (domain !== undefined) return { layer: "domain", domain };
  if (file.startsWith("server/git/")) return { layer: "git" };
  if (file.startsWith("server/kernel/")) return { layer: "kernel" };
  if (file.startsWith("server/pages/")) return { layer: "pages" };
  if (file.startsWith("server/")) return { layer: "composition" };
  if (file.startsWith("web/ui/")) return { layer: "web-ui" };
  if (file.startsWith("web/")) return { layer: "web" };
  if (file.startsWith("api/")) return { layer: "api" };
  if (file.startsWith("cli/")) return { layer: "cli" };
  if (/^(?:tools|e2e|bench)\//.test(file)) return { layer: "tools" };
  return { layer: "root" };
}

const everything = [
  "language",
  "git",
  "kernel",
  "domain",
  "pages",
  "composition",
  "web-ui",
  "web",
  "api",
  "cli",
  "tools",
  "root",
] as const;

const below: Readonly<Record<Layer, readonly Layer[]>> = {
  // What people type: everybody speaks it, it knows nobody.
  language: ["language"],
  git: ["git"],
  kernel: ["git", "kernel"],
  domain: ["language", "git", "kernel", "domain"],
  pages: ["language", "git", "kernel", "domain", "pages"],
  composition: ["language", "git", "kernel", "domain", "pages", "composition"],
  "web-ui": ["web-ui"],
  web: ["language", "web-ui", "web", "api"],
  api: ["api"],
  cli: ["language", "api", "cli"],
  tools: everything,
  root: everything,
};

/** What every layer of the server may know of the composition: the shape of a domain, and the product's version. */
const declarations = new Set(["server/domain.ts", "server/version.ts"]);

/** Where the command line enters the server: what whoever holds the data folder may do, and serving itself. */
const localDoors = new Set(["server/local.ts", "server/main.ts"]);

/** Files of a domain that those above it may import. */
const doors = /^server\/domains\/[^/]+\/(?:index\.ts|(?:[^/]+\/)?schema\.ts)$/;

/** Packages that belong to one place. A pattern for the packages, and one for the files that may have them. */
const packages: readonly {
  readonly name: RegExp;
  readonly may: RegExp;
  readonly why: string;
  readonly inTests?: boolean;
}[] = [
  { name: /^pg(?:$|\/)/, may: /^$/, why: "queries go through drizzle over the postgres driver" },
  {
    name: /^postgres$/,
    inTests: true,
    may: /^(?:server\/kernel\/|tools\/|e2e\/|bench\/)/,
    why: "only the kernel speaks to the driver",
  },
  {
    name: /^drizzle-orm(?:$|\/)/,
    may: /^(?:server\/(?!git\/)|tools\/|e2e\/|bench\/)/,
    why: "git knows no database, the web and the command line know only the API",
  },
  {
    name: /^hono(?:$|\/)|^@hono\//,
    may: /^(?:server\/(?!git\/)|tools\/|e2e\/|bench\/)/,
    why: "HTTP belongs to the server",
  },
  {
    name: /^react(?:$|-dom|\/)/,
    may: /^(?:web\/|tools\/|e2e\/|server\/kernel\/mail\/)/,
    why: "pages belong to the web",
  },
  { name: /^pg-boss$/, may: /^(?:server\/kernel\/|tools\/)/, why: "jobs go through kernel/jobs" },
];

/** Why `file` may not import `target`, or nothing. */
export function refusal(
  file: string,
  target: string,
  domains: ReadonlyMap<string, DomainFacts>,
): { what: string; mend: string } | undefined {
  const from = zoneOf(file);
  const to = zoneOf(target);
  if (isTest(file)) return refusalInTest(file, target, from, to);
  if ((/(?:^|\/)testing\//.test(target) || isTest(target)) && from.layer !== "tools" && from.layer !== "root")
    return {
      what: `imports ${target}, which is for tests`,
      mend: "move what is needed out of the test code",
    };
  if (declarations.has(target) && file.startsWith("server/")) return undefined;
  if (from.layer === "cli" && localDoors.has(target)) return undefined;
  if (!below[from.layer].includes(to.layer))
    return { what: `${said(from)} imports ${target}`, mend: lesson(from, to) };
  if (to.layer !== "domain" || to.domain === from.domain) return undefined;
  if (from.layer === "composition") return undefined;
  if (!doors.test(target))
    return {
      what: `imports ${target}, which is inside another domain`,
      mend: `export it from server/domains/${to.domain}/index.ts`,
    };
  if (from.layer !== "domain") return undefined;
  const own = domains.get(from.domain ?? "");
  if (!own || own.uses.includes(to.domain ?? "")) return undefined;
  const other = domains.get(to.domain ?? "");
  return other && other.place > own.place
    ? {
        what: `${own.name} imports ${target}, which stands above it`,
        mend: "call down, tell up: let the higher domain subscribe to an event or call in",
      }
    : { what: `imports ${target} without saying so`, mend: `add "${to.domain}" to uses in domain.ts` };
}

/** Tests stand beside what they prove and may set the scene through any door of the server, never through a window. */
function refusalInTest(file: string, target: string, from: Zone, to: Zone) {
  const inside = to.layer === "domain" && to.domain !== from.domain && !doors.test(target);
  if (inside && from.layer !== "tools" && !isTest(target))
    return {
      what: `imports ${target}, which is inside another domain`,
      mend: "set the scene through the API",
    };
  if (from.layer === "git" && to.layer !== "git" && to.layer !== "tools")
    return { what: `git's test imports ${target}`, mend: "git is proved without the rest" };
  if (file.startsWith("web/") && target.startsWith("server/"))
    return { what: `imports ${target}`, mend: "the web is proved through the API" };
  return undefined;
}

/** Why `file` may not import the package, or nothing. */
export function packageRefusal(file: string, name: string): { what: string; mend: string } | undefined {
  const rule = packages.find((one) => one.name.test(name));
  if (!rule || rule.may.test(file) || (isTest(file) && rule.inTests)) return undefined;
  return { what: `imports the package ${name}`, mend: rule.why };
}

const said = (zone: Zone) => (zone.layer === "domain" ? `the domain ${zone.domain}` : zone.layer);

function lesson(from: Zone, to: Zone): string {
  if (from.layer === "language") return "the language stands alone: hand it what it needs as an argument";
  if (from.layer === "git") return "git knows git alone: hand it what it needs as an argument";
  if (from.layer === "kernel") return "the kernel knows no domain: take a function or an interface instead";
  if (from.layer === "web-ui") return "the design system knows no domain and no page: pass it in";
  if (from.layer === "web" || from.layer === "cli") return "use the API through api/";
  if (from.layer === "api") return "api/ stands alone: anyone may use it";
  if (to.layer === "pages") return "pages stand above the domains";
  return "imports point down: git < kernel < domains < pages < composition";
}
