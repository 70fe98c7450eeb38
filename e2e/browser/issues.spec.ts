import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

const demo = "/alice/demo";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("an issue is opened, discussed, sorted, closed and opened again", async ({ page }) => {
      await signIn(page, "alice");
      await page.goto(`${demo}/issues/new`);
      const tab = page.getByRole("link", { name: /^Issues/ });
      const before = Number(/\d+/.exec(await tab.innerText())?.[0]);
      await page.getByLabel("Title").fill("The moon is late");
      await page.getByRole("textbox", { name: "Description" }).fill("By *hours*.");
      await page.getByLabel("Assignee").selectOption("bob");
      await page.getByRole("button", { name: "Open issue" }).click();
      await expect(page).toHaveURL(/\/issues\/\d+$/);
      await expect(page.getByRole("heading", { name: "The moon is late" })).toBeVisible();
      await expect(page.locator(".markdown em")).toHaveText("hours");
      await expect(tab).toContainText(String(before + 1));

      await page.locator("[data-reply] textarea").fill("Indeed, **very**.");
      await page.getByRole("button", { name: "Comment", exact: true }).click();
      const comment = page.locator("[id^=issuecomment]");
      await expect(comment.locator("strong")).toHaveText("very");

      await comment.getByRole("link", { name: "Edit" }).click();
      await comment.locator("textarea").fill("A little.");
      await comment.getByRole("button", { name: "Save", exact: true }).click();
      await expect(comment.locator(".markdown")).toHaveText("A little.");

      await page.getByRole("link", { name: "Edit title" }).click();
      await page.getByLabel("Title").fill("The moon is on time");
      await page.getByRole("button", { name: "Save", exact: true }).first().click();
      await expect(page.getByRole("heading", { name: "The moon is on time" })).toBeVisible();

      await page.getByRole("button", { name: "not planned" }).click();
      await expect(page.getByText("closed this as not planned")).toBeVisible();
      await page.getByRole("button", { name: "Reopen issue" }).click();
      await expect(page.getByText("reopened this")).toBeVisible();

      await comment.getByRole("link", { name: "Delete" }).click();
      await comment.getByRole("button", { name: "Delete" }).click();
      await expect(comment).toHaveCount(0);
    });

    test("a label is made, refused when it exists, changed and deleted", async ({ page }) => {
      await signIn(page, "alice");
      await page.goto(`${demo}/labels?new=1`);
      await page.getByLabel("Name").fill("bug");
      await page.getByRole("button", { name: "Create label" }).click();
      await expect(page.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
      await page.getByLabel("Name").fill("50 % / odd");
      await page.getByRole("button", { name: "Create label" }).click();
      await page.getByRole("link", { name: "Change 50 % / odd" }).click();
      await page.getByLabel("Name").fill("even");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("link", { name: "Delete even" }).click();
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await expect(page.getByRole("link", { name: "even", exact: true })).toHaveCount(0);
    });

    test("a milestone is made, closed and deleted", async ({ page }) => {
      await signIn(page, "alice");
      await page.goto(`${demo}/milestones?new=1`);
      await page.getByLabel("Title").fill("Old");
      await page.getByLabel("Due").fill("2020-01-02");
      await page.getByRole("button", { name: "Create milestone" }).click();
      await expect(page.getByText("Was due on 2 January 2020")).toBeVisible();
      await page.getByRole("button", { name: "Close" }).click();
      await expect(page.getByText("Closed on")).toBeVisible();
      await page.getByRole("link", { name: "Delete" }).click();
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await expect(page).toHaveURL(/\/milestones$/);
    });

    test("the words in the address narrow the list", async ({ page }) => {
      await page.goto(`${demo}/issues?q=${encodeURIComponent("is:open label:question")}`);
      await expect(page.getByRole("list", { name: "Issues" }).getByRole("listitem")).toHaveCount(1);
      await page.goto(`${demo}/issues?q=nothingsaysthis`);
      await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
    });
  });
}

test("an issue is sorted with the keyboard alone", async ({ page }) => {
  await signIn(page, "alice");
  await page.goto(`${demo}/issues/7`);
  await page.waitForSelector("html[data-live]");
  await page.keyboard.press("l");
  await page.getByLabel("Find labels").pressSequentially("accuracy");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary").getByRole("link", { name: "accuracy" })).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.locator("[data-reply] textarea")).toBeFocused();
});

test("what is typed into a new issue survives a reload", async ({ page }) => {
  await signIn(page, "alice");
  await page.goto(`${demo}/issues/new`);
  await page.waitForSelector("html[data-live]");
  await page.getByLabel("Title").fill("Half a thought");
  await page.reload();
  await expect(page.getByLabel("Title")).toHaveValue("Half a thought");
});

test("a visitor is told why, and where to sign in", async ({ page }) => {
  await page.goto(`${demo}/issues/1`);
  await expect(page.getByText("To say something, sign in.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit title" })).toHaveCount(0);
  await page.goto(`${demo}/issues/new`);
  await expect(page.getByText("Sign in first.")).toBeVisible();
});

for (const path of [
  "/issues",
  "/issues?q=nothingsaysthis",
  "/issues/1",
  "/issues/1?edit=title",
  "/issues/new",
  "/labels?new=1",
  "/milestones?new=1",
  "/milestone/1",
]) {
  test(`axe finds nothing at ${path}`, async ({ page }) => {
    await signIn(page, "alice");
    await page.goto(demo + path);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
}
