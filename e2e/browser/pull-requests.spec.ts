import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { people } from "../../tools/testing/people.ts";
import { signIn } from "./people.ts";

/** Pushes a branch with one commit to alice/demo, as bob would from his machine. */
function pushBranch(baseURL: string, branch: string, subject: string): void {
  const folder = mkdtempSync(join(tmpdir(), "wit-browser-"));
  const url = new URL("/alice/demo.git", baseURL);
  url.username = "bob";
  url.password = people.bob.password;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Bob", "-c", "user.email=bob@example.org", ...args], {
      cwd: folder,
      stdio: "pipe",
      env: { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  try {
    git("clone", "--quiet", "--depth=1", url.href, ".");
    git("switch", "--quiet", "--create", branch);
    writeFileSync(join(folder, `${branch}.txt`), "one\ntwo\nthree\n");
    git("add", ".");
    git("commit", "--quiet", "--message", subject);
    git("push", "--quiet", "origin", branch);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Keys work from when the browser has taken the page over. */
const live = (page: Page) => page.locator("html[data-live]").waitFor();

async function openPull(page: Page, branch: string): Promise<string> {
  await page.goto(`/alice/demo/pulls/new/main...${branch}`);
  await page.getByRole("button", { name: "Open pull request" }).click();
  await page.waitForURL(/\/alice\/demo\/pull\/\d+$/);
  return new URL(page.url()).pathname;
}

const as = async (browser: Browser, name: keyof typeof people, options = {}): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, name);
  return page;
};

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";
  test(`a change is proposed, discussed on a line, approved and merged ${how}`, async ({
    browser,
    baseURL,
  }) => {
    const branch = `note-${javaScriptEnabled ? "a" : "b"}`;
    pushBranch(baseURL ?? "", branch, "Take a note");
    const bob = await as(browser, "bob", { javaScriptEnabled });
    await bob.goto(`/alice/demo/pulls/new?base=main&head=${branch}`);
    await expect(bob.getByLabel("Title", { exact: true })).toHaveValue("Take a note");
    const place = await openPull(bob, branch);
    await expect(bob.getByRole("heading", { name: /Take a note/ })).toBeVisible();

    const alice = await as(browser, "alice", { javaScriptEnabled });
    await alice.goto(`${place}/files?comment=${branch}.txt:2:new`);
    await alice.getByRole("textbox", { name: "Comment on line 2" }).fill("Why *two*?");
    await alice.getByRole("button", { name: "Comment now" }).click();
    await expect(alice.getByRole("article").getByText("Why two?")).toBeVisible();

    await alice.goto(`${place}/files?review=1`);
    await alice.getByRole("radio", { name: "Approve" }).check();
    await alice.getByRole("button", { name: "Submit the review" }).click();
    await expect(alice.getByText("approved this")).toBeVisible();

    const box = alice.getByRole("region", { name: "Merging" });
    await expect(box.getByText("It has no conflicts with the base branch")).toBeVisible();
    await box.getByRole("radio", { name: "Squash" }).check();
    await box
      .getByRole("button", { name: javaScriptEnabled ? "Squash and merge" : "Merge", exact: true })
      .click();
    const after = alice.getByRole("region", { name: "Merged" });
    await after.getByRole("button", { name: "Delete branch" }).click();
    await after.getByRole("button", { name: "Restore branch" }).click();
    await expect(after.getByRole("button", { name: "Delete branch" })).toBeVisible();
  });
}

test("comments of a review wait until it is submitted", async ({ browser, baseURL }) => {
  pushBranch(baseURL ?? "", "note-review", "Take another note");
  const bob = await as(browser, "bob");
  const place = await openPull(bob, "note-review");
  const carol = await as(browser, "carol");
  await carol.goto(`${place}/files`);
  await carol.getByRole("button", { name: "Start a review" }).click();
  await expect(carol.getByRole("button", { name: "Throw away" })).toBeVisible();
  await carol.locator(".dl").nth(0).hover();
  await carol.locator(".dc").nth(0).click();
  await carol.getByRole("textbox", { name: "Comment on line 1" }).fill("Held back");
  await carol.getByRole("button", { name: "Add to the review" }).click();
  await expect(carol.getByText("1 comment waits")).toBeVisible();
  await bob.reload();
  await expect(bob.getByText("Held back")).toHaveCount(0);
  await carol.getByRole("link", { name: "Submit…" }).click();
  await carol.getByRole("radio", { name: "Request changes" }).check();
  await carol.getByRole("button", { name: "Submit the review" }).click();
  await expect(carol.getByText("asked for changes").first()).toBeVisible();
  await bob.reload();
  await expect(bob.getByText("Held back")).toBeVisible();
});

test("the list is walked, filtered and opened by keys alone", async ({ browser, baseURL }) => {
  pushBranch(baseURL ?? "", "note-keys", "Take a note by keys");
  const page = await as(browser, "alice");
  await openPull(page, "note-keys");
  await page.goto("/alice/demo/pulls");
  await live(page);
  await page.keyboard.press("/");
  await page.keyboard.type("author:alice keys");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=author/);
  await expect(page.getByRole("link", { name: "Take a note by keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /Take a note by keys/ })).toBeVisible();
  await live(page);
  await page.keyboard.press("l");
  await page.getByRole("combobox", { name: "Find labels" }).fill("bug");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary").getByRole("link", { name: "bug" })).toBeVisible();
});

test("who may not write is told why and sees no controls", async ({ browser, baseURL }) => {
  pushBranch(baseURL ?? "", "note-rights", "Take a note of rights");
  const bob = await as(browser, "bob");
  const place = await openPull(bob, "note-rights");
  const carol = await as(browser, "carol");
  await carol.goto(place);
  await expect(carol.getByText("Only people with write access can merge this")).toBeVisible();
  await expect(carol.getByRole("button", { name: "Merge", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await expect(carol.getByRole("button", { name: "Close pull request" })).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page of pull requests has a fault that a machine can find, ${colorScheme}`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(240_000);
    pushBranch(baseURL ?? "", `note-axe-${colorScheme}`, "Take a note for axe");
    const page = await as(browser, "alice", { colorScheme });
    const place = await openPull(page, `note-axe-${colorScheme}`);
    const paths = [
      "/alice/demo/pulls",
      "/alice/demo/pulls?q=nothing-is-called-this",
      "/alice/demo/pulls/new",
      `/alice/demo/pulls/new/main...note-axe-${colorScheme}`,
      place,
      `${place}?edit=title`,
      `${place}?edit=description`,
      `${place}/commits`,
      `${place}/files`,
      `${place}/files?review=1&diff=split`,
    ];
    for (const path of paths) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
  });
}
