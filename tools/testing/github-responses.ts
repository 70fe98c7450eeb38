/**
 * What GitHub says its API answers, cut out of its OpenAPI document once: the document has 13 MB, of which the shapes of
 * answers are an eighth. The cut is kept in `.cache/` under the version of the package it came from.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

export type Schema = { readonly [key: string]: unknown };

export interface GitHubResponses {
  /** By operation, then by status. `null` is an answer without a JSON body. */
  readonly operations: Readonly<Record<string, Readonly<Record<string, Schema | null>>>>;
  /** The named shapes that the answers refer to. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

const require = createRequire(import.meta.url);
const cache = resolve(import.meta.dirname, "..", "..", ".cache");

/** Raised when the cut itself changes. */
const edition = 3;

/** What the answers call the collection of named shapes. */
export const shapesId = "github";

export function githubResponses(): GitHubResponses {
  const { version } = JSON.parse(readFileSync(require.resolve("@octokit/openapi/package.json"), "utf8")) as {
    version: string;
  };
  const file = join(cache, `github-responses-${version}-${edition}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as GitHubResponses;
  const document = require.resolve("@octokit/openapi/generated/api.github.com.json");
  const responses = cut(JSON.parse(readFileSync(document, "utf8")) as Document);
  mkdirSync(dirname(file), { recursive: true });
  // Several workers may cut at once: each writes its own and the last rename wins.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(responses));
  renameSync(draft, file);
  return responses;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { readonly operationId?: string; readonly responses?: Record<string, Response> }>
      >
    >
  >;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

function cut(document: Document): GitHubResponses {
  const operations: Record<string, Record<string, Schema | null>> = {};
  const schemas: Record<string, Schema> = {};
  const wanted: string[] = [];
  const keep = (schema: Schema): Schema => plainSchema(schema, (name) => wanted.push(name)) as Schema;
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) {
      if (operation.operationId === undefined) continue;
      const answers: Record<string, Schema | null> = (operations[operation.operationId] = {});
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        const meant = response.$ref ? document.components.responses[nameOf(response.$ref)] : response;
        const schema = meant?.content?.["application/json"]?.schema;
        answers[status] = schema ? keep(schema) : null;
      }
    }
  }
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const schema = document.components.schemas[name];
    if (schema && !schemas[name]) schemas[name] = keep(schema);
  }
  for (const name of ["pull-request", "pull-request-simple"]) allowNoHeadRepository(schemas[name]);
  return { operations, schemas };
}

const nameOf = (reference: string): string => reference.split("/").at(-1) ?? "";

/**
 * The description forgot what GitHub answers for the branch of a fork that was deleted: `head.repo` is null
 * (https://github.com/github/rest-api-description/issues/1811).
 */
function allowNoHeadRepository(pull: Schema | undefined): void {
  const head = (pull?.["properties"] as Schema | undefined)?.["head"] as Schema | undefined;
  const ends = head?.["properties"] as Record<string, unknown> | undefined;
  if (ends) ends["repo"] = { anyOf: [ends["repo"], { type: "null" }] };
}

const wordless = new Set([
  "description",
  "example",
  "examples",
  "title",
  "externalDocs",
  "deprecated",
  "discriminator",
]);

/**
 * An OpenAPI 3.0 schema as JSON Schema: `nullable` becomes a type, and `oneOf` becomes `anyOf`, because GitHub's
 * alternatives overlap and its own answers match several.
 */
function plainSchema(value: unknown, refers: (name: string) => void, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((one) => plainSchema(one, refers));
  if (typeof value !== "object" || value === null) return value;
  const plain: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    // Below `properties` the keys are names of fields, not words of the language.
    if (isMap) plain[key] = plainSchema(inner, refers);
    else if (key === "$ref" && typeof inner === "string") {
      refers(nameOf(inner));
      plain["$ref"] = `${shapesId}#/$defs/${nameOf(inner)}`;
    } else if (key === "oneOf") plain["anyOf"] = plainSchema(inner, refers);
    else if (key === "enum" || key === "default" || key === "required") plain[key] = inner;
    else if (key !== "nullable" && !wordless.has(key) && !key.startsWith("x-"))
      plain[key] = plainSchema(inner, refers, key === "properties");
  }
  if (isMap || (value as Schema)["nullable"] !== true) return plain;
  if (Array.isArray(plain["enum"]) && !plain["enum"].includes(null)) plain["enum"] = [...plain["enum"], null];
  if (typeof plain["type"] === "string") return { ...plain, type: [plain["type"], "null"] };
  return { anyOf: [plain, { type: "null" }] };
}
