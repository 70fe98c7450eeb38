import type { Plugin } from "vite";

const never = (name: string) =>
  `() => { throw new Error("${name} is left out of the browser's code: web/build/left-out.ts"); }`;

/**
 * What libraries bring along and the application never calls, by the end of the module's address, with what stands there
 * instead. Every page would pay for it, and no bundler can tell, since a class of the library names it.
 */
const parts: Readonly<Record<string, string>> = {
  // Links are plain anchors (app/navigation.ts).
  "@tanstack/react-router/dist/esm/link.js": [
    "Link",
    "composeHandlers",
    "createLink",
    "linkOptions",
    "useLinkProps",
  ]
    .map((name) => `export const ${name} = ${never(name)};`)
    .join("\n"),
  // Writes go through app/send.ts and app/action-form.tsx. The client holds a cache of mutations, which stays empty.
  "@tanstack/query-core/build/modern/mutationCache.js": `export class MutationCache {
    build = ${never("MutationCache.build")};
    clear() {}
    getAll() { return []; }
    findAll() { return []; }
    find() {}
    resumePausedMutations() { return Promise.resolve(); }
  }`,
  "@tanstack/query-core/build/modern/infiniteQueryBehavior.js": [
    "infiniteQueryBehavior",
    "hasNextPage",
    "hasPreviousPage",
  ]
    .map((name) => `export const ${name} = ${never(name)};`)
    .join("\n"),
  // React has it itself since version 18.
  "use-sync-external-store/shim/index.js": `export { useSyncExternalStore } from "react";`,
};

/** Leaves `parts` out of the browser's code. A part that no longer exists under its name fails the build. */
export function leftOut(): Plugin {
  const found = new Set<string>();
  const partOf = (id: string) => Object.keys(parts).find((end) => id.endsWith(`/node_modules/${end}`));
  return {
    name: "wit:left-out",
    apply: "build",
    load(id) {
      const part = partOf(id);
      if (part === undefined) return null;
      found.add(part);
      return { code: parts[part] ?? "", moduleSideEffects: false };
    },
    buildEnd(error) {
      const missing = Object.keys(parts).filter((part) => !found.has(part));
      if (!error && missing.length > 0)
        this.error(`${missing.join(", ")}: nothing of this name is in the build; see web/build/left-out.ts`);
    },
  };
}
