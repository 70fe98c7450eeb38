/** How fast the page of a large pull request answers a hand: a real browser on a processor four times slower. */
import { chromium, type Page } from "@playwright/test";
import { findProgram } from "./debian.ts";
import { owner, password } from "./filling.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { line, wanted, type Figure, type Outcome } from "./table.ts";

/** What the processor is slowed by, and what an act may take on it until it shows, in ms. */
const slowdown = 4;
const longest = 60;
const mostElements = 6_000;
/** How often each is done. */
const turns = 9;
const words = "Is it so?";

/** The least that browsers tell of (Event Timing): what is not told of took less. In ms. */
const leastTold = 16;

/** Times in ms from a key until its result was on the screen, by what was done. */
type Times = Map<string, number[]>;

/** What the browser alone does on the same page for the like of an act, by the name of the act. */
const bare = new Map([
  ["comment begun", { key: "F8", of: "a bare text area, put there" }],
  ["file marked as viewed", { key: "F9", of: "the head alone, folded" }],
]);

export const measureHands: Benchmark = async function* (scene) {
  const title = "a hand on 10,000 changed lines";
  const program = findProgram("chromium");
  if (program === undefined) {
    yield { name: title, why: "chromium is not installed (Debian: chromium)" };
    return;
  }
  let done: { readonly times: Times; readonly elements: number } | undefined;
  const broken = await attempt(scene, title, async () => {
    done = await atThePage(scene, program);
    return line(title, "elements", done.elements, [wanted(mostElements)]);
  });
  yield broken;
  for (const [name, took] of done?.times ?? []) {
    const alone = bare.get(name);
    if (isAct(name))
      yield told(name, took, alone && { of: alone.of, took: done?.times.get(alone.key) ?? [] });
  }
};

const isAct = (name: string): boolean => ![...bare.values()].some(({ key }) => key === name);

function told(
  name: string,
  took: readonly number[],
  alone: { readonly of: string; readonly took: readonly number[] } | undefined,
): Outcome {
  return line(`${name}, ${slowdown} times slower`, "ms", worstOf("wit", took), [
    wanted(longest),
    ...(alone ? [worstOf(alone.of, alone.took)] : []),
  ]);
}

function worstOf(of: string, took: readonly number[]): Figure {
  const sorted = took.toSorted((a, b) => a - b);
  const worst = sorted.at(-1) ?? Number.NaN;
  return { of, value: worst, p50: sorted[sorted.length >> 1] ?? Number.NaN, p99: worst };
}

async function atThePage(scene: Scene, executablePath: string) {
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    // Whoever breaks the run off ends it.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(`${scene.forge.url}/login`);
    await page.locator('[name="login"]').fill(owner);
    await page.locator('[name="password"]').fill(password);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname !== "/login");
    await page.goto(`${scene.forge.url}/${owner}/pulls/pull/1/files`, { waitUntil: "networkidle" });
    await page.locator("html[data-live]").waitFor();
    const slow = await page.context().newCDPSession(page);
    await slow.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    return await work(page);
  } finally {
    await browser.close();
  }
}

/** Everything a reader does, one after the other. */
async function work(page: Page) {
  const times: Times = new Map();
  let elements = 0;
  await page.evaluate(() => {
    const told: number[] = [];
    const note = (list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries())
        if ("interactionId" in entry && entry.interactionId !== 0) told.push(entry.duration);
    };
    // Not yet among the types of TypeScript.
    new PerformanceObserver(note).observe({
      type: "event",
      durationThreshold: 16,
    } as PerformanceObserverInit);
    Object.assign(window, { told });
  });
  const press = async (name: string, key: string) => {
    await calm(page);
    await page.evaluate(takeTold);
    await page.keyboard.press(key);
    await calm(page);
    const took = Math.max(leastTold, ...(await page.evaluate(takeTold)));
    times.set(name, [...(times.get(name) ?? []), took]);
    elements = Math.max(elements, await page.evaluate(() => document.querySelectorAll("*").length));
  };
  for (const [name, key] of [
    ["next file", "j"],
    ["file before", "k"],
    ["file folded and opened", "o"],
  ] as const)
    for (let turn = 0; turn < turns; turn += 1) await press(name, key);
  for (let turn = 0; turn < 3; turn += 1) {
    await page.keyboard.press("j");
    await press("comment begun", "c");
    await page.locator("textarea:focus").waitFor();
    for (const key of words) await press("a letter of a comment", key);
    await page.getByRole("link", { name: "Cancel", exact: true }).click();
  }
  await page.evaluate(actBare);
  for (let turn = 0; turn < turns; turn += 1) {
    await page.keyboard.press("j");
    for (const { key } of bare.values()) await press(key, key);
  }
  for (let turn = 0; turn < turns; turn += 1) await press("file marked as viewed", "v");
  return { times, elements };
}

/** Binds F8 and F9 to what the browser can do by itself with the file that the focus is in. Runs in the page. */
function actBare(): void {
  let area: HTMLTextAreaElement | undefined;
  addEventListener("keydown", ({ key }) => {
    const file = document.activeElement?.closest("details");
    if (key === "F9" && file) file.open = !file.open;
    if (key !== "F8") return;
    area?.remove();
    area = document.createElement("textarea");
    file?.querySelector("summary")?.after(area);
    area.focus();
  });
}

/** Takes what the browser told of since the last time, in ms. Runs in the page. */
function takeTold(): number[] {
  return (window as unknown as { told: number[] }).told.splice(0);
}

/** Waits until the page draws frame after frame without work, for three seconds at most. */
async function calm(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const end = performance.now() + 3_000;
    let last = performance.now();
    for (let frames = 0; frames < 8 && last < end;) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const now = performance.now();
      frames = now - last < 40 ? frames + 1 : 0;
      last = now;
    }
  });
}
