import { subscription } from "../../../kernel/events.ts";
import { mirrorFailed, mirrorRecovered, mirrorStopped } from "./events.ts";
import { writeAboutMirror } from "./letters.ts";

const letters = subscription(
  "repositories.mirror-letters",
  [mirrorFailed, mirrorStopped, mirrorRecovered],
  writeAboutMirror,
);

export const subscriptions = [letters];
