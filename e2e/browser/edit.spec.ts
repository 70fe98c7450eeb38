import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { people } from "../../tools/testing/people.ts";
import { fresh, pushBranch } from "./branches.ts";
import { signIn } from "./people.ts";

const code = "function greet() {\n  return 1;\n}\n";

/** A branch of its own with a file to edit. */
const branchWith = (baseURL: string | undefined, name: string, files: Readonly<Record<string, string>>) => {
  const branch = fresh(name);
  pushBranch(baseURL ?? "", branch, { subject: "Write something", files });
  return branch;
};

const raw = async (page: Page, branch: string, path: string): Promise<string> =>
  (await page.request.get(`/alice/demo/raw/${branch}/${path}`)).text();

const commit = (page: Page) => page.getByRole("main").getByRole("button", { name: "Commit", exact: true });
const text = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });

/** A branch of carol's fork with a commit, whose pull request lets those push who write to where it goes. */
async function lend(page: Page, branch: string): Promise<void> {
  const secret = Buffer.from(`carol:${people.carol.password}`).toString("base64");
  const headers = { authorization: `Basic ${secret}` };
  const send = async (method: "get" | "post" | "put", path: string, data: object = {}) => {
    const answer = await page.request[method](`/api/v3/repos${path}`, {
      headers,
      ...(method === "get" ? {} : { data }),
    });
    expect(answer.status(), await answer.text()).toBeLessThan(300);
    return answer.json();
  };
  const main = await send("get", "/carol/demo/git/ref/heads/main");
  await send("post", "/carol/demo/git/refs", { ref: `refs/heads/${branch}`, sha: main.object.sha });
  await send("put", `/carol/demo/contents/${branch}.txt`, { message: "Begin", content: "YQo=", branch });
  const pull = {
    title: `Take ${branch}`,
    head: `carol:${branch}`,
    base: "main",
    maintainer_can_modify: true,
  };
  await send("post", "/alice/demo/pulls", pull);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a file is made, edited under another name, and deleted", async ({ page, baseURL }) => {
      const branch = branchWith(baseURL, `edit-${javaScriptEnabled}`, { "dos.txt": "one\r\ntwo\r\n" });
      await signIn(page, "bob");
      await page.goto(`/alice/demo/tree/${branch}`);
      await page.getByRole("link", { name: "New file" }).click();
      if (javaScriptEnabled) await page.locator("html[data-live]").waitFor();
      await page.getByRole("textbox", { name: "Path" }).fill("notes/../out.md");
      await text(page).fill("# Notes\n");
      await commit(page).click();
      await expect(page.getByText('A path cannot contain "..".')).toBeVisible();
      await expect(text(page)).toHaveValue("# Notes\n");
      await page.getByRole("textbox", { name: "Path" }).fill("notes/today.md");
      await page.getByLabel("What changes").fill("Begin notes");
      await commit(page).click();
      await expect(page).toHaveURL(new RegExp(`/blob/${branch}/notes/today\\.md$`));
      await expect(page.getByText("Begin notes").first()).toBeVisible();

      await page.goto(`/alice/demo/blob/${branch}/dos.txt`);
      await page.getByRole("main").getByRole("link", { name: "Edit", exact: true }).click();
      await text(page).fill("one\n2\n");
      await page.getByRole("textbox", { name: "Path" }).fill("windows.txt");
      await commit(page).click();
      await expect(page).toHaveURL(new RegExp(`/blob/${branch}/windows\\.txt$`));
      expect(await raw(page, branch, "windows.txt")).toBe("one\r\n2\r\n");

      await page.getByRole("main").getByRole("link", { name: "Delete" }).click();
      await commit(page).click();
      await expect(page).toHaveURL(new RegExp(`/tree/${branch}$`));
      await expect(page.getByRole("link", { name: "windows.txt", exact: true })).toHaveCount(0);
    });

    test("what somebody else wrote in between is not lost, and neither is what was typed", async ({
      page,
      baseURL,
    }) => {
      const branch = branchWith(baseURL, `between-${javaScriptEnabled}`, { "greet.js": code });
      await signIn(page, "bob");
      await page.goto(`/alice/demo/edit/${branch}/greet.js`);
      if (javaScriptEnabled) await page.locator("html[data-live]").waitFor();
      await text(page).fill("mine\n");
      const headers = { origin: baseURL ?? "" };
      const place = await (
        await page.request.get(`/api/v3/_web/repos/alice/demo/edit/${branch}/greet.js`)
      ).json();
      const other = await page.request.post("/api/v3/_web/repos/alice/demo/commits", {
        headers,
        data: { branch, expected_head: place.head, change: { path: "greet.js", text: "theirs\n" } },
      });
      expect(other.status()).toBe(201);
      await commit(page).click();
      await expect(page.getByRole("alert")).toContainText("changed by somebody else");
      await expect(text(page)).toHaveValue("mine\n");
      if (javaScriptEnabled)
        await expect(page.getByRole("region", { name: "Changes of greet.js" })).toContainText("theirs");
      else await expect(page.getByRole("link", { name: "See what came in between" })).toBeVisible();
      // The same again is refused again: only who says so goes over it.
      await commit(page).click();
      await expect(page.getByRole("alert")).toContainText("changed by somebody else");
      expect(await raw(page, branch, "greet.js")).toBe("theirs\n");
      await page.getByRole("button", { name: "Commit mine over it" }).click();
      await expect(page).toHaveURL(/\/blob\//);
      expect(await raw(page, branch, "greet.js")).toBe("mine\n");
    });

    test("a change goes to a branch of its own and on to its pull request", async ({ page, baseURL }) => {
      const branch = branchWith(baseURL, `aside-${javaScriptEnabled}`, { "greet.js": code });
      await signIn(page, "bob");
      await page.goto(`/alice/demo/edit/${branch}/greet.js`);
      if (javaScriptEnabled) await page.locator("html[data-live]").waitFor();
      await text(page).fill("new\n");
      await page.getByLabel("To a new branch, to open a pull request").check();
      await page.getByLabel("Name of the new branch").fill(`${branch}-new`);
      await commit(page).click();
      await expect(page.getByRole("heading", { name: "New pull request" })).toBeVisible();
      await expect(page.getByText("Update greet.js").first()).toBeVisible();
      expect(await raw(page, branch, "greet.js")).toBe(code);
    });

    test("maintainers add, edit and delete files on the branch of a fork that was lent to them", async ({
      page,
    }) => {
      const branch = fresh(`lent-${javaScriptEnabled}`);
      await lend(page, branch);
      await signIn(page, "bob");
      await page.goto("/carol/demo");
      await expect(page.getByRole("table", { name: "Files" })).toBeVisible();
      await expect(page.getByRole("link", { name: "New file" })).toHaveCount(0);
      await page.goto(`/carol/demo/tree/${branch}`);
      await expect(page.getByRole("link", { name: "Upload" })).toBeVisible();
      await page.getByRole("link", { name: "New file" }).click();
      if (javaScriptEnabled) await page.locator("html[data-live]").waitFor();
      await page.getByRole("textbox", { name: "Path" }).fill("help.md");
      await text(page).fill("# Help\n");
      await commit(page).click();
      await expect(page).toHaveURL(new RegExp(`/carol/demo/blob/${branch}/help\\.md$`));
      await page.getByRole("main").getByRole("link", { name: "Edit", exact: true }).click();
      if (javaScriptEnabled) await page.locator("html[data-live]").waitFor();
      await text(page).fill("# More help\n");
      await commit(page).click();
      await expect(page.getByRole("heading", { name: "More help" })).toBeVisible();
      await page.getByRole("main").getByRole("link", { name: "Delete" }).click();
      await commit(page).click();
      await expect(page).toHaveURL(new RegExp(`/carol/demo/tree/${branch}$`));
      await expect(page.getByRole("link", { name: "help.md", exact: true })).toHaveCount(0);
    });

    test("who may not write is offered a fork, and a visitor to sign in", async ({ page }) => {
      await page.goto("/alice/demo/edit/main/package.json");
      await expect(page.getByRole("main").getByRole("link", { name: "Sign in" })).toBeVisible();
      await signIn(page, "carol");
      await page.goto("/alice/demo/blob/main/package.json");
      await page.getByRole("main").getByRole("link", { name: "Edit", exact: true }).click();
      await expect(page.getByRole("link", { name: "Fork this repository" })).toBeVisible();
    });
  });
}

