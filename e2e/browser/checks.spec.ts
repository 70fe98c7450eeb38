import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { people } from "../../tools/testing/people.ts";
import { fresh, pushBranch } from "./branches.ts";
import { signIn } from "./people.ts";

const repository = "/api/v3/repos/alice/demo";

/** Reports something through the API, as bob's continuous integration. */
async function report(page: Page, method: "post" | "patch" | "put", path: string, data: object) {
  const secret = Buffer.from(`bob:${people.bob.password}`).toString("base64");
  const answer = await page.request[method](`${repository}${path}`, {
    data,
    headers: { authorization: `Basic ${secret}` },
  });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as {
    readonly id: number;
    readonly number: number;
    readonly commit: { readonly sha: string };
  };
}

const file = "checks/steps.ts";
const text = Array.from({ length: 40 }, (_, index) => `export const step${index} = ${index};\n`).join("");

const note = (line: number, annotation_level: string, message: string, more: object = {}) => ({
  path: file,
  start_line: line,
  end_line: line,
  annotation_level,
  message,
  ...more,
});

/** A pull request with a failed run that says something about lines, one that goes on, and a status. */
async function reported(page: Page, baseURL: string, name: string) {
  const branch = fresh(name);
  const sha = pushBranch(baseURL, branch, { subject: "Forty steps", files: { [file]: text } });
  const { number } = await report(page, "post", "/pulls", {
    title: `Check ${branch}`,
    head: branch,
    base: "main",
  });
  await report(page, "post", "/check-runs", {
    name: "unit",
    head_sha: sha,
    conclusion: "failure",
    output: {
      title: "1 of 40 steps is wrong",
      summary: "See **step 3**.",
      annotations: [
        note(4, "failure", "It is <b>not</b> 3", { title: "Wrong step", raw_details: "expected 3" }),
        note(900, "notice", "No such line"),
        { ...note(1, "warning", "Elsewhere"), path: "README.md" },
      ],
    },
  });
  const slow = await report(page, "post", "/check-runs", {
    name: "slow",
    head_sha: sha,
    status: "in_progress",
  });
  await report(page, "post", `/statuses/${sha}`, {
    context: "ci/size",
    state: "success",
    description: "2 kB",
  });
  return { pull: `/alice/demo/pull/${number}`, slow: slow.id, sha, branch };
}

async function noViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

