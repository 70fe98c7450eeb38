/** Attempts, some of which were taken back, and the second release. */
import { append, by, edit, gone, moved, program, put } from "./step.ts";

export const detours = [
  by("alice", "Plot a year", [
    program(
      "scripts/plot.py",
      `#!/usr/bin/env python3
"""Draws the lit part of the moon over a year as an SVG."""
import math
import sys
from datetime import datetime, timedelta, timezone

MONTH = 29.530588853
EPOCH = datetime(2000, 1, 6, 18, 14, tzinfo=timezone.utc)


def lit(date: datetime) -> float:
    age = (date - EPOCH).total_seconds() / 86400 % MONTH
    return (1 - math.cos(2 * math.pi * age / MONTH)) / 2


def main(year: int) -> None:
    start = datetime(year, 1, 1, tzinfo=timezone.utc)
    points = " ".join(f"{day * 2},{100 - 90 * lit(start + timedelta(days=day)):.1f}" for day in range(366))
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 732 110"><polyline points="{points}" fill="none" stroke="#b8860b" /></svg>')


if __name__ == "__main__":
    main(int(sys.argv[1]))
`,
    ),
  ]),
  by("alice", "Keep the drawing of the moon beside the words", [
    put(
      "docs/moon.svg",
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="128" height="128">\n  <circle cx="32" cy="32" r="30" fill="#1b2240" />\n  <path d="M32 2a30 30 0 1 1 0 60 22 30 0 0 0 0-60z" fill="#f3e9c8" />\n</svg>\n',
    ),
  ]),
  by("bob", "Put the program's parts where they belong", [
    moved("src/draw.ts", "src/text/face.ts"),
    moved("src/calendar.ts", "src/text/calendar.ts"),
    put(
      "src/text/index.ts",
      'export { calendar } from "./calendar.ts";\nexport { face } from "./face.ts";\n',
    ),
    edit(
      "src/cli.ts",
      'import { calendar } from "./calendar.ts";\nimport { face } from "./draw.ts";',
      'import { calendar, face } from "./text/index.ts";',
    ),
    edit("test/calendar.test.ts", "../src/calendar.ts", "../src/text/calendar.ts"),
  ]),
  by("bob", "Mend the imports of the moved files", [
    edit("src/text/face.ts", "./phase.ts", "../phase.ts"),
    edit(
      "src/text/calendar.ts",
      './draw.ts";\nimport { phase } from "./phase.ts"',
      './face.ts";\nimport { phase } from "../phase.ts"',
    ),
  ]),
  by("alice", "Try an exact formula in C", [
    put(
      "native/phase.c",
      `/* The moment of a new moon after Meeus, Astronomical Algorithms, chapter 49: mean phase only. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double new_moon(double k) {
  double t = k / 1236.85;
  return 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
}

int main(int argc, char **argv) {
  double k = argc > 1 ? atof(argv[1]) : 0;
  printf("%.5f\\n", new_moon(k));
  return 0;
}
`,
    ),
    put(
      "Makefile",
      "CFLAGS = -O2 -Wall -Wextra\n\nnative/phase: native/phase.c\n\t$(CC) $(CFLAGS) -o $@ $< -lm\n\nclean:\n\trm -f native/phase\n\n.PHONY: clean\n",
    ),
  ]),
  by("carol", "Ignore what the compiler makes", [append(".gitignore", "native/phase\n")]),
  by("bob", "Test on every push", [
    put(".ci/test.yaml", "on: [push]\nsteps:\n  - run: npm test\n  - run: make native/phase\n"),
  ]),
  by("alice", "Drop the log that slipped in nowhere", [edit(".gitignore", "*.log\n", "")]),
  by(
    "alice",
    "Release 0.2",
    [
      edit("package.json", '"version": "0.1.0"', '"version": "0.2.0"'),
      edit(
        "CHANGELOG.md",
        "# Changes\n",
        "# Changes\n\n## 0.2.0\n\n- `lunar --month` prints a calendar\n- A page, a plot, a list of eclipses\n- The southern half of the earth sees its own moon\n",
      ),
    ],
    { tag: "v0.2.0" },
  ),
  by("alice", "Leave the C to those who need it\n\nNobody built it, and the mean phase is all it knew.", [
    gone("native/phase.c"),
    gone("Makefile"),
    edit(".gitignore", "native/phase\n", ""),
    edit(".ci/test.yaml", "  - run: make native/phase\n", ""),
  ]),
];