test("a file is edited by keys alone, and its changes are seen before they are committed", async ({
  page,
  baseURL,
}) => {
  const branch = branchWith(baseURL, "keys", { "greet.js": code });
  await signIn(page, "bob");
  await page.goto(`/alice/demo/blob/${branch}/greet.js`);
  await page.locator("html[data-live]").waitFor();
  await page.keyboard.press("e");
  await text(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Tab");
  await expect(text(page)).toHaveValue(`  ${code}`);
  await page.keyboard.type("x");
  await page.keyboard.press("Enter");
  await expect(text(page)).toHaveValue(`  x\n  ${code}`);
  // Out of the field, without another indentation.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(text(page)).not.toBeFocused();
  await expect(text(page)).toHaveValue(`  x\n  ${code}`);
  await page.getByRole("tab", { name: "Changes" }).click();
  await expect(page.getByRole("region", { name: "Changes of greet.js" })).toContainText("x");
  await page.getByRole("tab", { name: "Text" }).click();
  await text(page).focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByLabel("What changes")).toBeFocused();
  await page.keyboard.type("Indent");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/blob\//);
  await expect(page.getByText("Indent").first()).toBeVisible();
});

test("a draft survives a reload with the commit it was begun on", async ({ page, baseURL }) => {
  const branch = branchWith(baseURL, "draft", { "read.md": "# One\n" });
  await signIn(page, "bob");
  const address = `/alice/demo/edit/${branch}/read.md`;
  await page.goto(address);
  await page.locator("html[data-live]").waitFor();
  await text(page).fill("# Mine\n");
  await page.getByRole("tab", { name: "Preview" }).click();
  await expect(page.getByRole("heading", { name: "Mine" })).toBeVisible();
  const place = await (await page.request.get(`/api/v3/_web/repos/alice/demo/edit/${branch}/read.md`)).json();
  await page.request.post("/api/v3/_web/repos/alice/demo/commits", {
    headers: { origin: baseURL ?? "" },
    data: { branch, expected_head: place.head, change: { path: "read.md", text: "# Theirs\n" } },
  });
  await page.reload();
  await page.locator("html[data-live]").waitFor();
  await expect(text(page)).toHaveValue("# Mine\n");
  await expect(page.getByText("Here is what you typed before")).toBeVisible();
  await commit(page).click();
  await expect(page.getByRole("alert")).toContainText("changed by somebody else");
  await page.getByRole("button", { name: "Begin anew" }).click();
  await expect(text(page)).toHaveValue("# Theirs\n");
  await page.reload();
  await expect(text(page)).toHaveValue("# Theirs\n");
});

