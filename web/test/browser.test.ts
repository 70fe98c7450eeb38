import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Browser, type Page } from "@playwright/test";
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWeb } from "./built.ts";
import { servePreview } from "./preview.ts";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

let built: Awaited<ReturnType<typeof buildWeb>>;
let site: Awaited<ReturnType<typeof servePreview>>;
let browser: Browser;

beforeAll(async () => {
  built = await buildWeb();
  site = await servePreview({ dist: built.dist });
  browser = await chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await built?.remove();
});

/** On a busy machine a page takes its time. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });

/** A page whose every complaint is kept. */
async function open(
  path: string,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(site.url + path);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-live]");
  return { page, complaints };
}

describe.skipIf(!existsSync(executablePath))("in a browser", () => {
  test("every component is taken over as the server drew it", async () => {
    const { page, complaints } = await open("/_gallery");
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => document.documentElement.dataset["hydration"])).toBeUndefined();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test.each(["light", "dark"] as const)(
    "nothing stands in anybody's way, in the %s theme",
    async (colorScheme) => {
      // What is still moving into place has no colour of its own yet.
      const { page } = await open("/_gallery", { colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
      await page.close();
    },
  );

  test.each([1440, 390])("no page is wider than a window of %i pixels", async (width) => {
    const { page } = await open("/_gallery", { viewport: { width, height: 900 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.close();
  });

  test("a link within the site changes the page without loading it, and back restores the place", async () => {
    const { page, complaints } = await open("/_gallery");
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await page.evaluate(() => scrollTo(0, 1500));
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = "/_gallery/address/x/$y";
      link.textContent = "a link that React did not draw";
      document.querySelector("#lists")?.prepend(link);
    });
    await page.getByText("a link that React did not draw").click();
    await eventually(() => page.title()).toBe("$y · wit");
    expect(await page.locator('[data-test="rest"]').textContent()).toBe("$y");
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await eventually(() => page.title()).toBe("Gallery · wit");
    await eventually(() => page.evaluate(() => scrollY)).toBeGreaterThan(1000);
    expect(await page.evaluate(() => (window as { stayed?: boolean }).stayed)).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("an address that is no page is left to the server", async () => {
    const { page } = await open("/_gallery");
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = "/favicon.svg";
      link.textContent = "the icon";
      document.querySelector("main")?.prepend(link);
    });
    await page.getByText("the icon").click();
    await page.waitForURL("**/favicon.svg");
    await page.close();
  });

  test("the palette is opened, searched and left by keys alone", async () => {
    const { page, complaints } = await open("/_gallery");
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: "Type a command or search" });
    await field.waitFor();
    await page.keyboard.type("dark th");
    await page.getByRole("option", { name: "Dark theme" }).waitFor();
    await page.keyboard.press("Enter");
    await field.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    expect(await page.evaluate(() => document.cookie)).toContain("wit_theme=dark");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("tabs are walked by arrows, opened by Enter, and keep what was typed in the other one", async () => {
    const { page } = await open("/_gallery");
    const list = page.getByRole("tablist", { name: "Comment" });
    const field = page.getByRole("tabpanel", { name: "Write" }).getByRole("textbox");
    await field.fill("kept");
    await list.getByRole("tab", { name: "Write" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Preview");
    expect(await field.isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    expect(await list.getByRole("tab", { name: "Preview" }).getAttribute("aria-selected")).toBe("true");
    expect(await field.isVisible()).toBe(false);
    await page.keyboard.press("Home");
    await page.keyboard.press("Space");
    expect(await field.inputValue()).toBe("kept");
    expect(await field.isVisible()).toBe(true);
    await page.close();
  });

  test("rows are walked and ticked by keys, and typing in a field is only typing", async () => {
    const { page } = await open("/_gallery");
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    expect(await focused()).toMatch(/^Push of 10,000 refs/);
    await page.keyboard.press("x");
    expect(await page.getByRole("checkbox", { name: /^Select Push of/ }).isChecked()).toBe(true);
    await page.getByRole("textbox", { name: "Name", exact: true }).focus();
    await page.keyboard.type("jkx?");
    expect(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("jkx?");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.close();
  });

  test("a menu opens by keys, and gives the focus back", async () => {
    const { page, complaints } = await open("/_gallery");
    await page.getByRole("button", { name: "Menu", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Edit" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Menu");
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.getByRole("menu").waitFor();
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    await page.getByRole("menu").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a refused form keeps what was typed and leads to the wrong field", async () => {
    const { page } = await open("/_gallery");
    const name = page.getByRole("textbox", { name: "Name", exact: true });
    await name.fill("taken");
    await page.getByRole("textbox", { name: "Description (optional)" }).fill("kept");
    await page.getByRole("button", { name: "Create label" }).click();
    await page.getByText("There is a label of this name.").waitFor();
    expect(await name.inputValue()).toBe("taken");
    expect(await page.getByRole("textbox", { name: "Description (optional)" }).inputValue()).toBe("kept");
    await eventually(() => name.evaluate((element) => element === document.activeElement)).toBe(true);
    await name.fill("fine");
    await page.getByRole("button", { name: "Create label" }).click();
    await page.getByText("Label created").waitFor();
    expect(await page.getByText("There is a label of this name.").count()).toBe(0);
    await page.close();
  });

  test("the same form works with JavaScript off, and the drawer opens", async () => {
    const { page } = await open("/_gallery", {
      javaScriptEnabled: false,
      viewport: { width: 390, height: 800 },
    });
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("taken");
    await page.getByRole("button", { name: "Create label" }).click();
    await page.getByText("There is a label of this name.").waitFor();
    expect(await page.getByRole("textbox", { name: "Name", exact: true }).inputValue()).toBe("taken");
    expect(await page.getByRole("link", { name: "alice/demo" }).isVisible()).toBe(false);
    await page.getByRole("button", { name: "Open navigation" }).click();
    expect(await page.getByRole("link", { name: "alice/demo" }).isVisible()).toBe(true);
    await page.close();
  });
});
