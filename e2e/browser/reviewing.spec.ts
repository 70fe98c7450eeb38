import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { people, type PersonName } from "../../tools/testing/people.ts";
import { fresh, pushBranch } from "./branches.ts";
import { signIn } from "./people.ts";

const repository = "/api/v3/repos/alice/demo";

/** Says something through the API, as that person. */
async function send(page: Page, name: PersonName, method: "post" | "put", path: string, data: object) {
  const secret = Buffer.from(`${name}:${people[name].password}`).toString("base64");
  const headers = { authorization: `Basic ${secret}` };
  const answer = await page.request[method](`${repository}${path}`, { data, headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as { readonly number: number; readonly sha: string };
}

const text = "one\ntwo\nthree\nfour\nfive\nsix\n";

/** A pull request of bob's with one new file; answers where it is, and what a second push makes of it. */
async function proposed(page: Page, baseURL: string | undefined, name: string) {
  const branch = fresh(name);
  const file = `${branch}.txt`;
  const sha = pushBranch(baseURL ?? "", branch, { subject: `Count in ${branch}`, files: { [file]: text } });
  const { number } = await send(page, "bob", "post", "/pulls", {
    title: `Count in ${branch}`,
    head: branch,
    base: "main",
  });
  const again = async (content: string) => {
    const old = await page.request.get(`${repository}/contents/${file}?ref=${branch}`);
    await send(page, "bob", "put", `/contents/${file}`, {
      message: "Count better",
      content: Buffer.from(content).toString("base64"),
      sha: ((await old.json()) as { sha: string }).sha,
      branch,
    });
  };
  const comment = (line: number, body: string) =>
    send(page, "alice", "post", `/pulls/${number}/comments`, {
      body,
      commit_id: sha,
      path: file,
      line,
      side: "RIGHT",
    });
  return { number, file, again, comment, place: `/alice/demo/pull/${number}` };
}

const live = (page: Page) => page.locator("html[data-live]").waitFor();

/** Focuses what a key reaches, and presses Enter on it: nothing is pressed with a pointer. */
const enter = async (page: Page, role: "button" | "link" | "radio", name: string | RegExp) => {
  const control = page.getByRole(role, { name }).first();
  await control.focus();
  await expect(control).toBeFocused();
  await page.keyboard.press(role === "radio" ? "Space" : "Enter");
};

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("each push is a revision, and two of them are compared", async ({ page, baseURL }) => {
      const pull = await proposed(page, baseURL, `revised-${javaScriptEnabled ? "a" : "b"}`);
      await page.goto(`${pull.place}/revisions`);
      await expect(page.getByText("One revision so far")).toBeVisible();
      await pull.again(text.replace("three", "drei"));
      await pull.again(text.replace("three", "trois"));
      await page.goto(`${pull.place}/revisions`);
      const revisions = page.getByRole("list", { name: "Revisions" });
      await expect(revisions.getByRole("listitem")).toHaveCount(3);
      await revisions.getByRole("link", { name: "Compare with 1" }).click();
      const compared = page.getByRole("region", { name: "What changed" });
      await expect(compared.getByText("drei").first()).toBeVisible();
      await expect(compared.getByText("trois")).toHaveCount(0);
      await compared.getByLabel("From").selectOption("1");
      await compared.getByLabel("To").selectOption("3");
      if (!javaScriptEnabled) await compared.getByRole("button").first().click();
      await expect(compared.getByText("trois").first()).toBeVisible();
    });

    test("a comment is written, answered with a reaction, and that is taken back", async ({
      page,
      baseURL,
    }) => {
      const pull = await proposed(page, baseURL, `felt-${javaScriptEnabled ? "a" : "b"}`);
      await signIn(page, "alice");
      await page.goto(pull.place);
      await page.getByRole("textbox", { name: /comment|Say something/i }).fill("Well counted");
      await page.getByRole("button", { name: "Comment", exact: true }).click();
      const said = page.getByRole("article").filter({ hasText: "Well counted" });
      await said.getByRole("link", { name: "Add a reaction" }).click();
      await page.getByRole("button", { name: "hooray" }).click();
      const mine = said.getByRole("button", { name: "hooray, 1, yours among them" });
      await expect(mine).toBeVisible();
      await mine.click();
      await expect(mine).toHaveCount(0);
    });

    test("a comment on lines says which they are, and its form is gone once it is said", async ({
      page,
      baseURL,
    }) => {
      const pull = await proposed(page, baseURL, `lines-${javaScriptEnabled ? "a" : "b"}`);
      await signIn(page, "alice");
      await page.goto(`${pull.place}/files?comment=${pull.file}:2-4:new`);
      if (javaScriptEnabled) await live(page);
      const form = page.getByRole("textbox", { name: /^Comment on/ });
      await form.fill("Three at once");
      await page.getByRole("button", { name: "Comment now" }).click();
      const said = page.getByRole("region", { name: pull.file, exact: true });
      await expect(said.getByText("About the lines 2 to 4")).toBeVisible();
      await expect(form).toHaveCount(0);
      if (!javaScriptEnabled) return;
      await said.getByRole("button", { name: "Quote in a reply" }).click();
      await expect(said.getByRole("textbox", { name: "Answer" })).toHaveValue("> Three at once\n\n");
    });
  });
}

