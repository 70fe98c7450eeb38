import { expect, test, type Page } from "@playwright/test";
import { people } from "../../tools/testing/people.ts";
import { fresh, pushBranch } from "./branches.ts";

const lines = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `export const ${word}${index} = ${index};\n`).join("");

/** Three files of which most lines are far from the screen; a needle stands in the first and twice in the last. */
const files = {
  "find/a.ts": `${lines(5, "a")}export const needle = "first";\n${lines(400, "b")}`,
  "find/b.ts": lines(400, "c"),
  "find/c.ts": `${lines(380, "d")}// The Needle, and another needle\n${lines(20, "e")}`,
};

async function openPull(page: Page, branch: string): Promise<string> {
  const secret = Buffer.from(`bob:${people.bob.password}`).toString("base64");
  const answer = await page.request.post("/api/v3/repos/alice/demo/pulls", {
    data: { title: `Find in ${branch}`, head: branch, base: "main" },
    headers: { authorization: `Basic ${secret}` },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const { number } = (await answer.json()) as { readonly number: number };
  return `/alice/demo/pull/${number}/files`;
}

for (const place of ["the files of a pull request", "a comparison", "a commit"] as const) {
  test(`words are found in lines that are not drawn: ${place}`, async ({ page, baseURL }) => {
    const branch = fresh(place.replaceAll(" ", "-"));
    const tip = pushBranch(baseURL ?? "", branch, { subject: "Three long files", files });
    const address = {
      "the files of a pull request": () => openPull(page, branch),
      "a comparison": () => `/alice/demo/compare/main...${branch}`,
      "a commit": () => `/alice/demo/commit/${tip}`,
    }[place];
    await page.goto(await address());
    await page.locator("html[data-live]").waitFor();
    // Far down, it is not in the document.
    await expect(page.locator("#d3R381")).toHaveCount(0);

    await page.keyboard.press("ControlOrMeta+f");
    const bar = page.getByRole("search", { name: "Find in all lines" });
    const field = bar.getByRole("searchbox");
    await expect(field).toBeFocused();
    await field.fill("NEEDLE");
    await expect(bar.locator("output")).toHaveText("1 of 3");
    await expect(page.locator("#d1R6")).toBeInViewport();
    await field.press("Enter");
    await expect(bar.locator("output")).toHaveText("2 of 3");
    await expect(page.locator("#d3R381")).toBeInViewport();
    // The one that is gone to is painted apart from the others.
    const painted = (name: string) =>
      page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map(String), name);
    await expect.poll(() => painted("found-here")).toEqual(["Needle"]);
    expect(await painted("found")).toEqual(expect.arrayContaining(["Needle", "needle"]));
    await field.press("Enter");
    await field.press("Enter");
    await expect(bar.locator("output")).toHaveText("1 of 3");
    await expect(page.locator("#d1R6")).toBeInViewport();
    await field.press("Shift+Enter");
    await expect(bar.locator("output")).toHaveText("3 of 3");
    await field.fill("nothing of the kind");
    await expect(bar.locator("output")).toHaveText("None");

    // Reading goes on where something was found, and nothing stays painted.
    await field.fill("d379 =");
    await expect(page.locator("#d3R380")).toBeInViewport();
    await field.press("Escape");
    await expect(bar).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Changes of find/c.ts" })).toBeFocused();
    expect(await painted("found")).toEqual([]);
  });
}

test("what narrows the tree of files stands in the address, for whoever opens it, also without JavaScript", async ({
  browser,
  page,
  baseURL,
}) => {
  const branch = fresh("narrow");
  pushBranch(baseURL ?? "", branch, {
    subject: "Four files",
    files: {
      "tree/engine/start.ts": "1\n",
      "tree/engine/stop.ts": "2\n",
      "tree/words.md": "3\n",
      "z.ts": "4\n",
    },
  });
  const address = await openPull(page, branch);
  await page.goto(address);
  await page.locator("html[data-live]").waitFor();
  const tree = page.getByRole("navigation", { name: "Changed files" });
  await expect(tree.getByRole("link", { name: /\.(ts|md)$/ })).toHaveCount(4);
  // Words in any order, of any part of the path.
  await tree.getByRole("searchbox", { name: "Filter files" }).fill("st engine");
  await expect(tree.getByRole("link", { name: /\.(ts|md)$/ })).toHaveCount(2);
  await expect(page).toHaveURL(/[?&]tree=st\+engine(&|$)/);
  // The changes themselves are all there.
  await expect(page.getByRole("region", { name: "z.ts", exact: true })).toBeVisible();
  await page.reload();
  await page.locator("html[data-live]").waitFor();
  await expect(tree.getByRole("searchbox", { name: "Filter files" })).toHaveValue("st engine");
  await expect(tree.getByRole("link", { name: /\.(ts|md)$/ })).toHaveCount(2);

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const other = await plain.newPage();
  await other.goto(page.url());
  const list = other.getByRole("navigation", { name: "Changed files" });
  await expect(list.getByRole("link", { name: /\.(ts|md)$/ })).toHaveCount(2);
  await list.getByRole("searchbox", { name: "Filter files" }).fill("nowhere");
  await list.getByRole("searchbox", { name: "Filter files" }).press("Enter");
  await expect(list).toContainText("No file is called that.");
  await plain.close();

  await tree.getByRole("searchbox", { name: "Filter files" }).fill("");
  await expect(page).not.toHaveURL(/tree=/);
});
