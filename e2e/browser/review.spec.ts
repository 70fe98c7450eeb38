import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { people } from "../../tools/testing/people.ts";
import { fresh, pushBranch } from "./branches.ts";
import { signIn } from "./people.ts";

const repository = "/api/v3/repos/alice/demo";

/** Says something through the API, as that person. */
async function post(page: Page, name: "alice" | "bob", path: string, data: object) {
  const secret = Buffer.from(`${name}:${people[name].password}`).toString("base64");
  const answer = await page.request.post(`${repository}${path}`, {
    data,
    headers: { authorization: `Basic ${secret}` },
  });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as { readonly number: number; readonly head: { readonly sha: string } };
}

async function openPull(page: Page, branch: string) {
  const pull = await post(page, "bob", "/pulls", { title: `Read ${branch}`, head: branch, base: "main" });
  return { ...pull, files: `/alice/demo/pull/${pull.number}/files` };
}

const lines = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `export const ${word}${index} = ${index};\n`).join("");

const head = (page: Page, path: string) => page.getByRole("region", { name: path, exact: true });

test("a review needs no pointer: files, conversations, marks and folding have keys", async ({
  page,
  baseURL,
}) => {
  const branch = fresh("by-keys");
  const files = { "keys/a.ts": lines(60, "a"), "keys/b.ts": lines(60, "b"), "keys/c.ts": lines(60, "c") };
  pushBranch(baseURL ?? "", branch, { subject: "Three files", files });
  const pull = await openPull(page, branch);
  for (const [path, line] of [
    ["keys/a.ts", 50],
    ["keys/c.ts", 55],
  ] as const)
    await post(page, "alice", `/pulls/${pull.number}/comments`, {
      body: `About ${path}`,
      commit_id: pull.head.sha,
      path,
      line,
      side: "RIGHT",
    });
  await signIn(page, "alice");
  await page.goto(pull.files);
  await page.locator("html[data-live]").waitFor();

  // Conversations, in the order of the files, and round again.
  for (const path of ["keys/a.ts", "keys/c.ts", "keys/a.ts"]) {
    await page.keyboard.press("n");
    const said = page.getByText(`About ${path}`);
    await expect(said).toBeInViewport();
    await expect(page.locator("article:focus")).toContainText(`About ${path}`);
  }
  await page.keyboard.press("p");
  await expect(page.getByText("About keys/c.ts")).toBeInViewport();

  // Back to the first file, which is marked and folds, and the next one follows.
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await page.keyboard.press("k");
  await expect(head(page, "keys/a.ts").locator("summary").first()).toBeFocused();
  await page.keyboard.press("v");
  await expect(page.getByText("1 / 3 viewed")).toBeVisible();
  await expect(head(page, "keys/a.ts").locator("details.diff-file")).not.toHaveAttribute("open");
  await expect(head(page, "keys/b.ts").locator("summary").first()).toBeFocused();
  await page.keyboard.press("o");
  await expect(head(page, "keys/b.ts").locator("details.diff-file")).not.toHaveAttribute("open");
  await page.keyboard.press("o");
  await expect(head(page, "keys/b.ts").locator("details.diff-file")).toHaveAttribute("open");
  await page.keyboard.press("j");
  await expect(head(page, "keys/c.ts").locator("summary").first()).toBeFocused();

  // A comment on a file that is folded opens it, and the words go where they should.
  await page.keyboard.press("o");
  await expect(head(page, "keys/c.ts").locator("details.diff-file")).not.toHaveAttribute("open");
  await page.keyboard.press("c");
  await expect(head(page, "keys/c.ts").getByRole("textbox", { name: /^Comment on / })).toBeFocused();
  await page.getByRole("link", { name: "Cancel", exact: true }).click();

  // A mark that is refused falls off again, and the file opens.
  await page.route("**/viewed-files", (route) =>
    route.fulfill({ status: 503, json: { message: "Not at this moment" } }),
  );
  const marked = head(page, "keys/c.ts").getByRole("button", { name: "Viewed" });
  await marked.click();
  await expect(page.getByText("Not at this moment").first()).toBeVisible();
  await expect(marked).toHaveAttribute("aria-pressed", "false");
  await expect(head(page, "keys/c.ts").locator("details.diff-file")).toHaveAttribute("open");
  await page.unroute("**/viewed-files");

  // A screen reader hears what a line is.
  await expect(page.getByLabel("line 3, added").first()).toHaveAttribute("href", /R3$/);
  // The help lists the keys.
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Mark the file as viewed, and go on");
  await page.keyboard.press("Escape");

  // The mark outlives the page, and falls off when that file changes.
  await page.goto(pull.files);
  await page.locator("html[data-live]").waitFor();
  await expect(page.getByText("1 / 3 viewed")).toBeVisible();
  // The browser comes back to where the reader was.
  await page.keyboard.press("Home");
  await expect(head(page, "keys/a.ts").locator("details.diff-file")).not.toHaveAttribute("open");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
});

