import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, posix, relative, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { later } from "./build/later.ts";
import { leftOut } from "./build/left-out.ts";

const root = import.meta.dirname;
const outDir = resolve(root, process.env["WEB_OUT"] ?? "dist");
const clientManifest = resolve(outDir, "client/.vite/manifest.json");

/**
 * Writes the name of its chunk beside every `() => import("./page.tsx")`, so that the server can ask the browser to fetch a
 * page's code together with the entry instead of after it. The name is the key in Vite's manifest. Only the server asks.
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

/**
 * Keeps what every page needs in one file: it is fetched at once and compresses better than forty small ones. Icons are left
 * out, since one file holds them all and each page uses its few.
 */
function entryTogether(): { readonly plugin: Plugin; readonly holds: (id: string) => boolean } {
  const needed = new Set<string>();
  const plugin: Plugin = {
    name: "wit:entry-together",
    apply: "build",
    buildEnd() {
      const add = (id: string): void => {
        if (needed.has(id) || id.includes("/lucide-react/")) return;
        needed.add(id);
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) add(imported);
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) add(id);
    },
  };
  return { plugin, holds: (id) => needed.has(id) };
}

/** Leaves every text beside its compressed forms, so that the server sends bytes that are ready. */
const compressed = (): Plugin => ({
  name: "wit:compressed",
  apply: "build",
  async writeBundle({ dir = outDir }, bundle) {
    const texts = Object.keys(bundle).filter((name) => /\.(?:js|css|svg)$/.test(name));
    await Promise.all(
      texts.map(async (name) => {
        const path = resolve(dir, name);
        const bytes = await readFile(path);
        if (bytes.length < 1024) return;
        await Promise.all([
          writeFile(`${path}.br`, await promisify(brotliCompress)(bytes)),
          writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 })),
        ]);
      }),
    );
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

const together = entryTogether();

export default defineConfig(({ command, isSsrBuild = false }) => ({
  root,
  appType: "custom",
  plugins: [
    react(),
    tailwindcss(),
    ...(isSsrBuild ? [nameChunks()] : [leftOut(), later(), together.plugin, compressed()]),
  ],
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
      output: isSsrBuild
        ? { entryFileNames: "entry-server.js" }
        : {
            // Every name of a file stands in the entry: they are short.
            chunkFileNames: "assets/[hash].js",
            codeSplitting: {
              groups: [
                { name: "entry", test: together.holds },
                { name: "icons", test: /\/lucide-react\//, minShareCount: 6 },
                { name: "ui", test: /\/web\/(?:ui|app)\//, minShareCount: 8 },
              ],
            },
          },
    },
  },
  ssr: { noExternal: true },
}));
