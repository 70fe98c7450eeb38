/** Who owns a table, and who writes it: only the owner may. */
import type { ESTree } from "vite";
import type { Problem } from "./check.ts";
import { zoneOf } from "./layers.ts";
import { visit, type Module, type Modules } from "./modules.ts";
import { isTest, type Sources } from "./sources.ts";

export interface Table {
  /** In the database. */
  readonly name: string;
  readonly schema: string;
  /** A domain's folder, or `kernel`. */
  readonly owner: string;
}

/** Tables of the kernel that one file writes for everybody. The administrators who change settings are accounts. */
const kernelWriters: Readonly<Record<string, RegExp>> = {
  events: /^server\/kernel\/events\.ts$/,
  idempotency_keys: /^server\/kernel\/http\/idempotency\.ts$/,
  instance_settings: /^server\/(?:kernel|domains\/accounts)\/settings\.ts$/,
};

const isSchema = (file: string) => /(?:^|\/)schema\.ts$/.test(file) && file.startsWith("server/");

export class Tables {
  readonly #modules: Modules;
  readonly #sources: Sources;
  /** By schema file and exported name. */
  readonly #tables = new Map<string, Table>();
  readonly #byName = new Map<string, Table>();

  constructor(sources: Sources, modules: Modules) {
    this.#sources = sources;
    this.#modules = modules;
    for (const file of sources.code.filter(isSchema)) {
      const zone = zoneOf(file);
      for (const [exported, name] of declaredTables(modules.get(file))) {
        const table = { name, schema: file, owner: zone.domain ?? zone.layer };
        this.#tables.set(`${file}#${exported}`, table);
        this.#byName.set(name, table);
      }
    }
  }

  get all(): readonly Table[] {
    return [...this.#byName.values()];
  }

  /** The table that a local name of a file means, followed through imports and re-exports. */
  #named(file: string, local: string, depth = 0): Table | undefined {
    const own = this.#tables.get(`${file}#${local}`);
    if (own || depth > 3 || !this.#sources.has(file)) return own;
    for (const one of this.#modules.get(file).imports) {
      if (one.file === undefined) continue;
      for (const name of one.names) {
        if (name.local === local && name.imported !== "*")
          return this.#named(one.file, name.imported, depth + 1);
      }
      if (one.kind === "export" && one.names.some((name) => name.imported === "*" && name.local === "*")) {
        const found = this.#named(one.file, local, depth + 1);
        if (found) return found;
      }
    }
    return undefined;
  }

  #meant(module: Module, node: ESTree.Expression | ESTree.SpreadElement | undefined): Table | undefined {
    if (node?.type === "Identifier") return this.#named(module.file, node.name);
    if (node?.type !== "MemberExpression" || node.object.type !== "Identifier") return undefined;
    if (node.property.type !== "Identifier") return undefined;
    const space = node.object.name;
    const from = module.imports.find((one) =>
      one.names.some((name) => name.imported === "*" && name.local === space && one.kind === "import"),
    );
    return from?.file === undefined ? undefined : this.#named(from.file, node.property.name);
  }

  /** Every write to a table that the writing file does not own. */
  foreignWrites(): Problem[] {
    const problems: Problem[] = [];
    for (const file of this.#sources.code) {
      if (!file.startsWith("server/") || isTest(file) || file.startsWith("server/git/")) continue;
      const module = this.#modules.get(file);
      const refuse = (table: Table | undefined, verb: string, offset: number) => {
        if (!table || mayWrite(file, table)) return;
        problems.push({
          where: `${file}:${module.line(offset)}`,
          what: `${verb} on ${table.name}, which belongs to ${table.owner}`,
          mend: `call a command of ${table.owner}, or tell it by an event`,
        });
      };
      visit(module, {
        CallExpression: (node: ESTree.CallExpression) => {
          if (node.callee.type !== "MemberExpression" || node.callee.property.type !== "Identifier") return;
          const verb = node.callee.property.name;
          if (verb === "insert" || verb === "update" || verb === "delete")
            refuse(this.#meant(module, node.arguments[0]), verb, node.callee.property.start);
        },
        TemplateLiteral: (node: ESTree.TemplateLiteral) => {
          for (const { verb, name, slot } of rawWrites(node.quasis.map((one) => one.value.raw))) {
            const table =
              slot === undefined ? this.#byName.get(name) : this.#meant(module, node.expressions[slot]);
            refuse(table, verb, node.start);
          }
        },
      });
    }
    return problems;
  }
}

function mayWrite(file: string, table: Table): boolean {
  const writers = kernelWriters[table.name];
  if (writers) return writers.test(file);
  const zone = zoneOf(file);
  return table.owner === (zone.domain ?? zone.layer);
}

/** `export const labels = pgTable("labels", …)`, or made by a function that ends in `Table`. */
function declaredTables(module: Module): [exported: string, name: string][] {
  const found: [string, string][] = [];
  visit(module, {
    VariableDeclarator(node: ESTree.VariableDeclarator) {
      if (node.id.type !== "Identifier" || node.init?.type !== "CallExpression") return;
      const { callee } = node.init;
      const called = callee.type === "Identifier" ? callee.name : undefined;
      const [name] = node.init.arguments;
      if (called?.endsWith("Table") && name?.type === "Literal" && typeof name.value === "string")
        found.push([node.id.name, name.value]);
    },
  });
  return found;
}

interface RawWrite {
  readonly verb: string;
  readonly name: string;
  /** The interpolation that stands where the table's name would. */
  readonly slot: number | undefined;
}

/** Writes in the text of an SQL template. `${0}` stands for its interpolations. */
export function rawWrites(quasis: readonly string[]): RawWrite[] {
  const text = quasis.map((part, index) => (index === 0 ? part : `\${${index - 1}}${part}`)).join("");
  const verbs =
    /\b(insert\s+into|update(?:\s+only)?|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:\$\{(\d+)\}|"?(\w+)"?)/gi;
  return [...text.matchAll(verbs)].map(([, verb = "", slot, name = ""]) => ({
    verb: verb.toLowerCase().replace(/\s+/g, " "),
    name,
    slot: slot === undefined ? undefined : Number(slot),
  }));
}
