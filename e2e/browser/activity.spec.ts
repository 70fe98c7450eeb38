import { expect, test } from "@playwright/test";
import { fresh, pushBranch } from "./branches.ts";
import { signIn } from "./people.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a branch that somebody pushes is told to who watches, and leads there", async ({
      page,
      baseURL,
    }) => {
      const branch = fresh(`told-${javaScriptEnabled ? "a" : "b"}`);
      pushBranch(baseURL ?? "", branch, { subject: "Tell of it", files: { "told.txt": `${branch}\n` } });
      await signIn(page, "alice");
      const told = page.getByRole("main").getByRole("link", { name: branch, exact: true });
      // Feeds are written behind the push.
      await expect(async () => {
        await page.goto("/activity");
        await expect(told).toBeVisible({ timeout: 1000 });
      }).toPass({ timeout: 150_000 });
      await page.goto("/alice/demo/activity");
      await told.click();
      await expect(page).toHaveURL(new RegExp(`/alice/demo/tree/${branch}$`));
    });
  });
}

test("the feed of a private repository does not exist for a stranger, nor do its events elsewhere", async ({
  page,
}) => {
  await signIn(page, "mallory");
  expect((await page.goto("/alice/secret/activity"))?.status()).toBe(404);
  await page.goto("/activity");
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
  await expect(page.getByText("alice/secret")).toHaveCount(0);
});

test("who watches nothing is told what would stand there", async ({ page }) => {
  await signIn(page, "mallory");
  await page.goto("/activity");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(0);
  await expect(page.getByRole("main").getByText(/watch/i).first()).toBeVisible();
});
