/**
 * Makes imports cheap at start. For each module Node reads its package's package.json anew to learn what kind of module a `.js`
 * file is, and some of those files list a thousand entry points: that was half a second of every start. But when a `.js`
 * module imports a `.js` file of its own package, the answer is the one given for itself, a `.ts` file of ours is what it says
 * it is, and a package's name means the same in all files of one package. Import this before anything else.
 */
import { registerHooks, type ResolveHookSync } from "node:module";

/** Files whose package says that its `.js` files are ES modules. */
const modules = new Set<string>();

type Resolved = ReturnType<Parameters<ResolveHookSync>[2]>;

/** What a package's name meant, by the package that asked and how. */
const packages = new Map<string, Resolved>();

/** The folder of the package that a module belongs to; for ours, the one where packages are. */
function homeOf(parent: string): string {
  const end = parent.lastIndexOf("/node_modules/");
  if (end < 0) return "";
  const name = parent.slice(end + "/node_modules/".length).split("/", 2);
  return parent.slice(0, end) + (name[0]?.startsWith("@") ? name.join("/") : (name[0] ?? ""));
}

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL;
    if (parent !== undefined && (specifier.startsWith("./") || specifier.startsWith("../"))) {
      if (specifier.endsWith(".ts") && parent.endsWith(".ts"))
        return { url: new URL(specifier, parent).href, format: "module-typescript", shortCircuit: true };
      if (specifier.endsWith(".js") && modules.has(parent)) {
        const { href } = new URL(specifier, parent);
        modules.add(href);
        return { url: href, format: "module", shortCircuit: true };
      }
    }
    const named = parent !== undefined && /^[@a-z]/.test(specifier) && !specifier.includes(":");
    const key = named ? `${homeOf(parent)}\n${context.conditions.join()}\n${specifier}` : "";
    const known = packages.get(key);
    if (known) return { ...known, shortCircuit: true };
    const found = next(specifier, context);
    if (named) packages.set(key, found);
    // A `.mjs` file says nothing about the `.js` files beside it.
    if (found.format === "module" && found.url.endsWith(".js")) modules.add(found.url);
    return found;
  },
});
