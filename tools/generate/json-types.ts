/** JSON Schema (as zod writes it) in TypeScript's words. */

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: unknown;
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly description?: string;
  readonly default?: unknown;
}

/** A type expression. Optional properties accept `undefined`, so that callers need not leave them out. */
export function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return typeName(schema.$ref.split("/").at(-1) ?? "");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((one) => JSON.stringify(one)));
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return union(options.map(typeOf));
  if (schema.allOf) return schema.allOf.map((one) => grouped(typeOf(one))).join(" & ");
  if (typeof schema.type === "object") return union(schema.type.map((type) => typeOf({ ...schema, type })));
  switch (schema.type) {
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "integer":
    case "number":
      return "number";
    case "array":
      return arrayOf(schema);
    case "object":
      return objectOf(schema);
    default:
      if (schema.properties) return objectOf(schema);
      return schema.not !== undefined ? "never" : "unknown";
  }
}

/** A named shape as TypeScript spells it. */
export const typeName = (id: string): string =>
  id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function arrayOf(schema: JsonSchema): string {
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
  return schema.items ? `${grouped(typeOf(schema.items))}[]` : "unknown[]";
}

function objectOf(schema: JsonSchema): string {
  const more = schema.additionalProperties;
  const properties = Object.entries(schema.properties ?? {});
  const others = more === undefined || more === false ? undefined : more === true ? "unknown" : typeOf(more);
  if (properties.length === 0)
    return others === undefined ? "Record<string, never>" : `Record<string, ${others}>`;
  const written = properties.map(([name, property]) => {
    const optional = schema.required?.includes(name) !== true;
    return `${key(name)}${optional ? "?" : ""}: ${typeOf(property)}${optional ? " | undefined" : ""}`;
  });
  const known = `{ ${written.join("; ")} }`;
  // Named and further properties cannot both be said of one type unless the further ones are of any kind.
  return others === undefined || others === "unknown" ? known : `${known} & Record<string, unknown>`;
}

/** A property's name, quoted where it must be. */
export const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

const union = (types: readonly string[]): string => {
  const each = [...new Set(types.flatMap((type) => (type.includes("{") ? [type] : type.split(" | "))))];
  return each.includes("unknown") ? "unknown" : each.join(" | ") || "never";
};

const grouped = (type: string): string => (/ [|&] /.test(type) ? `(${type})` : type);
