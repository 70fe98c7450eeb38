import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { signIn } from "./people.ts";

let count = 0;
/** A name that no other test uses; the demo lives through all of them. */
const fresh = (word: string): string => `${word}-${process.pid}-${count++}`;

async function signUp(page: Page): Promise<string> {
  const login = fresh("new");
  await page.goto("/join");
  await page.getByLabel("User name").fill(login);
  await page.getByLabel("E-mail address").fill(`${login}@example.test`);
  await page.getByLabel("Password", { exact: true }).fill("a long enough password");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  return login;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a newcomer signs up, describes themselves and is seen on their page", async ({ page }) => {
      const login = await signUp(page);
      await page.goto("/settings/profile");
      await page.getByLabel("About you").fill("I count birds.");
      await page.getByLabel("Website").fill("birds.example");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByLabel("Website")).toHaveValue("https://birds.example");
      await page.goto(`/${login}`);
      await expect(page.getByText("I count birds.")).toBeVisible();
    });

    test("a name that is taken is refused beside its field, and nothing typed is lost", async ({ page }) => {
      await page.goto("/join");
      await page.getByLabel("User name").fill("alice");
      await page.getByLabel("E-mail address").fill(`${fresh("x")}@example.test`);
      await page.getByLabel("Password", { exact: true }).fill("a long enough password");
      await page.getByRole("button", { name: "Create account" }).click();
      await expect(page.getByLabel("User name")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("E-mail address")).toHaveValue(/@example\.test$/);
      // What the server draws again never holds a secret.
      if (!javaScriptEnabled) await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    });

    test("a link of a letter that was used says so", async ({ page }) => {
      await page.goto("/reset-password?token=witr_8Jl5qG6UgND1fEQzRZIHzaxbxWK3fnzKf");
      await page.getByLabel("New password").fill("a long enough password");
      await page.getByRole("button", { name: "Set password" }).click();
      await expect(
        page.getByText("This link was used already or has expired; ask for a new one"),
      ).toBeVisible();
    });

    test("an SSH key is added, and deleted", async ({ page }) => {
      await signUp(page);
      await page.goto("/settings/keys");
      const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI";
      await page.getByLabel("Public key").fill(`${key} broken`);
      await page.getByRole("button", { name: "Add key" }).click();
      await expect(page.getByLabel("Public key")).toHaveAttribute("aria-invalid", "true");
      await page.getByLabel("Public key").fill(ed25519());
      await page.getByRole("button", { name: "Add key" }).click();
      await expect(page.getByText("me@laptop")).toBeVisible();
      await page.getByRole("button", { name: "Delete the key me@laptop" }).click();
      await expect(page.getByRole("heading", { name: "No keys" })).toBeVisible();
    });

    test("a repository is made, described, deleted and restored", async ({ page }) => {
      const login = await signUp(page);
      await page.goto("/new");
      await page.getByLabel("Name", { exact: true }).fill("birds");
      await page.getByRole("button", { name: "Create repository" }).click();
      await expect(page).toHaveURL(`/${login}/birds`);
      await expect(page.getByRole("heading", { name: "Push the first commit" })).toBeVisible();
      await page.goto(`/${login}/birds/settings`);
      await page.getByLabel("Description").fill("Counted birds");
      await page.getByRole("button", { name: "Save" }).first().click();
      await expect(page.getByLabel("Description")).toHaveValue("Counted birds");
      await page.getByLabel(`Type ${login}/birds to confirm`).last().fill(`${login}/birds`);
      await page.getByRole("button", { name: "Delete this repository" }).click();
      await page.waitForURL((url) => url.pathname === "/");
      expect((await page.goto(`/${login}/birds`))?.status()).toBe(404);
      await page.goto("/settings/deleted");
      await page.getByRole("button", { name: "Restore" }).click();
      await expect(page).toHaveURL(`/${login}/birds`);
    });

    test("an organization is made, and somebody joins it", async ({ page }) => {
      await signUp(page);
      const org = fresh("org");
      await page.goto("/organizations/new");
      await page.getByLabel("Name in addresses").fill(org);
      await page.getByRole("button", { name: "Create organization" }).click();
      await expect(page).toHaveURL(`/${org}`);
      await page.getByRole("link", { name: "Members" }).click();
      await page.getByLabel("Add somebody").fill("bob");
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByRole("button", { name: "Add bob" }).click();
      await expect(page.getByRole("main").getByRole("link", { name: "bob" })).toBeVisible();
    });

    test("an administrator invites by mail, and the letter makes an account", async ({ page }) => {
      await signIn(page, "root");
      const login = fresh("guest");
      await page.goto("/admin/sign-up");
      await page.getByLabel("E-mail address").fill(`${login}@example.test`);
      await page.getByRole("button", { name: "Invite" }).click();
      await expect(page.getByText(`${login}@example.test`)).toBeVisible();
      await page.goto("/admin/users?q=mallory");
      await expect(page.getByRole("link", { name: "mallory" })).toBeVisible();
    });
  });
}

/** A well-formed public key that nobody holds. */
function ed25519(): string {
  const head = Buffer.from("0000000b7373682d6564323535313900000020", "hex");
  const body = Buffer.from(Array.from({ length: 32 }, () => Math.floor(Math.random() * 256)));
  return `ssh-ed25519 ${Buffer.concat([head, body]).toString("base64")} me@laptop`;
}

test("the text of a token is shown once", async ({ page }) => {
  await signUp(page);
  await page.goto("/settings/tokens");
  await page.waitForSelector("html[data-live]");
  await page.getByLabel("What is it for?").fill("Backup");
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(page.getByLabel("The token")).toHaveValue(/^wit_/);
  const token = await page.getByLabel("The token").inputValue();
  await page.reload();
  await expect(page.getByText("Backup")).toBeVisible();
  expect(await page.content()).not.toContain(token);
});

test("the keyboard alone signs in", async ({ page }) => {
  await page.goto("/login");
  await page.waitForSelector("html[data-live]");
  await page.keyboard.type("bob");
  await page.keyboard.press("Tab");
  await page.keyboard.type("bob likes long passwords");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
});

const mine = [
  "/",
  "/new",
  "/settings/profile",
  "/settings/account",
  "/settings/sessions",
  "/settings/keys",
  "/settings/tokens",
  "/settings/deleted",
  "/organizations/new",
  "/alice",
  "/acme",
  "/orgs/acme/members",
  "/orgs/acme/settings",
  "/alice/demo/settings",
  "/alice/demo/settings?add=carol",
  "/alice/demo/fork",
  "/alice/demo/forks",
];

test.describe("a machine finds no fault of accessibility", () => {
  let page: Page;
  test.beforeAll(async ({ browser }) => {
    page = await (await browser.newContext()).newPage();
    await signIn(page, "alice");
  });
  test.afterAll(() => page.context().close());

  for (const path of mine) {
    test(`at ${path}`, async () => {
      expect((await page.goto(path))?.status()).toBe(200);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual(
          [],
        );
      }
    });
  }
});
