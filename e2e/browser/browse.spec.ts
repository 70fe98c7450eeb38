import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("somebody searches the code, narrows it and opens a line", async ({ page }) => {
      await page.goto("/alice/demo");
      const main = page.getByRole("main");
      await main.getByRole("link", { name: "Search", exact: true }).click();
      const field = page.getByRole("searchbox", { name: "Text or expression" });
      await field.fill("LUNAR");
      await field.press("Enter");
      await expect(page).toHaveURL(/\/alice\/demo\/search\?.*q=LUNAR/);
      await expect(main.getByRole("link", { name: "package.json" })).toBeVisible();
      await expect(main.locator("mark").first()).toHaveText(/lunar/i);
      await page.getByLabel("Match case").check();
      await page.getByRole("button", { name: "Search", exact: true }).click();
      await expect(main.getByText("Nothing found")).toBeVisible();
      await page.goto("/alice/demo/search?q=%22name%22%3A&path=package.json");
      await main.getByRole("link", { name: "Line 2" }).click();
      await expect(page).toHaveURL(/\/blob\/main\/package\.json#L2$/);
    });

    test("an expression that is none stays in the field, with the reason", async ({ page }) => {
      await page.goto("/alice/demo/search?q=(&regex=1");
      const field = page.getByRole("searchbox", { name: "Text or expression" });
      await expect(page.getByRole("main").getByRole("alert")).toContainText("no regular expression");
      await expect(field).toHaveValue("(");
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("Regular expression")).toBeChecked();
    });

    test("somebody downloads a branch, and a tag", async ({ page }) => {
      await page.goto("/alice/demo");
      await page.getByText("Clone", { exact: true }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "Download zip" }).click();
      expect((await download).suggestedFilename()).toBe("demo-main.zip");
      await page.goto("/alice/demo/tags");
      const another = page.waitForEvent("download");
      await page
        .getByRole("link", { name: /^Download .* as tar\.gz$/ })
        .first()
        .click();
      expect((await another).suggestedFilename()).toMatch(/^demo-.+\.tar\.gz$/);
    });

    test("a commit names the branches it is part of, and the page of its people is found", async ({
      page,
    }) => {
      await page.goto("/alice/demo/commits/main");
      const main = page.getByRole("main");
      await main.locator("[data-row-link]").first().click();
      if (!javaScriptEnabled)
        await main.getByRole("link", { name: "Branches and tags with this commit" }).click();
      await expect(main.getByRole("link", { name: "main", exact: true })).toBeVisible();
      await page.goto("/alice/demo");
      await main.getByRole("link", { name: "Contributors" }).click();
      await expect(page.getByRole("heading", { name: "Contributors" })).toBeVisible();
      await expect(
        main.getByRole("list", { name: "Contributors" }).getByRole("link", { name: "alice" }),
      ).toBeVisible();
    });
  });
}

test("the search of the code is reached by keys and from the palette", async ({ page }) => {
  await page.goto("/alice/demo/issues");
  await page.locator("html[data-live]").waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/alice\/demo\/search$/);
  await expect(page.getByRole("searchbox", { name: "Text or expression" })).toBeFocused();
  await page.keyboard.type("lunar");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").locator("mark").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Type a command or search" }).fill("moon");
  await page.getByRole("option", { name: /Search the code of demo for “moon”/ }).click();
  await expect(page).toHaveURL(/\/alice\/demo\/search\?q=moon$/);
});

const pages = [
  "/alice/demo/search",
  "/alice/demo/search?q=moon",
  "/alice/demo/search?q=nothing-like-this",
  "/alice/demo/search?q=(&regex=1",
  "/alice/demo/contributors",
  "/alice/demo/tags",
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`what is new to browse has no accessibility fault that a machine can find, ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    for (const path of pages) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
    await page.goto("/alice/demo/commits/main");
    await page.getByRole("main").locator("[data-row-link]").first().click();
    await expect(page.getByText(/Looking for branches/)).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    await context.close();
  });
}
