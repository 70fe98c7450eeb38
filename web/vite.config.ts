import { existsSync, readFileSync } from "node:fs";
import { dirname, posix, relative, resolve, sep } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const root = import.meta.dirname;
const outDir = resolve(root, process.env["WEB_OUT"] ?? "dist");
const clientManifest = resolve(outDir, "client/.vite/manifest.json");

/**
 * Writes the name of its chunk beside every `() => import("./page.tsx")`, so that the server can ask the browser to fetch a
 * page's code together with the entry instead of after it. The name is the key in Vite's manifest.
 */
const nameChunks = (): Plugin => ({
  name: "wit:name-chunks",
  apply: "build",
  transform: {
    filter: { id: /\.tsx?$/, code: /\(\)\s*=>\s*import\(\s*"\.{1,2}\// },
    handler(code, id) {
      const here = relative(root, dirname(id)).split(sep).join("/");
      return code.replaceAll(
        /\(\)\s*=>\s*import\(\s*"(\.{1,2}\/[^"]+)"\s*\)/g,
        (found, path: string) =>
          `Object.assign(${found}, { chunk: ${JSON.stringify(posix.join(here, path))} })`,
      );
    },
  },
});

/** The names of the client's files, which the server writes into the page. */
function readClientManifest(): string {
  if (!existsSync(clientManifest)) {
    throw new Error(
      `${clientManifest} is missing: build the client first (vite build -c web/vite.config.ts)`,
    );
  }
  return readFileSync(clientManifest, "utf8");
}

export default defineConfig(({ command, isSsrBuild = false }) => ({
  root,
  appType: "custom",
  plugins: [nameChunks(), react(), tailwindcss()],
  define:
    command === "build" && isSsrBuild
      ? { __CLIENT_MANIFEST__: readClientManifest(), "process.env.NODE_ENV": '"production"' }
      : {},
  build: {
    outDir: resolve(outDir, isSsrBuild ? "server" : "client"),
    emptyOutDir: true,
    copyPublicDir: !isSsrBuild,
    assetsDir: "assets",
    assetsInlineLimit: 0,
    manifest: !isSsrBuild,
    modulePreload: { polyfill: false },
    target: ["chrome123", "firefox128", "safari17.5"],
    rolldownOptions: {
      input: resolve(root, isSsrBuild ? "app/entry-server.tsx" : "app/entry-client.tsx"),
      output: isSsrBuild ? { entryFileNames: "entry-server.js" } : {},
    },
  },
  ssr: { noExternal: true },
}));