test("without JavaScript files are read to the end, marked as viewed and put in the order of reading", async ({
  browser,
  page,
  baseURL,
}) => {
  const branch = fresh("by-forms");
  const files = {
    "forms/a.test.ts": lines(700, "proof"),
    "forms/b.ts": lines(700, "work"),
    "forms/c.md": "# What it does\n",
    "forms/yarn.lock": "one@1:\n",
  };
  pushBranch(baseURL ?? "", branch, { subject: "Four files", files });
  const pull = await openPull(page, branch);
  await signIn(page, "alice");
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const plain = await context.newPage();
  await plain.goto(pull.files);
  await expect(plain.locator("#d1R700")).toBeVisible();
  // What the page has no room for is a link away.
  await expect(plain.locator("#d2R700")).toHaveCount(0);
  await head(plain, "forms/b.ts").locator("noscript a[href*='start=']").click();
  await expect(plain.locator("#d2R700")).toBeVisible();

  await plain.goto(pull.files);
  await head(plain, "forms/b.ts").getByRole("button", { name: "Viewed" }).click();
  await expect(plain).toHaveURL(/#d2$/);
  await expect(plain.getByText("1 / 4 viewed")).toBeVisible();
  await expect(head(plain, "forms/b.ts").getByRole("button", { name: "Viewed" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );

  await plain.getByRole("link", { name: "In the order of reading" }).click();
  await expect(plain).toHaveURL(/order=reading/);
  const order = plain.locator("[data-diff-file]");
  expect(await order.evaluateAll((all) => all.map((one) => one.getAttribute("data-diff-file")))).toEqual([
    "forms/c.md",
    "forms/b.ts",
    "forms/a.test.ts",
    "forms/yarn.lock",
  ]);
  await expect(head(plain, "forms/yarn.lock")).toContainText("A lock file, written by a package manager");
  await context.close();
});

test("ten thousand changed lines are a few thousand elements, wherever one is and whatever one does", async ({
  page,
  baseURL,
}) => {
  const branch = fresh("ten-thousand");
  const names = Array.from({ length: 40 }, (_, n) => `many/part-${String(n).padStart(2, "0")}.ts`);
  const files = Object.fromEntries(names.map((name, n) => [name, lines(250, `v${n}x`)]));
  pushBranch(baseURL ?? "", branch, { subject: "Ten thousand lines", files });
  const pull = await openPull(page, branch);
  const comment = { commit_id: pull.head.sha, path: names[39], line: 240, side: "RIGHT" };
  await post(page, "alice", `/pulls/${pull.number}/comments`, { body: "Far down", ...comment });
  await signIn(page, "alice");
  await page.goto(pull.files);
  await page.locator("html[data-live]").waitFor();
  const count = () => page.evaluate(() => document.querySelectorAll("*").length);
  let most = await count();
  for (const key of ["j", "j", "n", "k", "v", "o"]) {
    await page.keyboard.press(key);
    most = Math.max(most, await count());
  }
  await page.keyboard.press("n");
  await expect(page.getByText("Far down")).toBeInViewport();
  most = Math.max(most, await count());
  for (let turn = 0; turn < 12; turn += 1) {
    await page.mouse.wheel(0, -4_000);
    most = Math.max(most, await count());
  }
  expect(most).toBeLessThan(6_000);
  // A line that is not drawn has an address all the same.
  await page.goto(`${pull.files}#d20R200`);
  await expect(page.locator("#d20R200")).toBeInViewport();
});

test("the help names the keys that do something on a page, and no others", async ({ page, baseURL }) => {
  const branch = fresh("helped");
  pushBranch(baseURL ?? "", branch, { subject: "One file", files: { "helped/a.ts": lines(20, "a") } });
  const pull = await openPull(page, branch);
  const conversation = pull.files.replace(/\/files$/, "");
  const keysOn = async (address: string) => {
    await page.goto(address);
    await page.locator("html[data-live]").waitFor();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.waitFor();
    const named = await help.locator("dt").allTextContents();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    return named;
  };
  await signIn(page, "alice");
  expect(await keysOn("/alice/demo/pulls")).toEqual(expect.arrayContaining(["Next row", "Select row"]));
  // Nothing can be ticked there.
  expect(await keysOn("/reviews")).not.toContain("Select row");
  expect(await keysOn("/alice/demo/pulls?q=nothing-like-it")).not.toContain("Next row");
  const alone = await keysOn(pull.files);
  expect(alone).toEqual(expect.arrayContaining(["Next file", "Decide on the whole"]));
  expect(alone).not.toContain("Next open conversation");
  await post(page, "alice", `/pulls/${pull.number}/comments`, {
    body: "Say more",
    commit_id: pull.head.sha,
    path: "helped/a.ts",
    line: 3,
    side: "RIGHT",
  });
  expect(await keysOn(pull.files)).toContain("Next open conversation");
  expect(await keysOn(conversation)).toContain("Send what you write");
  await page.getByRole("textbox", { name: "Comment" }).fill("Written without a pointer");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("article, li").getByText("Written without a pointer").first()).toBeVisible();
});
