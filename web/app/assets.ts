/** One file of the client build, as Vite's manifest tells it. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly css?: readonly string[];
  readonly assets?: readonly string[];
  readonly imports?: readonly string[];
}

/** What a page's head must name so that the browser fetches everything at once. Paths begin with `/`. */
export interface Assets {
  readonly entry: string;
  readonly styles: readonly string[];
  readonly preloads: readonly string[];
  readonly fonts: readonly string[];
}

const manifest: Readonly<Record<string, Chunk>> =
  typeof __CLIENT_MANIFEST__ === "undefined" ? {} : (__CLIENT_MANIFEST__ as unknown as Record<string, Chunk>);

const entryName = "app/entry-client.tsx";
const cache = new Map<string, Assets>();

/** The files for the chunks of the matched pages, named as in the manifest. Without a client build: none. */
export function assetsFor(chunks: readonly string[]): Assets {
  const key = chunks.join("\n");
  const known = cache.get(key);
  if (known) return known;
  const files = new Set<string>();
  const styles = new Set<string>();
  const seen = new Set<string>();
  const add = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk || seen.has(name)) return;
    seen.add(name);
    files.add(`/${chunk.file}`);
    for (const style of chunk.css ?? []) styles.add(`/${style}`);
    for (const inner of chunk.imports ?? []) add(inner);
  };
  add(entryName);
  for (const chunk of chunks) add(chunk);
  const entry = manifest[entryName];
  const assets: Assets = {
    entry: entry ? `/${entry.file}` : "",
    styles: [...styles],
    preloads: [...files].slice(1),
    fonts: (entry?.assets ?? [])
      .filter((file) => file.includes("inter-latin-wght-normal"))
      .map((file) => `/${file}`),
  };
  cache.set(key, assets);
  return assets;
}
