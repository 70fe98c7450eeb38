import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { signIn } from "./people.ts";

const run = promisify(execFile);

let folder: string;
let server: Server;
let address: string;
/** Answers wait for this: an import can be looked at while it runs. */
let gate: Promise<void> = Promise.resolve();

/** Another server: git's own program behind Node's. */
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "wit elsewhere "));
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=Eve", "-c", "user.email=eve@example.test", ...args], { cwd: folder });
  await git("init", "-q", "-b", "main", ".");
  await git("commit", "-q", "--allow-empty", "-m", "From elsewhere");
  await git("config", "http.receivepack", "true");
  await git("tag", "v1");
  server = createServer((incoming, outgoing) => {
    void gate.then(() => {
      const url = new URL(incoming.url ?? "/", "http://localhost");
      const child = spawn("git", ["http-backend"], {
        env: {
          PATH: process.env["PATH"] ?? "",
          GIT_PROJECT_ROOT: folder,
          GIT_HTTP_EXPORT_ALL: "1",
          PATH_INFO: url.pathname.replace(/^\/project/, "/.git"),
          QUERY_STRING: url.search.slice(1),
          REQUEST_METHOD: incoming.method ?? "GET",
          CONTENT_TYPE: incoming.headers["content-type"] ?? "",
          GIT_PROTOCOL: String(incoming.headers["git-protocol"] ?? ""),
        },
      });
      incoming.pipe(child.stdin);
      const parts: Buffer[] = [];
      child.stdout.on("data", (part: Buffer) => parts.push(part));
      child.on("close", () => {
        const whole = Buffer.concat(parts);
        const end = whole.indexOf("\r\n\r\n");
        const type = /content-type: (.*)/i.exec(whole.toString("latin1", 0, end))?.[1] ?? "text/plain";
        outgoing.writeHead(/^status: 4/im.test(whole.toString("latin1", 0, end)) ? 404 : 200, {
          "content-type": type.trim(),
        });
        outgoing.end(whole.subarray(end + 4));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/project`;
});
test.afterAll(async () => {
  server.close().closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

/** The administrator opens this machine, where the other server of the test is. */
async function allowed(page: Page): Promise<void> {
  await signIn(page, "root");
  await page.goto("/admin/outbound");
  const entries = page.locator('input[name="outbound_allow[]"]');
  if ((await entries.first().inputValue()) === "") {
    await entries.first().fill("10.0.0.0/99");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await entries.first().fill("127.0.0.1");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
  }
  await page.context().clearCookies();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });
    const name = `brought-${javaScriptEnabled ? "on" : "off"}`;

    test("a repository is imported, watched, cancelled, tried again, and copied on", async ({ page }) => {
      await allowed(page);
      await signIn(page, "alice");
      await page.goto("/new");
      await page.getByRole("link", { name: "import it" }).click();
      await page.getByLabel("Address").fill("ssh://example.org/x");
      await page.getByRole("button", { name: "Import" }).click();
      await expect(page.getByText("begins with https://")).toBeVisible();
      let open = () => undefined as void;
      gate = new Promise((resolve) => (open = resolve));
      await page.getByLabel("Address").fill(address);
      await page.getByLabel("Name (optional)", { exact: true }).fill(name);
      await page.getByRole("button", { name: "Import" }).click();
      await expect(page.getByRole("heading", { name: "Importing" })).toBeVisible();
      await expect(page.getByRole("progressbar")).toBeVisible();
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.getByRole("button", { name: "Cancel" }).click();
      await expect(page.getByRole("heading", { name: "The import was cancelled" })).toBeVisible();
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(page.getByRole("heading", { name: "Importing" })).toBeVisible();
      open();
      const history = page.getByText("From elsewhere");
      // The page turns into the code by itself; where nothing runs, it says how to look again.
      if (javaScriptEnabled) await expect(history.first()).toBeVisible({ timeout: 60_000 });
      else
        await expect(async () => {
          await page.reload();
          await expect(history.first()).toBeVisible({ timeout: 1000 });
        }).toPass({ timeout: 60_000 });
      await page.goto(`/alice/${name}/settings`);
      await page.getByRole("link", { name: "Set up mirrors" }).click();
      await page.getByText("Add a copy elsewhere").click();
      const form = page.locator("details[open] form");
      await form.getByLabel("Address").fill(address);
      await form.getByRole("button", { name: "Add" }).click();
      const card = page.getByRole("region", { name: address });
      await expect(card).toBeVisible();
      if (javaScriptEnabled) await expect(card.getByText(/Up to date|Failing/)).toBeVisible();
      if (javaScriptEnabled) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await card.getByRole("button", { name: "Switch off" }).click();
      await expect(card.getByText("Off", { exact: true })).toBeVisible();
      await card.getByRole("button", { name: "Remove" }).click();
      await expect(card).toHaveCount(0);
    });
  });
}