test("a saved reply is kept, put into a comment by keys, changed and deleted", async ({ page, baseURL }) => {
  const pull = await proposed(page, baseURL, "replied");
  const title = fresh("Thanks");
  await signIn(page, "alice");
  await page.goto("/settings/replies");
  await live(page);
  await page.getByLabel("Title").fill(title);
  await page.getByRole("textbox", { name: "Words" }).fill("Thank you for the change!");
  await enter(page, "button", "Keep it");
  await expect(page.getByText(title)).toBeVisible();

  await page.goto(pull.place);
  await live(page);
  const box = page.getByRole("textbox", { name: /comment|Say something/i });
  await box.focus();
  await page.getByRole("button", { name: "Saved replies" }).first().press("Enter");
  await page.getByRole("button", { name: title }).press("Enter");
  await expect(box).toHaveValue(/Thank you for the change!/);

  await page.goto("/settings/replies");
  await live(page);
  await enter(page, "link", `Change ${title}`);
  await page.getByRole("textbox", { name: "Words" }).first().fill("Thanks!");
  await page.getByRole("button", { name: "Save", exact: true }).first().press("Enter");
  await expect(page.getByText("Thanks!")).toBeVisible();
  await enter(page, "button", `Delete the reply ${title}`);
  await expect(page.getByText(title)).toHaveCount(0);
});

test("suggestions are gathered and applied as one commit", async ({ page, baseURL }) => {
  const pull = await proposed(page, baseURL, "suggested");
  await pull.comment(2, "```suggestion\nzwei\n```");
  await pull.comment(5, "```suggestion\nfünf\n```");
  await signIn(page, "bob");
  await page.goto(`${pull.place}/files`);
  await live(page);
  const suggestions = page.getByRole("region", { name: "Suggested change" });
  for (const index of [0, 1])
    await suggestions.nth(index).getByRole("button", { name: "Add to batch" }).press("Enter");
  const bar = page.getByRole("region", { name: "Suggestions to apply" });
  await bar.getByLabel("Commit message").fill("Count in German");
  await bar.getByRole("button", { name: "Apply 2 suggestions" }).press("Enter");
  await expect(bar).toHaveCount(0);
  await expect(page.getByText("Applied")).toHaveCount(2);
  await page.goto(`${pull.place}/commits`);
  await expect(page.getByText("Count in German")).toHaveCount(1);
  await expect(page.getByText("Count in suggested")).not.toHaveCount(0);
});

