import type { Plugin } from "vite";

const passedOn = /^export \{ (\w+) \} from "(\.\/[\w-]+\.tsx)";$/m;

/**
 * A module named `*-later.ts` passes a component on. The server takes it as it is, since what it draws must be whole; a browser is
 * given a component that fetches its code when it is first drawn, and leaves what the server wrote in place until then. It
 * stands within a `Suspense`.
 */
export const later = (): Plugin => ({
  name: "wit:later",
  apply: "build",
  transform(code, id) {
    if (!/\/web\/features\/.*-later\.ts$/.test(id)) return null;
    const [, name, from] = passedOn.exec(code) ?? [];
    if (name === undefined) this.error(`${id} passes no component on`);
    return {
      code: `import { lazy } from "react";
export const ${name} = lazy(async () => ({ default: (await import("${from}")).${name} }));`,
      map: null,
    };
  },
});
