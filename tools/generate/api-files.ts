/** The files that are derived from the declared routes. */
import { domains } from "../../server/domains.ts";
import { apiRoutes } from "../../server/app.ts";
import { openApiDocument } from "../../server/kernel/http/openapi.ts";
import { version } from "../../server/version.ts";
import { modulesOf } from "../checks/modules.ts";
import type { Sources } from "../checks/sources.ts";
import { Tables } from "../checks/tables.ts";
import { apiReference } from "./api-reference.ts";
import { architectureDocument, architectureFile } from "./architecture.ts";
import { clientSource, type OpenApi } from "./client.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The route's parameters that are the rest of a path. */
const rest = new Set(
  apiRoutes.flatMap((route) =>
    [...route.path.matchAll(/\{(\w+)\*\}/g)].map(([, name]) => `${route.path.replaceAll("*}", "}")} ${name}`),
  ),
);

export function apiFiles(sources: Sources): GeneratedFile[] {
  const tables = new Tables(sources, modulesOf(sources)).all;
  const document = openApiDocument(apiRoutes, version);
  // Our own pages use routes that are no promise to others: they are in the client, not in the document.
  const everything = openApiDocument(
    apiRoutes.map((route) => ({ ...route, internal: false })),
    version,
  );
  return [
    { path: "api/openapi.json", text: `${JSON.stringify(document, null, 1)}\n` },
    { path: "api/client.gen.ts", text: clientSource(everything as unknown as OpenApi, rest) },
    { path: "docs/API.md", text: apiReference(domains, apiRoutes) },
    { path: architectureFile, text: architectureDocument(sources, domains, tables) },
  ];
}
