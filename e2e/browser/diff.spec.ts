import { expect, test } from "@playwright/test";
import { fresh, pushBranch } from "./branches.ts";

const poem = (change: (line: number) => string | undefined) =>
  Array.from({ length: 120 }, (_, index) => `${change(index + 1) ?? `line ${index + 1}`}\n`).join("");

for (const mode of ["unified", "split"] as const) {
  for (const whitespace of ["shown", "ignored"] as const) {
    test(`hidden lines are shown by and by, to the end of the file: ${mode}, white space ${whitespace}`, async ({
      page,
      baseURL,
    }) => {
      const branch = fresh(`poem-${mode}-${whitespace}`);
      const changed = poem((line) =>
        line === 40 ? "changed\nand one more" : line === 70 ? "changed too" : undefined,
      );
      const tip = pushBranch(
        baseURL ?? "",
        branch,
        { subject: "Write a poem", files: { "poem.txt": poem(() => undefined) } },
        { subject: "Mend the poem", files: { "poem.txt": changed } },
      );
      await page.goto(`/alice/demo/commit/${tip}?diff=${mode}${whitespace === "ignored" ? "&w=1" : ""}`);
      await page.locator("html[data-live]").waitFor();
      const lines = page.getByRole("region", { name: "Changes of poem.txt" });
      const code = (text: string) => lines.locator("code").getByText(text, { exact: true });
      const sides = mode === "split" ? 2 : 1;

      // Before the first hunk stand 36, shown from below.
      await expect(code("line 36")).toHaveCount(0);
      await lines.getByRole("button", { name: "Show 20 lines more" }).first().press("Enter");
      await expect(code("line 36")).toHaveCount(sides);
      await expect(code("line 17")).toHaveCount(sides);
      await expect(code("line 16")).toHaveCount(0);
      await lines.getByRole("button", { name: "Show all 16 hidden lines" }).press("Enter");
      await expect(code("line 1")).toHaveCount(sides);
      // The button is gone, and the keyboard is where the lines are.
      await expect(lines).toBeFocused();

      // Between the hunks: numbers of the new side are one larger.
      await lines.getByRole("button", { name: "Show all 23 hidden lines" }).press("Enter");
      await expect(code("line 50")).toHaveCount(sides);
      const row = lines
        .locator(mode === "split" ? ".ds" : ".dl")
        .filter({ has: page.getByText("line 50", { exact: true }) });
      if (mode === "split") {
        await expect(row.locator(".dnum").first()).toHaveAttribute("data-n", "50");
      } else await expect(row).toHaveAttribute("data-o", "50");
      await expect(row.locator(".dnum").last()).toHaveAttribute("data-n", "51");

      // After the last: how many there are is known only then.
      await lines.getByRole("button", { name: "Show 20 lines more" }).press("Enter");
      await expect(code("line 93")).toHaveCount(sides);
      await lines.getByRole("button", { name: "Show all 27 hidden lines" }).press("Enter");
      await expect(code("line 120")).toHaveCount(sides);
      await expect(lines.getByRole("button")).toHaveCount(0);
      expect(await lines.locator(".dnum").count()).toBe(mode === "split" ? 2 * 118 + 5 : 118 + 5);
    });
  }
}

test("a file that ends with the last line shown says so", async ({ page, baseURL }) => {
  const branch = fresh("poem-end");
  const tip = pushBranch(
    baseURL ?? "",
    branch,
    { subject: "Write a poem", files: { "poem.txt": poem(() => undefined) } },
    { subject: "Mend it", files: { "poem.txt": poem((line) => (line === 117 ? "changed" : undefined)) } },
  );
  await page.goto(`/alice/demo/commit/${tip}`);
  await page.locator("html[data-live]").waitFor();
  const lines = page.getByRole("region", { name: "Changes of poem.txt" });
  await lines.getByRole("button", { name: "Show 20 lines more" }).last().click();
  await expect(page.getByText("The file ends here")).toBeVisible();
  await expect(lines.getByRole("button")).toHaveCount(2);
});