test("files are uploaded together as one commit", async ({ page, baseURL }) => {
  const branch = branchWith(baseURL, "upload", { "a.txt": "old\n" });
  await signIn(page, "bob");
  await page.goto(`/alice/demo/tree/${branch}`);
  await page.getByRole("link", { name: "Upload" }).click();
  await page.locator("html[data-live]").waitFor();
  await commit(page).click();
  await expect(page.getByRole("alert")).toContainText("Choose the files first");
  const file = (name: string, content: string) => ({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(content),
  });
  await page
    .locator('input[type="file"]')
    .setInputFiles([file("a.txt", "new\r\n"), file("b.bin", "\0\u00ff"), file("c.txt", "")]);
  await page.getByRole("button", { name: "Leave out c.txt" }).click();
  await page.getByLabel("What changes").fill("Upload two");
  await commit(page).click();
  await expect(page).toHaveURL(new RegExp(`/tree/${branch}$`));
  await expect(page.getByText("Upload two").first()).toBeVisible();
  expect(await raw(page, branch, "a.txt")).toBe("new\r\n");
  await expect(page.getByRole("link", { name: "b.bin", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "c.txt", exact: true })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page for changes has an accessibility fault that a machine can find, ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await signIn(page, "bob");
    for (const path of [
      "edit/main/package.json",
      "new/main/src",
      "delete/main/package.json",
      "upload/main/src",
      "edit/main/nowhere.txt",
      "blob/main/package.json",
    ]) {
      await page.goto(`/alice/demo/${path}`);
      await page.locator("html[data-live]").waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
    await context.close();
  });
}
