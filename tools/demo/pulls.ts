/** Pull requests in all states: under review, approved, merged, closed, a draft, one with conflicts, one from a fork. */
import type { Guest, Guests } from "./forge.ts";
import type { Issues } from "./issues.ts";

const place = "/repos/alice/demo";

interface Pull {
  readonly number: number;
  readonly head: { readonly sha: string };
}

export async function makePulls(guests: Guests, issues: Issues): Promise<void> {
  const { alice, bob, carol } = guests;
  await underReview(guests);
  const month = await opened(bob, {
    title: "Take the month from any place on the command line",
    head: "month-argument",
    body: `The first word that is no option is the date.\n\nCloses #${issues.month}.`,
  });
  await alice.patch(`${place}/issues/${month.number}`, { labels: ["bug"] });
  await review(carol, month, { event: "COMMENT", body: "Works here, with the date first and last." });
  await review(alice, month, { event: "APPROVE", body: "Thank you!" });
  await alice.put(`${place}/pulls/${month.number}/merge`, { merge_method: "squash", sha: month.head.sha });

  const reader = await opened(bob, {
    title: "Read the list of eclipses",
    head: "csv-reader",
    body: "So that `lunar --eclipse` can tell the next one. The list is small, so it is read as a whole.",
  });
  await bob.post(`${place}/statuses/${reader.head.sha}`, {
    state: "success",
    context: "ci/test",
    description: "27 tests passed",
  });
  await review(alice, reader, { event: "APPROVE", body: "" });

  await opened(alice, {
    title: "Sketch the tides",
    head: "tidal-forces",
    body: `What #${issues.tides} asks for, without harbours.\n\n- [x] the pull\n- [ ] words for it\n- [ ] a test`,
    draft: true,
  });
  const warmer = await opened(bob, {
    title: "Warm the night sky",
    head: "warmer-page",
    body: "A little purple. Opened before the night was darkened.",
  });
  await bob.post(`${place}/statuses/${warmer.head.sha}`, {
    state: "failure",
    context: "ci/test",
    description: "1 of 25 tests failed",
  });
  await opened(carol, {
    title: "Show the far side",
    head: "carol:far-side",
    body: "There is no light there, so this was easy.",
  });
  const louder = await opened(carol, {
    title: "Make the page brighter",
    head: "carol:louder-page",
    body: "Black on white, as everywhere.",
  });
  await say(
    alice,
    louder,
    "People look at this in the dark, beside a telescope. White would blind them for half an hour.",
  );
  await say(carol, louder, "That I had not thought of. Closing.");
  await carol.patch(`${place}/pulls/${louder.number}`, { state: "closed" });
}

/** One whose review is under way, with threads that are answered, settled and open. */
async function underReview({ alice, bob, carol }: Guests): Promise<void> {
  const rise = await opened(bob, {
    title: "Say when the moon rises",
    head: "rise-times",
    body: "By local solar time, to about an hour:\n\n| phase | rises |\n|---|---|\n| new moon | 6:00 |\n| full moon | 18:00 |\n\nLatitude and season come later.",
  });
  await alice.patch(`${place}/issues/${rise.number}`, {
    labels: ["enhancement", "accuracy"],
    assignees: ["bob"],
  });
  await bob.post(`${place}/pulls/${rise.number}/requested_reviewers`, { reviewers: ["alice", "carol"] });
  await bob.post(`${place}/statuses/${rise.head.sha}`, {
    state: "success",
    context: "ci/test",
    description: "26 tests passed",
  });
  await review(carol, rise, {
    event: "COMMENT",
    body: "Lovely. One question about places far north.",
    comments: [
      {
        path: "src/rise.ts",
        line: 7,
        side: "RIGHT",
        body: "In Tromsø the moon does not rise at all for days. Should this be `number | null`?",
      },
    ],
  });
  await review(alice, rise, {
    event: "REQUEST_CHANGES",
    body: "Two small things, then it is ready.",
    comments: [
      {
        path: "src/rise.ts",
        line: 8,
        side: "RIGHT",
        body: "Say it with a name:\n\n```suggestion\n  return (sunrise + (24 * age(date)) / synodicMonth) % 24;\n```",
      },
      {
        path: "test/rise.test.ts",
        line: 6,
        side: "RIGHT",
        body: "One night is luck. Please try a whole month.",
      },
    ],
  });
  const comments = await bob.get<{ id: number; line: number; path: string }[]>(
    `${place}/pulls/${rise.number}/comments`,
  );
  const at = (path: string, line: number) =>
    comments.find((one) => one.path === path && one.line === line)?.id;
  const north = at("src/rise.ts", 7);
  const reply = "It should, once latitude is a parameter. For now the doc comment says whose time it is.";
  await bob.post(`${place}/pulls/${rise.number}/comments/${north}/replies`, { body: reply });
  await carol.post(`${place}/pulls/${rise.number}/comments/${north}/replies`, { body: "Fair enough 🌒" });
  await bob.put(`${place}/pulls/comments/${north}/resolution`);
  await say(bob, rise, "I shall try a whole month tonight.");
}

const opened = (
  who: Guest,
  pull: { title: string; head: string; body: string; draft?: boolean },
): Promise<Pull> => who.post<Pull>(`${place}/pulls`, { base: "main", ...pull });

const review = (
  who: Guest,
  { number }: Pull,
  said: { event: string; body: string; comments?: readonly object[] },
) => who.post(`${place}/pulls/${number}/reviews`, said);

const say = (who: Guest, { number }: Pull, body: string) =>
  who.post(`${place}/issues/${number}/comments`, { body });
