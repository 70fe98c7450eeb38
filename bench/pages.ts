/** The pages that people look at most, warm, as HTML and as the JSON that they are drawn from. */
import { join } from "node:path";
import { filePath, folderPath } from "./histories.ts";
import { ask, load } from "./load.ts";
import { git } from "./programs.ts";
import { attempt, owner, type Benchmark, type Scene } from "./scene.ts";
import { loaded, type Figure, type Outcome } from "./table.ts";

interface Page {
  readonly name: string;
  /** Below the repository's page. */
  readonly html: string;
  /** Below the API's root. */
  readonly json: string;
  /** Below the repository in cgit, which has no issues. */
  readonly cgit: string | null;
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
      cgit: `/tree/${folderPath}`,
    },
    { name: "file", html: `/blob/main/${file}`, json: `${web}/blob/main/${file}`, cgit: `/tree/${file}` },
    { name: "diff", html: `/commit/${sha}`, json: `${web}/commit/${sha}`, cgit: `/commit/?id=${sha}` },
    { name: "issue list", html: "/issues", json: `/repos/${owner}/large/issues`, cgit: null },
  ];
}

export const measurePages: Benchmark = async function* (scene) {
  for (const page of await pagesOf(scene)) {
    const cgit = typeof scene.rival === "string" || page.cgit === null ? null : scene.rival.cgitUrl;
    const html = `${scene.forge.url}/${owner}/large${page.html}`;
    yield await compared(scene, `${page.name}, HTML`, html, cgit && `${cgit}/large.git${page.cgit}`);
    yield await compared(scene, `${page.name}, JSON`, `${scene.forge.url}/api/v3${page.json}`, null);
  }
};

async function compared(scene: Scene, name: string, url: string, cgit: string | null): Promise<Outcome> {
  return attempt(scene, name, async () => {
    const first = await ask({ url });
    if (first.status !== 200) return { name, why: `${new URL(url).pathname} answers ${first.status}` };
    const wit = loaded("wit", await load({ url }, scene.seconds));
    const against: Figure[] = [];
    if (cgit !== null) against.push(loaded("cgit, cached", await load({ url: cgit }, scene.seconds)));
    const bare = { url: `${scene.bareUrl}/${first.bytes}` };
    against.push(
      loaded(`bare node:http, ${Math.ceil(first.bytes / 1024)} KB`, await load(bare, scene.seconds)),
    );
    return { name, unit: "req/s", wit, against };
  });
}
