/**
 * Takes pictures of pages to be looked at: light and dark, 1440 and 390 px wide.
 *   node tools/look/main.ts --out /tmp/pictures http://localhost:3000/alice/demo [more addresses]
 * Options: --themes light,dark  --widths 1440,390  --cookie name=value  --full (the whole page)  --press "mod+k"  --click "Name of a button"
 * Prints one line a picture, and every error of the page.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: "string", default: "/tmp/look" },
    themes: { type: "string", default: "light,dark" },
    widths: { type: "string", default: "1440,390" },
    cookie: { type: "string", multiple: true, default: [] },
    full: { type: "boolean", default: false },
    press: { type: "string" },
    click: { type: "string" },
    script: { type: "boolean", default: true },
    height: { type: "string", default: "1000" },
  },
  allowNegative: true,
});

mkdirSync(values.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
for (const address of positionals) {
  for (const theme of values.themes.split(",")) {
    for (const width of values.widths.split(",")) {
      const page = await browser.newPage({
        viewport: { width: Number(width), height: Number(values.height) },
        colorScheme: theme === "dark" ? "dark" : "light",
        forcedColors: theme === "forced" ? "active" : "none",
        javaScriptEnabled: values.script,
      });
      for (const cookie of values.cookie) {
        const [name = "", value = ""] = cookie.split("=");
        await page.context().addCookies([{ name, value, url: new URL(address).origin }]);
      }
      page.on("pageerror", (error) => console.log(`  ! ${error.message}`));
      page.on("console", (message) => message.type() === "error" && console.log(`  ! ${message.text()}`));
      await page.goto(address, { waitUntil: "networkidle" });
      if (values.click) await page.getByRole("button", { name: values.click, exact: true }).first().click();
      if (values.press) await page.keyboard.press(values.press.replace("mod", "Control"));
      await page.evaluate(() => document.fonts.ready);
      // Popups fetch their code when they are first opened, then move into place.
      if (values.click || values.press) await page.waitForTimeout(600);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const { pathname, search, hash } = new URL(address);
      const act = [values.click, values.press].filter(Boolean).join("-");
      const name =
        `${pathname}${search}${hash}-${act}`.replaceAll(/[\W_]+/g, "-").replaceAll(/^-|-$/g, "") || "home";
      const file = join(values.out, `${name}-${theme}-${width}.png`);
      await page.screenshot({ path: file, fullPage: values.full });
      console.log(`${file}${wide > 0 ? `  ! ${wide} px wider than the window` : ""}`);
      await page.close();
    }
  }
}
await browser.close();
