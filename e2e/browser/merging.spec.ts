import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { fresh, pushBranch } from "./branches.ts";
import { signIn } from "./people.ts";

const as = async (browser: Browser, options: object): Promise<Page> => {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, "alice");
  return page;
};

/** Two branches that say different things in one new file, and a pull request from one to the other. */
async function clash(
  page: Page,
  baseURL: string | undefined,
  name: string,
): Promise<{ place: string; topic: string }> {
  const [base, topic, file] = [fresh(`${name}-base`), fresh(`${name}-topic`), fresh(name)];
  for (const branch of [base, topic])
    pushBranch(baseURL ?? "", branch, {
      subject: `Say ${branch}`,
      files: { [`${file}.txt`]: `first\n${branch}\nlast\n` },
    });
  await page.goto(`/alice/demo/compare/${base}...${topic}?expand=1`);
  await page.getByRole("button", { name: "Open pull request" }).click();
  await page.waitForURL(/\/alice\/demo\/pull\/\d+$/);
  return { place: new URL(page.url()).pathname, topic };
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";
  test(`a conflict is resolved on the page of the pull request ${how}, which then can be merged`, async ({
    browser,
    baseURL,
  }) => {
    const page = await as(browser, { javaScriptEnabled });
    const { place, topic } = await clash(page, baseURL, javaScriptEnabled ? "clash-a" : "clash-b");
    await page.getByRole("link", { name: "Look at the conflicts" }).click();
    await page.waitForURL(/\/conflicts$/);
    if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole("radio", { name: javaScriptEnabled ? `Take ${topic}` : "Take both" }).check();
    await page.getByRole("button", { name: "Resolve and commit" }).click();
    await page.waitForURL(`**${place}`);
    const box = page.getByRole("region", { name: "Merging" });
    await expect(box.getByText("It has no conflicts with the base branch")).toBeVisible();
    await box.getByRole("button", { name: "Merge", exact: true }).click();
    await expect(page.getByRole("region", { name: "Merged" })).toBeVisible();
    await page.getByRole("button", { name: "Revert" }).click();
    await expect(page.getByRole("heading", { name: /^Revert / })).toBeVisible();
  });
}

test("a pull request that is not ready is set to merge by itself, and that is taken back", async ({
  browser,
  baseURL,
}) => {
  const page = await as(browser, {});
  await clash(page, baseURL, "clash-c");
  const box = page.getByRole("region", { name: "Merging" });
  await box.getByRole("button", { name: "Merge when ready" }).click();
  await expect(box.getByText("Merges by itself once nothing stands in the way")).toBeVisible();
  await box.getByRole("button", { name: "Cancel" }).click();
  await expect(box.getByRole("button", { name: "Merge when ready" })).toBeVisible();
});
