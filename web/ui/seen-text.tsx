/** Line ends, controls, marks without width, and marks that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex
const unseen = /([\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff])/;

/** The name of a file, in which a character that nobody sees stands as its number: no name passes for another. */
export function SeenText({ text }: { readonly text: string }) {
  if (!unseen.test(text)) return text;
  return text.split(unseen).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // A text has no other order than its own.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className="unseen" data-unseen={number(part)}>
        {part}
      </span>
    ),
  );
}

const number = (letter: string): string =>
  `U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
