import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Browser, type Page } from "@playwright/test";
import type { people } from "../../tools/testing/people.ts";
import { fresh, pushBranch } from "./branches.ts";
import { signIn } from "./people.ts";

/** Pushes a branch with one commit to alice/demo, and answers what it is called in this try. */
function pushNote(baseURL: string | undefined, name: string, subject: string): string {
  const branch = fresh(name);
  pushBranch(baseURL ?? "", branch, { subject, files: { [`${branch}.txt`]: "one\ntwo\nthree\n" } });
  return branch;
}

/** Keys work from when the browser has taken the page over. */
const live = (page: Page) => page.locator("html[data-live]").waitFor();

async function openPull(page: Page, branch: string): Promise<string> {
  // The link that the push answered with.
  await page.goto(`/alice/demo/compare/main...${branch}?expand=1`);
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
    const branch = pushNote(baseURL, `note-${javaScriptEnabled ? "a" : "b"}`, "Take a note");
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
  const branch = pushNote(baseURL, "note-review", "Take another note");
  const bob = await as(browser, "bob");
  const place = await openPull(bob, branch);
  const carol = await as(browser, "carol");
  await carol.goto(`${place}/files`);
  await live(carol);
  await carol.locator(".dl").nth(0).hover();
  await carol.locator(".dc").nth(0).click();
  await carol.getByRole("textbox", { name: "Comment on line 1" }).fill("Held back");
  await carol.getByRole("button", { name: "Start a review" }).click();
  await expect(carol.getByText("1 comment waits")).toBeVisible();
  await bob.reload();
  await expect(bob.getByText("Held back")).toHaveCount(0);
  await carol.getByRole("link", { name: "Finish…" }).click();
  await carol.getByRole("radio", { name: "Request changes" }).check();
  await carol.getByRole("button", { name: "Submit the review" }).click();
  await expect(carol.getByText("asked for changes").first()).toBeVisible();
  await bob.reload();
  await expect(bob.getByText("Held back")).toBeVisible();
});

test("the list is walked, filtered and opened by keys alone", async ({ browser, baseURL }) => {
  const subject = fresh("Take a note by keys");
  const branch = pushNote(baseURL, "note-keys", subject);
  const page = await as(browser, "alice");
  await openPull(page, branch);
  await page.goto("/alice/demo/pulls");
  await live(page);
  await page.keyboard.press("/");
  await page.keyboard.type("author:alice keys ");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=is%3Aopen\+author/);
  await expect(page.getByRole("link", { name: subject, exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: subject })).toBeVisible();
  await live(page);
  await page.keyboard.press("l");
  await page.getByRole("combobox", { name: "Find labels" }).fill("bug");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary").getByRole("link", { name: "bug" })).toBeVisible();
});

test("it is opened with labels and somebody to do it, chosen by keys", async ({ browser, baseURL }) => {
  const branch = pushNote(baseURL, "note-labels", "Take a note with labels");
  const page = await as(browser, "alice");
  await page.goto(`/alice/demo/pulls/new/main...${branch}`);
  await live(page);
  await page.getByLabel("Assignee", { exact: true }).selectOption("bob");
  await page.getByRole("button", { name: "Choose labels" }).press("Enter");
  await page.getByRole("combobox", { name: "Find labels" }).fill("bug");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Open pull request" }).press("Enter");
  await page.waitForURL(/\/alice\/demo\/pull\/\d+$/);
  const side = page.getByRole("complementary");
  await expect(side.getByRole("link", { name: "bug" })).toBeVisible();
  await expect(side.getByRole("link", { name: "bob" }).first()).toBeVisible();
});

test("who may not write is told why and sees no controls", async ({ browser, baseURL }) => {
  const branch = pushNote(baseURL, "note-rights", "Take a note of rights");
  const bob = await as(browser, "bob");
  const place = await openPull(bob, branch);
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
    const branch = pushNote(baseURL, `note-axe-${colorScheme}`, "Take a note for axe");
    const other = pushNote(baseURL, `note-axe-new-${colorScheme}`, "Take a note for axe");
    const page = await as(browser, "alice", { colorScheme });
    const place = await openPull(page, branch);
    const paths = [
      "/alice/demo/pulls",
      "/alice/demo/pulls?q=nothing-is-called-this",
      "/alice/demo/pulls/new",
      `/alice/demo/pulls/new/main...${other}`,
      `/alice/demo/pulls/new/main...${branch}`,
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
