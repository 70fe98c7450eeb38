import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("words find repositories, issues and people, each in its tab", async ({ page }) => {
      await page.goto("/search");
      const field = page.getByRole("searchbox", { name: "Words and qualifiers" });
      await field.fill("moon");
      await field.press("Enter");
      await expect(page).toHaveURL(/q=moon/);
      const main = page.getByRole("main");
      await expect(main.getByRole("link", { name: "alice / demo" })).toBeVisible();
      await main.getByRole("link", { name: "Issues and pull requests" }).click();
      await expect(main.getByRole("link", { name: "Say when the moon rises" })).toBeVisible();
      await expect(field).toHaveValue("moon");
      await main.getByRole("link", { name: "People and organizations" }).click();
      await expect(main.getByText("Nothing found")).toBeVisible();
    });

    test("words that are refused stay in the field, with the reason", async ({ page }) => {
      await page.goto("/search?q=moon&type=issues");
      const field = page.getByRole("searchbox", { name: "Words and qualifiers" });
      await field.fill("is:odd moon");
      await field.press("Enter");
      await expect(page.getByRole("main").getByRole("alert")).toContainText("is:");
      await expect(field).toHaveValue("is:odd moon");
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await field.fill("is:open moon");
      await field.press("Enter");
      await expect(page.getByRole("link", { name: "Say when the moon rises" })).toBeVisible();
      await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
    });
  });
}

test("the search is reached and changed by keys alone", async ({ page }) => {
  await page.goto("/search?q=moon&type=issues");
  await page.locator("html[data-live]").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("rises");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=rises/);
  await expect(page.getByRole("link", { name: "Say when the moon rises" })).toBeVisible();
});

test("what is private is found by who may read it alone", async ({ page }) => {
  const found = page.getByRole("main").getByRole("link", { name: "alice / secret" });
  await page.goto("/search?q=secret");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await expect(found).toHaveCount(0);
  await signIn(page, "alice");
  await page.goto("/search?q=secret");
  await expect(found).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page of searches and of what happens has a fault that a machine can find, ${colorScheme}`, async ({
    browser,
  }) => {
    const page = await (await browser.newContext({ colorScheme })).newPage();
    await signIn(page, "alice");
    const paths = [
      "/search",
      "/search?q=moon",
      "/search?q=moon&type=issues",
      "/search?q=ali&type=users",
      "/search?q=is:odd&type=issues",
      "/activity",
      "/alice/demo/activity",
    ];
    for (const path of paths) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
  });
}
