/** Draws the map of docs/ARCHITECTURE.md between its two marks; the words around it are written by people. */
import type { Domain } from "../../server/domain.ts";
import type { Sources } from "../checks/sources.ts";
import type { Table } from "../checks/tables.ts";

export const architectureFile = "docs/ARCHITECTURE.md";
const begin = "<!-- map: written by npm run generate -->";
const end = "<!-- end of the map -->";

/** The document with a fresh map. @throws when the marks are missing */
export function architectureDocument(
  sources: Sources,
  domains: readonly Domain[],
  tables: readonly Table[],
): string {
  const text = sources.read(architectureFile);
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${architectureFile} lacks the marks ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${map(sources, domains, tables)}\n\n${text.slice(to)}`;
}

function map(sources: Sources, domains: readonly Domain[], tables: readonly Table[]): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");
  const rows = domains.map((domain, index) => {
    const events = eventsOf(sources, domain.name);
    const listens = [...new Set((domain.subscriptions ?? []).flatMap((one) => one.events))].map((name) =>
      name === "*" ? "everything" : `\`${name}\``,
    );
    const own = tables.filter((table) => table.owner === domain.name).map((table) => table.name);
    const cells = [
      String(index + 1),
      `[${domain.name}](../server/domains/${domain.name}/README.md)`,
      domain.uses.join(", "),
      String(domain.routes.length),
      code(own),
      code(events),
      listens.join(", "),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const edges = domains.flatMap((domain) =>
    direct(domain, domains).map((used) => `  ${domain.name} --> ${used}`),
  );
  return [
    "```mermaid",
    "flowchart BT",
    ...domains.map((domain) => `  ${domain.name}`),
    ...edges,
    "```",
    "",
    "Arrows that follow from others are left out of the drawing; the table has them all.",
    "",
    "| | Domain | Uses | Routes | Tables | Events | Listens to |",
    "|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** The used domains that are not reached through another used one. */
function direct(domain: Domain, domains: readonly Domain[]): string[] {
  const reach = (name: string): ReadonlySet<string> => {
    const uses = domains.find((one) => one.name === name)?.uses ?? [];
    return new Set(uses.flatMap((used) => [used, ...reach(used)]));
  };
  return domain.uses.filter((used) => !domain.uses.some((other) => other !== used && reach(other).has(used)));
}

/** The kinds of fact that a slice declares. */
function eventsOf(sources: Sources, domain: string): string[] {
  return sources.files
    .filter((file) => file.startsWith(`server/domains/${domain}/`) && file.endsWith("events.ts"))
    .flatMap((file) =>
      [...sources.read(file).matchAll(/\beventType\(\s*"([^"]+)"/g)].map(([, name = ""]) => name),
    );
}
