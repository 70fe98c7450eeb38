import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a branch is protected, the rule changed and taken away", async ({ page }) => {
      const pattern = `kept/${javaScriptEnabled ? "on" : "off"}`;
      await signIn(page, "alice");
      await page.goto("/alice/demo/settings");
      const summaries = page.locator("summary");
      await summaries.filter({ hasText: "Add a rule" }).click();
      const fresh = page.locator("form").filter({ has: page.getByRole("button", { name: "Add the rule" }) });
      await fresh.getByLabel("Branches").fill("no..name");
      await fresh.getByRole("button", { name: "Add the rule" }).click();
      await expect(fresh.getByText("No branch or tag could have a name like this")).toBeVisible();
      await expect(fresh.getByLabel("Branches")).toHaveValue("no..name");
      await fresh.getByLabel("Branches").fill(pattern);
      await fresh.getByLabel("Approvals needed").fill("2");
      await fresh.getByLabel("Name of a check").last().fill("ci/test");
      await fresh.getByLabel("Checks must pass").check();
      await fresh.getByRole("button", { name: "Add the rule" }).click();
      const rule = summaries.filter({ hasText: pattern });
      await expect(rule).toContainText("pull requests with 2 approvals, checks pass");
      await rule.click();
      const form = page
        .locator("details[open] form")
        .filter({ has: page.getByRole("button", { name: "Save" }) });
      await expect(form.getByLabel("Name of a check").first()).toHaveValue("ci/test");
      await form.getByLabel("Approvals needed").fill("0");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(rule).toContainText("checks pass");
      if (!javaScriptEnabled) await rule.click();
      const { violations } = javaScriptEnabled
        ? await new AxeBuilder({ page }).analyze()
        : { violations: [] };
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      await page.locator("details[open]").getByRole("button", { name: "Delete the rule" }).click();
      await expect(rule).toHaveCount(0);
    });
  });
}
