import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

const pulls = "/alice/demo/pulls";
const issues = "/alice/demo/issues";

test("a list is narrowed, saved under a name and forgotten with the keyboard alone", async ({ page }) => {
  await signIn(page, "alice");
  await page.goto(pulls);
  await page.waitForSelector("html[data-live]");
  await page.keyboard.press("/");
  const field = page.getByRole("combobox", { name: "Filter pull requests" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("is:open ");
  await field.pressSequentially("rev");
  await page.keyboard.press("Tab");
  await expect(field).toHaveValue("is:open review-requested:");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("is:open review-requested:@me ");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=is%3Aopen\+review-requested%3A%40me/);
  await page.getByRole("link", { name: "Save", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Name").fill("For me");
  await page.keyboard.press("Enter");
  const tab = page.getByRole("navigation", { name: "Saved queries" }).getByRole("link", { name: "For me" });
  await expect(tab).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Edit" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete query" }).focus();
  await page.keyboard.press("Enter");
  await expect(tab).toHaveCount(0);
});

test("ticked rows are closed together, and opened again by undoing it", async ({ page }) => {
  await signIn(page, "alice");
  await page.goto(issues);
  await page.waitForSelector("html[data-live]");
  const rows = page.getByRole("list", { name: "Issues" }).getByRole("listitem");
  const before = await rows.count();
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.getByRole("toolbar", { name: "Ticked rows" }).getByRole("button", { name: "Close" }).click();
  await expect(rows).toHaveCount(before - 2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows).toHaveCount(before);
});

test("the inbox says why, and leads there", async ({ page }) => {
  await signIn(page, "bob");
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reviews" }).click();
  const turn = page.getByRole("region", { name: "Your turn" });
  await expect(turn.getByText("A reviewer asked for changes")).toBeVisible();
  await page.waitForSelector("html[data-live]");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/alice\/demo\/pull\/\d+$/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no list has a fault that a machine can find, ${colorScheme}`, async ({ browser }) => {
    const page = await (await browser.newContext({ colorScheme })).newPage();
    await signIn(page, "alice");
    const q = encodeURIComponent("is:open is:purple author:bob");
    for (const path of [issues, pulls, `${pulls}?q=${q}`, `${pulls}?q=draft:true&save=1`, "/reviews"]) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
  });
}