test("the form of a comment that the address or a name opened closes again", async ({ page, baseURL }) => {
  const pull = await proposed(page, baseURL, "addressed");
  await signIn(page, "alice");
  const form = page.getByRole("textbox", { name: /^Comment on/ });
  for (const address of [`comment=${pull.file}:2-4:new`, `on=${pull.file}&line=4`]) {
    await page.goto(`${pull.place}/files?${address}`);
    await live(page);
    await expect(form).toBeVisible();
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(form).toHaveCount(0);
  }

  // Asked for by its name, with the pointer: the page stays, and the form opens as often as it is asked for.
  await page.getByText("Comment on any file, changed or not").click();
  for (const [line, words] of [
    ["3", "Comment on line 3"],
    ["3", "Comment on line 3"],
    ["", "Comment on the file README.md"],
  ] as const) {
    await page.getByLabel("File", { exact: true }).fill(line === "" ? "README.md" : pull.file);
    await page.getByLabel("Line, or the whole file").fill(line);
    await page.getByRole("button", { name: "Write", exact: true }).click();
    await expect(page.getByRole("textbox", { name: words })).toBeFocused();
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(form).toHaveCount(0);
  }
});

test("what stands at the end of a file's head goes with it", async ({ page, baseURL }) => {
  const branch = fresh("heads");
  const files = { [`${branch}/a.txt`]: text.repeat(30), [`${branch}/b.txt`]: text.repeat(30) };
  pushBranch(baseURL ?? "", branch, { subject: "Two files", files });
  const { number } = await send(page, "bob", "post", "/pulls", {
    title: "Heads",
    head: branch,
    base: "main",
  });
  await signIn(page, "alice");
  await page.goto(`/alice/demo/pull/${number}/files`);
  await live(page);
  const [first, second] = [page.locator("[data-diff-file]").nth(0), page.locator("[data-diff-file]").nth(1)];
  await second.evaluate((one) => scrollTo(0, one.getBoundingClientRect().top + scrollY));
  const end = await first.evaluate((one) => one.getBoundingClientRect().bottom);
  const acts = await first.getByRole("button", { name: "Copy path" }).boundingBox();
  expect((acts?.y ?? 0) + (acts?.height ?? 0)).toBeLessThanOrEqual(end);
});

test("a whole review is written and submitted by keys, and what was typed survives a reload", async ({
  page,
  baseURL,
}) => {
  const pull = await proposed(page, baseURL, "keyed");
  await signIn(page, "alice");
  await page.goto(`${pull.place}/files`);
  await live(page);
  const anywhere = page.locator("summary").filter({ hasText: "Comment on any file" });
  await anywhere.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(pull.file);
  await page.keyboard.press("Tab");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
  const box = page.getByRole("textbox", { name: /^Comment on / });
  await expect(box).toBeFocused();
  await page.keyboard.type("Why two?");
  await page.reload();
  await live(page);
  await expect(box).toHaveValue("Why two?");
  await enter(page, "button", "Start a review");
  await expect(page.getByText("1 comment waits")).toBeVisible();

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("r");
  const whole = page.getByRole("textbox", { name: "What you say as a whole" });
  await whole.focus();
  await page.keyboard.type("Almost there");
  await page.reload();
  await live(page);
  if ((await whole.count()) === 0) await page.keyboard.press("r");
  await expect(whole).toHaveValue("Almost there");
  await enter(page, "radio", "Request changes");
  await enter(page, "button", "Submit the review");
  await expect(page.getByText("asked for changes").first()).toBeVisible();
  await page.goto(pull.place);
  await expect(page.getByText("Why two?")).toBeVisible();
  await expect(page.getByText("Almost there")).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing of a review has a fault that a machine can find, ${colorScheme}`, async ({
    page,
    baseURL,
  }) => {
    const pull = await proposed(page, baseURL, `checked-${colorScheme}`);
    await pull.comment(2, "```suggestion\nzwei\n```");
    await pull.again(text.replace("six", "sechs"));
    await page.emulateMedia({ colorScheme });
    await signIn(page, "alice");
    for (const path of [
      `${pull.place}/revisions`,
      `${pull.place}/files?review=1`,
      `${pull.place}/files?comment=${pull.file}:3:new`,
      pull.place,
      "/settings/replies",
    ]) {
      await page.goto(path);
      await live(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}
