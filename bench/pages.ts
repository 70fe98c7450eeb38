/** The pages that people look at most, warm, as HTML and as the JSON that they are drawn from. */
import { join } from "node:path";
import { owner } from "./filling.ts";
import { bareRate } from "./git-requests.ts";
import { filePath, folderPath } from "./histories.ts";
import { ask } from "./asking.ts";
import { load } from "./load.ts";
import { git } from "./programs.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { line, loaded, shareOf, timesAsFast, wanted, type Held, type Outcome } from "./table.ts";

interface Page {
  readonly name: string;
  /** Below the repository's page. */
  readonly html: string;
  /** Below the API's root. */
  readonly json: string;
  /** Below the repository in cgit, and how many times as fast as that is wanted. */
  readonly cgit?: { readonly path: string; readonly times: number };
  /** Pages a second. */
  readonly wanted?: number;
}

async function pagesOf(scene: Scene): Promise<Page[]> {
  const sha = await git("-C", join(scene.repositories, "large.git"), "rev-parse", "v1~1");
  const web = `/_web/repos/${owner}/large`;
  const file = filePath(0);
  return [
    {
      name: "tree",
      html: `/tree/main/${folderPath}`,
      json: `${web}/tree/main/${folderPath}`,
      cgit: { path: `/tree/${folderPath}`, times: 4 },
      wanted: 1_500,
    },
    {
      name: "file",
      html: `/blob/main/${file}`,
      json: `${web}/blob/main/${file}`,
      cgit: { path: `/tree/${file}`, times: 3 },
    },
    {
      name: "commit",
      html: `/commit/${sha}`,
      json: `${web}/commit/${sha}`,
      cgit: { path: `/commit/?id=${sha}`, times: 3 },
    },
    { name: "issue list", html: "/issues", json: `/repos/${owner}/large/issues` },
  ];
}

export const measurePages: Benchmark = async function* (scene) {
  for (const page of await pagesOf(scene)) {
    const html = `${scene.forge.url}/${owner}/large${page.html}`;
    yield await compared(scene, `${page.name}, HTML`, html, async () => [
      ...(page.wanted === undefined ? [] : await absolute(scene, page.wanted)),
      ...(await cgitFigures(scene, page)),
    ]);
    const json = `${scene.forge.url}/api/v3${page.json}`;
    yield await compared(scene, `${page.name}, JSON`, json, async () => []);
  }
};

const absolute = async (scene: Scene, rate: number): Promise<Held[]> => [
  wanted(rate),
  { ...(await scene.bareSpeed()), goal: shareOf(rate / bareRate) },
];

async function cgitFigures({ rival, ...run }: Scene, { cgit }: Page): Promise<Held[]> {
  if (typeof rival === "string" || rival.cgitUrl === null || rival.cachedCgitUrl === null || !cgit) return [];
  const url = (root: string) => `${root}/large.git${cgit.path}`;
  const { status } = await ask({ url: url(rival.cgitUrl) });
  if (status !== 200) throw new Error(`cgit answers ${status}`);
  return [
    { ...loaded("cgit", await load({ url: url(rival.cgitUrl) }, run)), goal: timesAsFast(cgit.times) },
    loaded("cgit, cached", await load({ url: url(rival.cachedCgitUrl) }, run)),
  ];
}

async function compared(
  scene: Scene,
  name: string,
  url: string,
  others: () => Promise<Held[]>,
): Promise<Outcome> {
  return attempt(scene, name, async () => {
    const first = await ask({ url });
    if (first.status !== 200) return { name, why: `${new URL(url).pathname} answers ${first.status}` };
    const wit = loaded("wit", await load({ url }, scene));
    const bare = { url: `${scene.bareUrl}/${first.bytes}` };
    const size = `${Math.ceil(first.bytes / 1024)} KB`;
    return line(name, "req/s", wit, [
      ...(await others()),
      loaded(`bare node:http, ${size}`, await load(bare, scene)),
    ]);
  });
}
