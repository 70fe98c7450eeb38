import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

const pages = [
  "/",
  "/explore",
  "/login",
  "/alice/demo",
  "/alice/demo/tree/main/src",
  "/alice/demo/blob/main/package.json",
  "/alice/demo/commits/main",
  "/alice/demo/branches",
  "/alice/demo/tags",
];

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a visitor reads a repository from its page to a line of code", async ({ page }) => {
      await page.goto("/explore");
      await page.getByRole("main").getByRole("link", { name: "alice / demo" }).first().click();
      await expect(page).toHaveURL(/\/alice\/demo$/);
      await page.getByRole("link", { name: "src", exact: true }).click();
      await expect(page).toHaveURL(/\/tree\/main\/src$/);
      await page.goto("/alice/demo/blob/main/package.json");
      await expect(page.getByText("lunar").first()).toBeVisible();
    });

    test("the old address of a repository leads to the new one", async ({ page, baseURL }) => {
      await signIn(page, "alice");
      const [old, now] = [`born-${javaScriptEnabled}`, `renamed-${javaScriptEnabled}`];
      const headers = { origin: baseURL ?? "" };
      const repos = "/api/v3/user/repos";
      expect(
        (await page.request.post(repos, { headers, data: { name: old, auto_init: true } })).status(),
      ).toBe(201);
      const changed = await page.request.patch(`/api/v3/repos/alice/${old}`, {
        headers,
        data: { name: now },
      });
      expect(changed.status()).toBe(200);
      await page.goto(`/alice/${old}/commits/main?page=1`);
      await expect(page).toHaveURL(new RegExp(`/alice/${now}/commits/main\\?page=1$`));
      await expect(page.getByRole("heading", { name: "Commits" })).toBeVisible();
    });

    test("somebody signs in, and out again from the settings", async ({ page }) => {
      await signIn(page, "alice");
      await page.goto("/settings/profile");
      await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Alice Archer");
    });

    test("a wrong password is refused without losing the name", async ({ page }) => {
      await page.goto("/login");
      await page.getByLabel(/name or e-mail|user name|login/i).fill("alice");
      await page.getByLabel("Password", { exact: true }).fill("not this one");
      await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByRole("alert").first()).toBeVisible();
      await expect(page.getByLabel(/name or e-mail|user name|login/i)).toHaveValue("alice");
    });
  });
}

test("a private repository does not exist for a stranger", async ({ page }) => {
  await signIn(page, "mallory");
  const answer = await page.goto("/alice/secret");
  expect(answer?.status()).toBe(404);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page has an accessibility fault that a machine can find, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    for (const path of pages) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
    await context.close();
  });
}
