/** Issues in all states, with labels, milestones, comments and references. */
import type { Guest, Guests } from "./forge.ts";

const place = "/repos/alice/demo";

interface Numbered {
  readonly number: number;
}

/** What the pull requests refer to. */
export interface Issues {
  readonly month: number;
  readonly tides: number;
}

export async function makeIssues(guests: Guests): Promise<Issues> {
  const { alice, bob, carol, mallory } = guests;
  await alice.post(`${place}/labels`, {
    name: "web",
    color: "0e8a16",
    description: "The page for people without a terminal",
  });
  await alice.post(`${place}/labels`, { name: "accuracy", color: "b60205", description: "Hours matter" });
  const due = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const next = await alice.post<Numbered>(`${place}/milestones`, {
    title: "0.4",
    description: "Rising, setting, and a month that can be asked for",
    due_on: due(24),
  });
  const one = await alice.post<Numbered>(`${place}/milestones`, {
    title: "1.0",
    description: "Exact to the minute",
    due_on: due(180),
  });
  const old = await alice.post<Numbered>(`${place}/milestones`, { title: "0.3", description: "Released" });

  const month = await opened(carol, {
    title: "`lunar --month` refuses to say anything",
    body: 'As the README tells me:\n\n```console\n$ lunar --month 2026-08-01\n"--month" is no date; try 2026-08-12\n```\n\nI expected a calendar. Version 0.3.0, Node 24.',
  });
  await triage(alice, month, { labels: ["bug"], assignees: ["bob"], milestone: next.number });
  await say(
    bob,
    month,
    "The first word is always taken for the date. I look for the first one that is no option instead.",
  );
  await say(
    carol,
    month,
    "> the first one that is no option\n\nThat would also let me write the date first. 👍",
  );

  const exact = await opened(bob, {
    title: "The new moon of 12 August 2026 is some hours late",
    body: "`age` counts **mean** months. For the total eclipse in August that is off by about 7 hours:\n\n| | UT |\n|---|---|\n| almanac | 17:37 |\n| lunar | 10:20 |\n\nMeeus, chapter 49, has the periodic terms. There was an attempt in C in `native/`, which we removed.",
  });
  await triage(alice, exact, { labels: ["accuracy", "enhancement"], milestone: one.number });
  await say(
    alice,
    exact,
    "The fourteen largest terms would bring us under ten minutes:\n\n- [x] collect the coefficients\n- [ ] `src/meeus.ts`\n- [ ] hold it against `data/eclipses.csv`\n\n@bob, you had them in a notebook?",
  );

  const tides = await opened(mallory, {
    title: "Can it predict the tides of my harbour?",
    body: "It knows the moon, so it knows the sea. <script>alert(1)</script> Please add Boston.",
  });
  await triage(alice, tides, { labels: ["question"] });
  await say(
    alice,
    tides,
    "Not of a harbour: that takes its coast line. But spring and neap tides follow from the phase alone, let us try that.",
  );

  const readers = await opened(carol, {
    title: "Screen readers read the moon's face as “waxing gibbous moon symbol”",
    body: "The name of the phase follows it, so people hear it twice.",
  });
  await triage(alice, readers, {
    labels: ["web", "good first issue"],
    assignees: ["carol"],
    milestone: old.number,
  });
  await say(carol, readers, "Hidden from them now, and the name is announced when it changes.");
  await alice.patch(`${place}/issues/${readers}`, { state: "closed", state_reason: "completed" });

  const astrology = await opened(mallory, { title: "Show the zodiac sign", body: "Everybody wants it." });
  await triage(alice, astrology, { labels: ["wontfix"] });
  await say(bob, astrology, "This is about where the moon is, not about what it means.");
  await alice.patch(`${place}/issues/${astrology}`, { state: "closed", state_reason: "not_planned" });
  await alice.put(`${place}/issues/${astrology}/lock`, { lock_reason: "off-topic" });

  const weeks = await opened(carol, {
    title: "Weeks begin on Monday, but not everywhere",
    body: "In Portugal they begin on Sunday. `Intl.Locale` knows.",
  });
  await triage(alice, weeks, { labels: ["enhancement", "help wanted"], milestone: next.number });
  await alice.patch(`${place}/issues/${weeks}`, { state: "closed" });
  await say(
    carol,
    weeks,
    `\`calendar\` takes the first day now, but \`lunar --month\` never passes it. See also #${month}.`,
  );
  await alice.patch(`${place}/issues/${weeks}`, { state: "open" });

  await opened(alice, {
    title: "Say in the documentation who counts from which new moon",
    body: "Brown's lunation number, the one of the Chinese calendar, ours: `k` in `docs/method.md` should say which.",
    labels: ["documentation", "good first issue"],
  });
  await opened(bob, {
    title: "日食のデータを2030年まで 🌘",
    body: "`data/eclipses.csv` ends in 2028. NASA has five millennia of them.",
    labels: ["enhancement"],
  });
  await alice.patch(`${place}/milestones/${old.number}`, { state: "closed" });
  return { month, tides };
}

async function opened(
  who: Guest,
  issue: { title: string; body: string; labels?: readonly string[] },
): Promise<number> {
  return (await who.post<Numbered>(`${place}/issues`, issue)).number;
}

const triage = (
  who: Guest,
  number: number,
  changes: { labels?: readonly string[]; assignees?: readonly string[]; milestone?: number },
) => who.patch(`${place}/issues/${number}`, changes);

const say = (who: Guest, number: number, body: string) =>
  who.post(`${place}/issues/${number}/comments`, { body });
