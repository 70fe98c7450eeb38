import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { fresh } from "./branches.ts";
import { signIn } from "./people.ts";

/** Asks the API as that person; an answer that is a refusal fails the test. */
async function send(page: Page, name: PersonName, method: "post" | "put", path: string, data: object = {}) {
  const secret = Buffer.from(`${name}:${people[name].password}`).toString("base64");
  const headers = { authorization: `Basic ${secret}` };
  const answer = await page.request[method](`/api/v3${path}`, { data, headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
}

/** An organization of alice's with bob in it, and a private repository. */
async function organization(page: Page, login: string): Promise<void> {
  await send(page, "alice", "post", "/user/orgs", { login, name: "The Works" });
  await send(page, "alice", "put", `/orgs/${login}/memberships/bob`);
  await send(page, "alice", "post", `/orgs/${login}/repos`, {
    name: "vault",
    private: true,
    auto_init: true,
  });
}

const named = (name: string) => fresh(name).replaceAll(".", "-");

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("a team is made, filled, given rights, renamed and deleted", async ({ page }) => {
      const org = named(javaScriptEnabled ? "works" : "quiet-works");
      await organization(page, org);
      await signIn(page, "alice");
      await page.goto(`/orgs/${org}/teams`);
      await expect(page.getByText("No teams")).toBeVisible();
      await page.getByRole("link", { name: "New team" }).click();
      await page.getByLabel("Name").fill("not a name");
      await page.getByRole("button", { name: "Create team" }).click();
      await expect(page.getByText("A team's name is of letters").first()).toBeVisible();
      await expect(page.getByLabel("Name")).toHaveValue("not a name");
      await page.getByLabel("Name").fill("Core");
      await page.getByLabel("What it is for").fill("Keeps it running");
      await page.getByRole("button", { name: "Create team" }).click();
      await expect(page.getByRole("heading", { name: "Core" })).toBeVisible();

      const members = page.locator("section").filter({ has: page.getByRole("heading", { name: "Members" }) });
      await members.getByLabel("Add a member").selectOption("bob");
      await members.getByRole("button", { name: "Add" }).click();
      await expect(members.getByRole("listitem").filter({ hasText: "bob" })).toContainText("Member");

      const rights = page
        .locator("section")
        .filter({ has: page.getByRole("heading", { name: "Repositories" }) });
      await rights.getByLabel("What it may do", { exact: true }).selectOption("pull");
      await rights.getByRole("button", { name: "Add" }).click();
      const permission = rights.getByLabel("What the team may do in vault");
      await expect(permission).toHaveValue("pull");
      // It saves itself; leaving the page before would be leaving it unsaved.
      const saved = page.waitForResponse((answer) => answer.request().method() !== "GET");
      await permission.selectOption("push");
      if (!javaScriptEnabled) await rights.getByRole("button", { name: "Save" }).click();
      expect((await saved).status()).toBeLessThan(400);
      await page.goto(`/${org}/vault/settings`);
      await expect(page.getByLabel("What Core may do")).toHaveValue("push");

      await page.goto(`/orgs/${org}/teams/core`);
      await page.getByLabel("Name", { exact: true }).fill("Engine");
      await page.getByRole("button", { name: "Save", exact: true }).last().click();
      await page.waitForURL(`**/orgs/${org}/teams/engine`);
      await expect(
        page.getByText("Its member loses what only the team gave them in one repository"),
      ).toBeVisible();
      await page.getByLabel("Type engine to confirm").fill("engine");
      await page.getByRole("button", { name: "Delete this team" }).click();
      await expect(page.getByText("No teams")).toBeVisible();
    });
  });
}

test("rights of a team are given and taken in the settings of the repository by keys alone", async ({
  page,
}) => {
  const org = named("keyed-works");
  await organization(page, org);
  await send(page, "alice", "post", `/orgs/${org}/teams`, { name: "Core" });
  await signIn(page, "alice");
  await page.goto(`/${org}/vault/settings`);
  await page.locator("html[data-live]").waitFor();
  await page.getByLabel("Add a team").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("a");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const permission = page.getByLabel("What Core may do");
  await expect(permission).toHaveValue("admin");
  await page.getByRole("button", { name: "Remove Core" }).focus();
  await page.keyboard.press("Enter");
  await expect(permission).toHaveCount(0);
  await expect(page.getByText("No team has rights of its own here.")).toBeVisible();
});

test("a mention of a team leads members to it, and is a plain word to others", async ({ page, browser }) => {
  const org = named("told-works");
  await send(page, "alice", "post", "/user/orgs", { login: org });
  await send(page, "alice", "post", `/orgs/${org}/teams`, { name: "Core" });
  await send(page, "alice", "post", `/orgs/${org}/repos`, { name: "site", auto_init: true });
  await send(page, "alice", "post", `/repos/${org}/site/issues`, {
    title: "Help",
    body: `Ask @${org}/core.`,
  });
  await signIn(page, "alice");
  await page.goto(`/${org}/site/issues/1`);
  await page.getByRole("link", { name: `@${org}/core` }).click();
  await expect(page.getByRole("heading", { name: "Core" })).toBeVisible();
  const stranger = await browser.newPage();
  await stranger.goto(`/${org}/site/issues/1`);
  await expect(stranger.getByText(`Ask @${org}/core.`)).toBeVisible();
  await expect(stranger.getByRole("link", { name: `@${org}/core` })).toHaveCount(0);
  await stranger.close();
});

