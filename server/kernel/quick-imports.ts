/**
 * Makes imports cheap at start. For each module Node reads its package's package.json anew to learn what kind of module a `.js`
 * file is, and some of those files list a thousand entry points: that was half a second of every start. But when a `.js`
 * module imports a `.js` file of its own package, the answer is the one given for itself, and a `.ts` file of ours is what it
 * says it is. Import this before anything else.
 */
import { registerHooks } from "node:module";

/** Files whose package says that its `.js` files are ES modules. */
const modules = new Set<string>();

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
    const found = next(specifier, context);
    // A `.mjs` file says nothing about the `.js` files beside it.
    if (found.format === "module" && found.url.endsWith(".js")) modules.add(found.url);
    return found;
  },
});
