/** In which languages the files of a tree are written, by the rules of GitHub's Linguist as far as names go. */
import { pathAttributes } from "./attributes.ts";
import { ContentCache } from "./cache.ts";
import { loadLanguageNames, type Language, type LanguageNames } from "./language-names.ts";
import { readObjects } from "./objects.ts";
import type { Repository } from "./object-ids.ts";
import { listTree, rootTree, type SizedEntry } from "./trees.ts";

export interface LanguageShare {
  readonly name: string;
  /** `#rrggbb`, or null for languages without a colour of their own. */
  readonly color: string | null;
  readonly bytes: number;
}

export interface LanguageStatistics {
  /** Largest first. */
  readonly languages: readonly LanguageShare[];
  /** The tree has more files than were looked at. */
  readonly truncated: boolean;
}

type File = SizedEntry & { readonly path: string };

const mostFiles = 100_000;
const mostScripts = 200;
const cached = new ContentCache<LanguageStatistics>(4 * 1024 * 1024);

// Linguist's vendor.yml, documentation.yml and generated.rb, the rules that meet most repositories.
const vendored =
  /(?:^|\/)(?:node_modules|bower_components|vendors?|third[-_]?party|3rd[-_]?party|extern(?:al)?|deps|dist|\.yarn|\.venv|Pods|Carthage|Godeps|testdata|fixtures?)\//i;
const vendoredFile =
  /(?:[.-]min\.(?:js|css|mjs)|(?:^|\/)(?:jquery|bootstrap)[^/]*\.(?:js|css)|(?:^|\/)gradlew(?:\.bat)?)$/i;
const documentation = /(?:^|\/)(?:docs?|documentation|javadoc|man|examples?|samples?|demos?)\//i;
const generated =
  /(?:\.pb\.(?:go|cc|h)|_pb2?\.(?:py|js|rb)|\.g\.dart|\.designer\.(?:cs|vb)|\.(?:generated|gen)\.[a-z]+|(?:^|\/)zz_generated\.[^/]*\.go|\.(?:js|css)\.map)$/i;

const attributes = [
  "linguist-vendored",
  "linguist-generated",
  "linguist-documentation",
  "linguist-detectable",
  "linguist-language",
];

/** Bytes per programming and markup language at a commit or tree; cached by tree. */
export async function languageStatistics(repo: Repository, treeish: string): Promise<LanguageStatistics> {
  const tree = await rootTree(repo, treeish);
  return cached.load(
    `${repo.dir}\0${tree}`,
    () => count(repo, tree),
    ({ languages }) => 200 + languages.length * 150,
  );
}

async function count(repo: Repository, tree: string): Promise<LanguageStatistics> {
  const [{ entries, truncated }, names] = await Promise.all([
    listTree(repo, tree, { limit: mostFiles }),
    loadLanguageNames(),
  ]);
  const files = entries.filter((entry) => /^(?:file|executable)$/.test(entry.kind) && (entry.size ?? 0) > 0);
  const said = await pathAttributes(
    repo,
    tree,
    files.map((file) => file.path),
    attributes,
  );
  const scripts = await interpreters(repo, files, names);
  const has = (extension: RegExp) => files.some((file) => extension.test(file.path));
  const hints = { cpp: has(/\.(?:cc|cpp|cxx|hpp)$/i), objectiveC: has(/\.mm?$/) };
  const shares = new Map<string, LanguageShare>();
  for (const file of files) {
    const own = said.get(file.path);
    if (!counts(file.path, own)) continue;
    const stated = own?.get("linguist-language");
    const language =
      (stated && names.byName(stated)) || names.ofFile(file.name, hints) || scripts.get(file.path);
    if (!language || !(language.counted || own?.get("linguist-detectable") === "set")) continue;
    if (own?.get("linguist-detectable") === "unset") continue;
    const { name, color } = language;
    shares.set(name, { name, color, bytes: (shares.get(name)?.bytes ?? 0) + (file.size ?? 0) });
  }
  const languages = [...shares.values()].toSorted((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  return { languages, truncated };
}

function counts(path: string, said: ReadonlyMap<string, string> | undefined): boolean {
  const rule = (name: string, found: boolean) => {
    const value = said?.get(`linguist-${name}`);
    return value === undefined ? found : value !== "unset" && value !== "false";
  };
  return !(
    rule("vendored", vendored.test(path) || vendoredFile.test(path)) ||
    rule("generated", generated.test(path)) ||
    rule("documentation", documentation.test(path))
  );
}

/** The languages of programs without an extension, by their first line. */
async function interpreters(
  repo: Repository,
  files: readonly File[],
  names: LanguageNames,
): Promise<ReadonlyMap<string, Language>> {
  const scripts = files
    .filter((file) => file.kind === "executable" && !file.name.includes("."))
    .slice(0, mostScripts);
  const answers = await readObjects(
    repo,
    scripts.map((file) => file.oid),
    { maxBytes: 256, truncate: true },
  );
  const found = new Map<string, Language>();
  for (const [index, file] of scripts.entries()) {
    const line = answers[index]?.data.toString("latin1").split("\n", 1)[0] ?? "";
    const language = names.ofFirstLine(line);
    if (language) found.set(file.path, language);
  }
  return found;
}
