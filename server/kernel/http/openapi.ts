/** The OpenAPI 3.1 document, derived from the declared routes. */
import { z } from "zod";
import type { Route } from "./route.ts";

type Json = Record<string, unknown>;

/** @param version of the product, as it stands in package.json */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Json> = {};
  const schemas: Record<string, unknown> = {};
  for (const route of routes) {
    if (route.internal) continue;
    const path = route.path.replaceAll("*}", "}");
    const item = (paths[path] ??= {});
    // Two routes of one path that differ in the kind of their thing are one operation to a client.
    item[route.method.toLowerCase()] ??= operation(route, schemas);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "wit",
      version,
      description: "The REST API of wit: GitHub's paths and shapes wherever GitHub has the thing.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v3" }],
    security: [{}, { token: [] }, { basic: [] }, { session: [] }],
    paths: Object.fromEntries(Object.entries(paths).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        basic: { type: "http", scheme: "basic" },
        session: { type: "apiKey", in: "cookie", name: "wit_session" },
      },
    },
  };
}

/** Where the operation stands in the OpenAPI document, as a JSON pointer; the whole document for those that are not in it. */
export function documentationOf(route?: Route): string {
  const document = "/api/v3/openapi.json";
  if (!route || route.internal) return document;
  const path = route.path.replaceAll("*}", "}").replaceAll("/", "~1");
  return `${document}#/paths/${encodeURIComponent(path)}/${route.method.toLowerCase()}`;
}

function operation(route: Route, schemas: Record<string, unknown>): Json {
  const body = route.body ? jsonSchema(route.body, "input", schemas) : undefined;
  const answer = route.status === 204 ? undefined : jsonSchema(route.answer, "output", schemas);
  return {
    operationId: route.operation,
    summary: route.summary,
    tags: [route.operation.split("/")[0]],
    "x-access": route.access.name,
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(body ? { requestBody: { required: true, content: { "application/json": { schema: body } } } } : {}),
    responses: {
      [route.status]: {
        description: route.summary,
        ...(answer ? { content: { "application/json": { schema: answer } } } : {}),
      },
      default: {
        description: "A refusal",
        content: { "application/json": { schema: jsonSchema(refusalShape, "output", schemas) } },
      },
    },
  };
}

const refusalShape = z
  .object({
    message: z.string(),
    documentation_url: z.string(),
    status: z.string(),
    errors: z
      .array(
        z.object({
          resource: z.string(),
          field: z.string(),
          code: z.string(),
          message: z.string().optional(),
        }),
      )
      .optional(),
    code: z.string(),
    request_id: z.string(),
  })
  .meta({ id: "Refusal" });

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\*?\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return [];
  const schema = jsonSchema(query, "input", {}) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: "query",
    required: schema.required?.includes(name) === true && property["default"] === undefined,
    ...(property["description"] ? { description: property["description"] } : {}),
    schema: property,
  }));
}

/** Named shapes (`.meta({ id })`) move to `components.schemas` and are referred to. */
function jsonSchema(type: z.ZodType, io: "input" | "output", schemas: Record<string, unknown>): unknown {
  const {
    $schema: _dialect,
    $defs,
    ...schema
  } = z.toJSONSchema(type, {
    io,
    unrepresentable: "any",
    target: "draft-2020-12",
  }) as Json & { $defs?: Record<string, Json> };
  for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] ??= relocate(definition);
  const whole = relocate(schema) as Json;
  const id = whole["id"];
  if (typeof id !== "string") return whole;
  schemas[id] ??= whole;
  return { $ref: `#/components/schemas/${id}` };
}

function relocate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocate);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string"
        ? inner.replace("#/$defs/", "#/components/schemas/")
        : relocate(inner),
    ]),
  );
}
