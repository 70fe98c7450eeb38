/** Writes the client: one flat function for each operation of the OpenAPI document. */
import { key, typeName, typeOf, type JsonSchema } from "./json-types.ts";

interface Content {
  readonly content?: { readonly "application/json"?: { readonly schema: JsonSchema } };
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** The function's name: `issues/list-labels-for-repo` → `issuesListLabelsForRepo`. */
export const functionName = (operation: string): string =>
  operation.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The text of `client.gen.ts`.
 *
 * @param rest the parameters, as `path name`, that are the rest of a path and keep their slashes
 */
export function clientSource(document: OpenApi, rest: ReadonlySet<string>): string {
  const functions: string[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      functions.push(functionSource(path, method.toUpperCase(), operation, rest));
    }
  }
  const written = functions.join("\n\n");
  const used = ["segment", "segments"].filter((name) => written.includes(`\${${name}(`));
  const imports = ["type ApiAnswer", "type Call", ...used].join(", ");
  return [
    "// Written by `npm run generate` from the routes. Change those.",
    `import { ${imports} } from "./call.ts";`,
    "type Reply<T> = Promise<ApiAnswer<T>>;",
    ...Object.entries(document.components.schemas).map(([id, schema]) => namedType(id, schema)),
    written,
    "",
  ].join("\n\n");
}

function namedType(id: string, schema: JsonSchema): string {
  const about = schema.description === undefined ? "" : `/** ${schema.description} */\n`;
  if (schema.type !== "object" || !schema.properties || typeof schema.additionalProperties === "object")
    return `${about}export type ${typeName(id)} = ${typeOf(schema)};`;
  const lines = Object.entries(schema.properties).map(([name, property]) => {
    const optional = schema.required?.includes(name) !== true;
    return `  ${key(name)}${optional ? "?" : ""}: ${typeOf(property)}${optional ? " | undefined" : ""};`;
  });
  return `${about}export interface ${typeName(id)} {\n${lines.join("\n")}\n}`;
}

function functionSource(
  path: string,
  method: string,
  operation: Operation,
  rest: ReadonlySet<string>,
): string {
  const inPath = operation.parameters.filter((one) => one.in === "path");
  const inQuery = operation.parameters.filter(
    (one) => one.in === "query" && !inPath.some((other) => other.name === one.name),
  );
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const types = [
    ...inPath.map((one) => `${key(one.name)}: string | number`),
    ...inQuery.map((one) => `${key(one.name)}${one.required ? "" : "?"}: ${queryType(one)}`),
  ];
  const at = (name: string) => (key(name) === name ? `at.${name}` : `at[${JSON.stringify(name)}]`);
  const optional = inPath.length === 0 && inQuery.every((one) => !one.required);
  const parameters = ["call: Call"];
  const bodyOptional = body?.type === "object" && (body.required ?? []).length === 0;
  // An operation without parameters takes its body in their place; nothing required may be left out when nothing follows.
  if (types.length > 0) {
    const blank = optional && (body === undefined || bodyOptional) ? " = {}" : "";
    parameters.push(`at: { ${types.join("; ")} }${blank}`);
  }
  if (body) parameters.push(`body: ${typeOf(body)}${bodyOptional ? " = {}" : ""}`);
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const encode = rest.has(`${path} ${name}`) ? "segments" : "segment";
    return `\${${encode}(${at(name)})}`;
  });
  const query = inQuery.map((one) => `${key(one.name)}: ${at(one.name)}`);
  const request = [
    `method: ${JSON.stringify(method)}`,
    `path: ${target.includes("${") ? `\`${target}\`` : JSON.stringify(target)}`,
    ...(query.length > 0 ? [`query: { ${query.join(", ")} }`] : []),
    ...(body ? ["body"] : []),
  ];
  return [
    `/** ${operation.summary}: \`${method} ${path}\` */`,
    `export const ${functionName(operation.operationId)} = (${parameters.join(", ")}): Reply<${answerType(operation)}> =>`,
    `  call({ ${request.join(", ")} });`,
  ].join("\n");
}

function answerType(operation: Operation): string {
  const good = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))?.[1];
  const schema = good?.content?.["application/json"]?.schema;
  return schema ? typeOf(schema) : "undefined";
}

/** What coerces itself has no type of its own: the server takes any text that reads as the right thing. */
function queryType(parameter: Parameter): string {
  const type = typeOf(parameter.schema);
  const plain = type === "unknown" || type.includes("{") ? "string | number | boolean" : type;
  return parameter.required ? plain : `${plain} | undefined`;
}