test("teams are completed while a comment is written, by their own name and by their organization's", async ({
  page,
}) => {
  const org = named("typed-works");
  await organization(page, org);
  await send(page, "alice", "post", `/orgs/${org}/teams`, { name: "Core", description: "Keeps it running" });
  await send(page, "alice", "post", `/repos/${org}/vault/issues`, { title: "Help" });
  await signIn(page, "bob");
  await page.goto(`/${org}/vault/issues/1`);
  await page.locator("html[data-live]").waitFor();
  const field = page.getByRole("textbox", { name: "Comment" });
  const offered = page.getByRole("listbox", { name: "Completions" }).getByRole("option");
  const team = offered.filter({ hasText: `@${org}/Core` });
  await field.pressSequentially("Ask @");
  await expect(team).toContainText("Keeps it running");
  await field.pressSequentially("cor");
  await expect(team).toBeVisible();
  await field.press("Escape");
  await field.fill("");
  await field.pressSequentially(`Ask @${org}/co`);
  await expect(team).toHaveAttribute("aria-selected", "true");
  await field.press("Enter");
  await expect(field).toHaveValue(`Ask @${org}/Core `);
});

test("a team that is asked for a review leads its members to it, and is a plain word to others", async ({
  page,
  browser,
}) => {
  const org = named("asked-works");
  const repo = `/repos/${org}/site`;
  await send(page, "alice", "post", "/user/orgs", { login: org });
  await send(page, "alice", "post", `/orgs/${org}/teams`, { name: "Core" });
  await send(page, "alice", "post", `/orgs/${org}/repos`, { name: "site", auto_init: true });
  const main = await (await page.request.get(`/api/v3${repo}/git/ref/heads/main`)).json();
  await send(page, "alice", "post", `${repo}/git/refs`, { ref: "refs/heads/topic", sha: main.object.sha });
  const file = { message: "Add a", content: "YQo=", branch: "topic" };
  await send(page, "alice", "put", `${repo}/contents/a.txt`, file);
  await send(page, "alice", "post", `${repo}/pulls`, { title: "Add a", head: "topic", base: "main" });
  await send(page, "alice", "post", `${repo}/pulls/1/requested_reviewers`, { team_reviewers: ["core"] });
  const stranger = await browser.newPage();
  await stranger.goto(`/${org}/site/pull/1`);
  const panel = (of: Page) =>
    of.locator("section").filter({ has: of.getByRole("heading", { name: "Reviewers" }) });
  await expect(panel(stranger).getByText("Core")).toBeVisible();
  await expect(panel(stranger).getByRole("link", { name: "Core" })).toHaveCount(0);
  await stranger.close();
  await signIn(page, "alice");
  await page.goto(`/${org}/site/pull/1`);
  await panel(page).getByRole("link", { name: "Core" }).click();
  await expect(page.getByRole("heading", { name: "Core" })).toBeVisible();
});

test("who is in the team sees it and keeps nothing, who is not in the organization is refused", async ({
  page,
}) => {
  const org = named("seen-works");
  await organization(page, org);
  await send(page, "alice", "post", `/orgs/${org}/teams`, { name: "Core" });
  await send(page, "alice", "put", `/orgs/${org}/teams/core/memberships/bob`);
  await send(page, "alice", "put", `/orgs/${org}/teams/core/repos/${org}/vault`, { permission: "push" });
  await signIn(page, "bob");
  await page.goto(`/orgs/${org}/teams`);
  await page.getByRole("link", { name: "Core" }).click();
  await expect(page.getByRole("link", { name: "vault" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: /Add|Remove|Save|Delete/ })).toHaveCount(0);
  await page.context().clearCookies();
  await signIn(page, "carol");
  expect([403, 404]).toContain((await page.goto(`/orgs/${org}/teams/core`))?.status());
  await expect(page.getByText("vault")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page of teams has a fault that a machine can find, ${colorScheme}`, async ({ page }) => {
    const org = named(`${colorScheme}-works`);
    await organization(page, org);
    await send(page, "alice", "post", `/orgs/${org}/teams`, { name: "Core", description: "All of it" });
    await send(page, "alice", "put", `/orgs/${org}/teams/core/memberships/bob`);
    await send(page, "alice", "put", `/orgs/${org}/teams/core/repos/${org}/vault`, { permission: "push" });
    await page.emulateMedia({ colorScheme });
    await signIn(page, "alice");
    for (const path of [
      `/orgs/${org}/teams`,
      `/orgs/${org}/teams?new=1`,
      `/orgs/${org}/teams/core`,
      `/orgs/${org}/settings`,
      `/${org}/vault/settings`,
    ]) {
      await page.goto(path);
      await page.locator("html[data-live]").waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}
