import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { fresh, pushBranch } from "./branches.ts";

const notebook = {
  nbformat: 4,
  metadata: { language_info: { name: "python" } },
  cells: [
    { cell_type: "markdown", source: "# A study of moons" },
    {
      cell_type: "code",
      execution_count: 7,
      source: "print('moon')",
      outputs: [
        { output_type: "stream", name: "stdout", text: "moon\n" },
        {
          output_type: "execute_result",
          data: { "text/html": "<b>bold</b><script>document.title = 'taken'</script>" },
        },
      ],
    },
  ],
};

const files = {
  "data/moons.csv": 'name,planet\nIo,Jupiter\n"Moon, the",Earth\nTitan\n',
  "data/study.ipynb": JSON.stringify(notebook),
  "src/orbit.ts": `export class Orbit {\n  turn() {}\n}\n${"// far away\n".repeat(80)}export function landing() {}\n`,
};

let branch = "";
let sha = "";

test.beforeAll(({ browserName: _ }, { project, workerIndex }) => {
  // Every worker begins anew, in the same forge.
  branch = fresh(`views-${workerIndex}`);
  sha = pushBranch(project.use.baseURL ?? "", branch, { subject: "Bring things to look at", files });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a table is read as one, its faults are told, and its lines are one step away", async ({ page }) => {
      await page.goto(`/alice/demo/blob/${branch}/data/moons.csv`);
      const table = page.getByRole("table");
      await expect(table.getByRole("columnheader", { name: "planet" })).toBeVisible();
      await expect(table.getByRole("cell", { name: "Moon, the" })).toBeVisible();
      await page.getByText("One row is not as they should be").click();
      await page.getByRole("main").getByRole("listitem").getByRole("link", { name: "Line 4" }).click();
      await expect(page).toHaveURL(/\?plain=1#L4$/);
      await expect(page.locator("#L4")).toContainText("Titan");
      await page.getByRole("link", { name: "Table" }).click();
      await expect(table).toBeVisible();
    });

    test("a notebook is cells, and nothing in it runs", async ({ page }) => {
      await page.goto(`/alice/demo/blob/${branch}/data/study.ipynb`);
      const main = page.getByRole("main");
      await expect(main.getByRole("heading", { name: "A study of moons" })).toBeVisible();
      await expect(main.getByRole("region", { name: "Code 7" })).toContainText("print('moon')");
      await expect(main.getByText("bold", { exact: true })).toBeVisible();
      await expect(page).toHaveTitle(/study\.ipynb/);
      await page.getByRole("link", { name: "Source" }).click();
      await expect(page.locator("#L1")).toContainText("nbformat");
    });

    test("a commit has one address, whatever it is called by", async ({ page }) => {
      await page.goto(`/alice/demo/commit/${branch}`);
      await expect(page).toHaveURL(new RegExp(`/commit/${sha}$`));
      await page.goto(`/alice/demo/commit/${sha.slice(0, 8)}`);
      await expect(page).toHaveURL(new RegExp(`/commit/${sha}$`));
      await expect(page.getByRole("heading", { name: "Bring things to look at" })).toBeVisible();
    });

    test("the history of a file is picked by its author, and the branches by their age", async ({ page }) => {
      await page.goto(`/alice/demo/commits/${branch}/src/orbit.ts`);
      const main = page.getByRole("main");
      await main.getByText("Filter", { exact: true }).first().click();
      await main.getByRole("searchbox", { name: "Author" }).fill("nobody at all");
      await main.getByRole("button", { name: "Filter" }).click();
      await expect(main.getByText("No commit is like that.")).toBeVisible();
      await main.getByRole("link", { name: "Clear" }).click();
      await expect(main.getByRole("link", { name: "Bring things to look at" }).first()).toBeVisible();
      await page.goto("/alice/demo/branches");
      await main.getByRole("link", { name: "Active" }).click();
      await expect(main.getByRole("link", { name: branch, exact: true })).toBeVisible();
      await main.getByRole("link", { name: "Stale" }).click();
      await expect(main.getByRole("link", { name: branch, exact: true })).toHaveCount(0);
    });
  });
}

for (const width of [1440, 390]) {
  test(`the outline of a file is found, searched and followed by keys, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/alice/demo/blob/${branch}/src/orbit.ts`);
    await page.locator("html[data-live]").waitFor();
    // The first file of a language may get its colours, and its outline with them, after the page.
    const outline = page.getByRole("navigation", { name: "Outline" });
    await expect(page.locator("nav#outline")).toBeAttached();
    await page.keyboard.press("o");
    await expect(outline.getByRole("searchbox")).toBeFocused();
    await expect(outline.getByRole("link")).toHaveText(["Orbit", "turn", "landing"]);
    await page.keyboard.type("land");
    await expect(outline.getByRole("link")).toHaveText(["landing"]);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/#L84$/);
    await expect(page.locator("#L84")).toBeInViewport();
    await expect(page.locator("#L84")).toHaveClass(/chosen/);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`views of files have no accessibility fault that a machine can find, ${colorScheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    for (const path of [
      `blob/${branch}/data/moons.csv`,
      `blob/${branch}/data/study.ipynb`,
      `blob/${branch}/src/orbit.ts`,
      `blame/${branch}/src/orbit.ts`,
      `commits/${branch}/src/orbit.ts?author=bob`,
      "branches?view=active",
    ]) {
      await page.goto(`/alice/demo/${path}`);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
    await context.close();
  });
}