test("what a check says stands below its line, and its words on the page of the checks", async ({
  page,
  baseURL,
}) => {
  const { pull, slow } = await reported(page, baseURL ?? "", "checked");
  await signIn(page, "alice");
  await page.goto(`${pull}/files`);
  await page.locator("html[data-live]").waitFor();
  const diff = page.getByRole("region", { name: `Changes of ${file}` });
  const wrong = diff.getByRole("region", { name: "Failure of unit" });
  await expect(wrong).toContainText("Wrong step");
  await expect(wrong).toContainText("It is <b>not</b> 3");
  // Below the fourth line, and above the fifth.
  const box = async (line: string) =>
    (await diff.getByLabel(`line ${line}, added`).first().boundingBox())?.y ?? 0;
  const own = (await wrong.boundingBox())?.y ?? 0;
  expect(own).toBeGreaterThan(await box("4"));
  expect(own).toBeLessThan(await box("5"));
  // What is about a line that is not shown stands above the file.
  await expect(page.getByRole("region", { name: "Notice of unit" })).toContainText("line 900");
  await expect(page.getByText("1 annotation on files that did not change")).toBeVisible();
  await noViolations(page);

  await wrong.getByRole("link", { name: "unit" }).click();
  await expect(page.getByRole("heading", { name: "unit", exact: true })).toBeVisible();
  await expect(page.getByText("1 of 40 steps is wrong").last()).toBeVisible();
  await expect(page.getByRole("region", { name: "README.md" })).toContainText("Elsewhere");
  const list = page.getByRole("navigation", { name: "Checks" });
  await expect(list).toContainText("1 failed, 1 under way, 1 passed");
  await noViolations(page);

  // A run that ends shows without a reload.
  await report(page, "patch", `/check-runs/${slow}`, { conclusion: "success" });
  await expect(list).toContainText("1 failed, 2 passed");
  await list.getByRole("link", { name: "slow" }).click();
  await expect(page.getByRole("heading", { name: "slow", exact: true })).toBeVisible();

  await page.goto(pull);
  const merging = page.getByRole("region", { name: "Merging" });
  await expect(merging).toContainText("Some checks failed");
  await noViolations(page);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "in plain pages", () => {
    test.use({ javaScriptEnabled });

    test("what a check says stands in the diffs of its commit, of a comparison and of two revisions", async ({
      page,
      baseURL,
    }) => {
      const name = `checked-diffs-${javaScriptEnabled ? "live" : "plain"}`;
      const { pull, sha, branch } = await reported(page, baseURL ?? "", name);
      const said = (level: string) => page.getByRole("region", { name: level });
      for (const address of [`/alice/demo/commit/${sha}`, `/alice/demo/compare/main...${branch}`]) {
        await page.goto(address);
        const diff = page.getByRole("region", { name: `Changes of ${file}` });
        await expect(diff.getByRole("region", { name: "Failure of unit" })).toContainText("Wrong step");
        await expect(said("Notice of unit")).toContainText("line 900");
        // What is about other files stands with the checks.
        await expect(said("Warning of unit")).toHaveCount(0);
        await expect(page.getByText("1 annotation on files that did not change")).toBeVisible();
      }
      await said("Failure of unit").getByRole("link", { name: "unit" }).click();
      await expect(page.getByRole("heading", { name: "unit", exact: true })).toBeVisible();

      const old = await page.request.get(`${repository}/contents/${file}?ref=${branch}`);
      const { commit } = await report(page, "put", `/contents/${file}`, {
        message: "Mend the step",
        content: Buffer.from(text.replace("step3 = 3", "step3 = 4")).toString("base64"),
        sha: ((await old.json()) as { readonly sha: string }).sha,
        branch,
      });
      await report(page, "post", "/check-runs", {
        name: "unit",
        head_sha: commit.sha,
        conclusion: "failure",
        output: {
          title: "Still wrong",
          summary: "",
          annotations: [note(4, "failure", "It is not 4 either")],
        },
      });
      await page.goto(`${pull}/revisions`);
      await expect(said("Failure of unit")).toContainText("It is not 4 either");
      // What looks for faults is a script itself.
      if (javaScriptEnabled) await noViolations(page);
    });
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a long list of checks goes on by a link, those first that need somebody", async ({
    page,
    baseURL,
  }) => {
    const { pull } = await reported(page, baseURL ?? "", "many-checks");
    await page.goto(`${pull}/checks?checks=1`);
    const list = page.getByRole("navigation", { name: "Checks" });
    const rows = list.getByRole("listitem");
    await expect(rows).toHaveText([/^unit/]);
    await expect(list).toContainText("1 failed, 1 under way, 1 passed");
    await expect(list).toContainText("1 of 3");
    await list.getByRole("link", { name: "Show the rest" }).click();
    await expect(rows).toHaveText([/^unit/, /^slow/, /ci\/size/]);
    await expect(list.getByRole("link", { name: /^Show/ })).toHaveCount(0);
  });

  test("the checks are read and opened by links, from the pull request and from the commit", async ({
    page,
    baseURL,
  }) => {
    const { pull, sha } = await reported(page, baseURL ?? "", "checked-plainly");
    await page.goto(`${pull}/files`);
    await expect(page.getByRole("region", { name: "Failure of unit" })).toContainText("Wrong step");
    await page.goto(`${pull}/checks`);
    await expect(page.getByRole("heading", { name: "unit", exact: true })).toBeVisible();
    await page.getByRole("navigation", { name: "Checks" }).getByRole("link", { name: "slow" }).click();
    await expect(page.getByRole("heading", { name: "slow", exact: true })).toBeVisible();
    await page.goto(`/alice/demo/commit/${sha}`);
    await page.getByRole("link", { name: "1 failed, 1 under way, 1 passed" }).click();
    await expect(page.getByRole("region", { name: "Failure of unit" })).toContainText("It is <b>not</b> 3");
  });
});
