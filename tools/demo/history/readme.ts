/** A README with everything that Markdown can do. */
export const readme = `# lunar

<p align="center"><img src="docs/moon.svg" width="128" alt="A gibbous moon" /></p>

What phase is the moon in? **This program knows**, for any date, on the command line and in the
browser. It is _small_, ~~exact to the second~~ exact to about half a day, and has no dependencies.

> [!NOTE]
> Counting mean months is enough to choose a night for looking at stars. For tides, ask somebody else.

## Use

\`\`\`sh
$ lunar 2026-08-12
🌑 new moon 0 %
$ lunar --month 2026-08-01
\`\`\`

\`\`\`ts
import { phase, illumination } from "lunar";

console.log(phase(new Date()), illumination(new Date()));
\`\`\`

\`\`\`diff
- return days % synodicMonth;
+ return ((days % synodicMonth) + synodicMonth) % synodicMonth;
\`\`\`

## What it knows

| Phase         | Face | Age in days |   Lit |
| :------------ | :--: | ----------: | ----: |
| new moon      |  🌑  |         0.0 |   0 % |
| first quarter |  🌓  |         7.4 |  50 % |
| full moon     |  🌕  |        14.8 | 100 % |
| last quarter  |  🌗  |        22.1 |  50 % |

1. The age comes first[^age],
2. then the phase:
   - an eighth of the month each,
   - with its exact moment in the middle;
3. then everything else.

- [x] Northern half of the earth
- [x] Southern half of the earth
- [ ] The far side

<details>
<summary>Why eight phases and not four?</summary>

Because four of them last a moment and four last a week, and people look at the moon in both.

</details>

Press <kbd>Ctrl</kbd> + <kbd>C</kbd> to stop waiting for the next eclipse. See
[the method](docs/method.md), the [list of eclipses](data/eclipses.csv) or https://en.wikipedia.org/wiki/Lunar_phase.
H<sub>2</sub>O was found there; the area is 38 million km<sup>2</sup>.

---

Made by @alice, @bob and @carol. \`v0.2.0\` was the first that anybody used :crescent_moon:

[^age]: The time since the last new moon, see [docs/method.md](docs/method.md).
`;
