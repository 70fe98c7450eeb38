/** How files are named and how long they get; which kinds of thing stand in which file of a slice. */
import { posix } from "node:path";
import { outcome, type Check, type Problem } from "./check.ts";
import { isTest, type Sources } from "./sources.ts";

const longest = 250;
const readmeLines = 30;

const folders = /^(?:language|server|web|cli|api|tools|e2e|bench)\//;

/** Names that say nothing: what is in there has a noun of its own. */
const nameless =
  /^(?:utils?|helpers?|commons?|services?|managers?|misc|shared|lib|stuff|base|core-utils|types|constants|interfaces|handlers?|controllers?|models?|repository|dao|dto)$/;

/** Where the thing is really what its name says. */
const allowed = new Set(["server/services.ts", "web/ui/base.css"]);

/** What people write for one of the names that every slice shares. */
const misnamed: Readonly<Record<string, string>> = {
  route: "routes",
  api: "routes",
  endpoints: "routes",
  query: "queries",
  reads: "queries",
  command: "commands",
  writes: "commands",
  mutations: "commands",
  event: "events",
  job: "jobs",
  worker: "jobs",
  workers: "jobs",
  view: "views",
  serializers: "views",
  presenters: "views",
  policies: "policy",
  permissions: "policy",
  table: "schema",
  tables: "schema",
  db: "schema",
};

/** Kinds of thing that stand in one place of a slice: the function that declares them, where it comes from, and the place. */
const kinds: readonly {
  readonly call: RegExp;
  readonly from: string;
  readonly place: RegExp;
  readonly name: string;
}[] = [
  {
    call: /\b\w*[tT]able\(\s*"/,
    from: "drizzle-orm/pg-core",
    place: /\/schema\.ts$/,
    name: "a table in schema.ts",
  },
  { call: /\beventType\(/, from: "/kernel/events.ts", place: /\/events\.ts$/, name: "an event in events.ts" },
  {
    call: /\bsubscription\(/,
    from: "/kernel/events.ts",
    place: /\/jobs(?:\.ts$|\/)/,
    name: "a subscription in jobs.ts",
  },
  {
    call: /(?<![.\w])route\(\{/,
    from: "/kernel/http/route.ts",
    place: /\/(?:(?:routes|web)(?:\.ts$|\/)|[\w-]+-routes\.ts$)/,
    name: "a route in routes.ts or routes/, the data of a page in web.ts or web/",
  },
];

export const fileSize: Check = {
  name: "file size",
  run(sources) {
    const problems: Problem[] = [];
    for (const file of sources.code) {
      if (!folders.test(file) || isTest(file)) continue;
      const count = sources.read(file).trimEnd().split("\n").length;
      if (count > longest)
        problems.push({
          where: file,
          what: `has ${count} lines of at most ${longest}`,
          mend: "find the missing noun",
        });
    }
    return outcome(problems);
  },
};

export const fileNames: Check = {
  name: "file names",
  run(sources) {
    const problems: Problem[] = [];
    for (const file of sources.files) {
      if (!folders.test(file) || allowed.has(file)) continue;
      const parts = file.split("/");
      for (const [index, part] of parts.entries()) {
        if (index === 0) continue;
        const bare = part.replace(/(?:\.\w+)+$/, "");
        if (nameless.test(bare))
          problems.push({
            where: file,
            what: `${bare} says nothing of what is inside`,
            mend: "name the noun",
          });
        if (/\.(?:ts|tsx|css)$/.test(file) && !/^[a-z0-9]+(?:[-.][a-z0-9]+)*(?:\.d)?$/.test(bare))
          problems.push({ where: file, what: `${part} is not in kebab-case`, mend: "rename it" });
      }
    }
    return outcome(problems);
  },
};

export const sliceShape: Check = {
  name: "slices",
  run(sources) {
    const problems: Problem[] = [];
    const domains = new Set<string>();
    for (const file of sources.files) {
      const found = /^server\/domains\/([^/]+)\/(.+)$/.exec(file);
      if (!found) continue;
      const [, domain = "", inside = ""] = found;
      domains.add(domain);
      problems.push(...misplaced(sources, file, inside));
    }
    for (const domain of domains) problems.push(...incomplete(sources, domain));
    return outcome(problems, `${domains.size} slices`);
  },
};

function misplaced(sources: Sources, file: string, inside: string): Problem[] {
  const problems: Problem[] = [];
  const depth = inside.split("/").length;
  if (depth > 3)
    problems.push({ where: file, what: "stands too deep", mend: "a slice has sub-slices, and no more" });
  for (const part of isTest(file) ? [] : inside.split("/")) {
    const right = misnamed[part.replace(/\.tsx?$/, "")];
    if (right !== undefined)
      problems.push({
        where: file,
        what: `${part} is called ${right} in every slice`,
        mend: `rename it to ${right}`,
      });
  }
  if (!file.endsWith(".ts") || isTest(file)) return problems;
  const text = sources.read(file);
  for (const { call, from, place, name } of kinds) {
    if (!place.test(file) && text.includes(from) && call.test(text))
      problems.push({ where: file, what: `declares what does not stand here`, mend: name });
  }
  return problems;
}

function incomplete(sources: Sources, domain: string): Problem[] {
  const folder = `server/domains/${domain}`;
  const problems: Problem[] = [];
  for (const name of ["domain.ts", "README.md"]) {
    if (!sources.has(posix.join(folder, name)))
      problems.push({ where: folder, what: `has no ${name}`, mend: "copy the one of labels" });
  }
  const readme = `${folder}/README.md`;
  if (sources.has(readme)) {
    const count = sources.read(readme).trimEnd().split("\n").length;
    if (count > readmeLines)
      problems.push({
        where: readme,
        what: `has ${count} lines of at most ${readmeLines}`,
        mend: "say less",
      });
  }
  const tested = sources.files.some((file) => file.startsWith(`${folder}/`) && isTest(file));
  if (!tested) problems.push({ where: folder, what: "has no test", mend: "prove it beside the code" });
  return problems;
}
