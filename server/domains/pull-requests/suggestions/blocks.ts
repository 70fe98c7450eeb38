/** Suggestions in the words of a comment: the lines that its author would write instead of those it stands on. */

const opening = /^ {0,3}(`{3,}|~{3,})[ \t]*suggestion(?:[ \t:][^`]*)?$/;

/**
 * The lines that the first suggestion of a text puts in the place of those it is about; no lines at all take them away. Null
 * when there is none. A block that is not closed ends with the text.
 */
export function suggestedLines(body: string): readonly string[] | null {
  const lines = body.split(/\r?\n/);
  let fence: string | null = null;
  let begun: string[] | null = null;
  for (const line of lines) {
    if (fence === null) {
      const [, marks] = opening.exec(line) ?? [];
      const other = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      fence = marks ?? other ?? null;
      begun = marks === undefined ? null : [];
    } else if (closes(line, fence)) {
      if (begun) return begun;
      fence = null;
    } else begun?.push(line);
  }
  return begun;
}

function closes(line: string, fence: string): boolean {
  const end = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return end !== undefined && end[0] === fence[0] && end.length >= fence.length;
}

/** The same as it is stored: null without a suggestion, else each line with its end. */
export const suggestionOf = (body: string): string | null => {
  const lines = suggestedLines(body);
  return lines === null ? null : lines.map((line) => `${line}\n`).join("");
};
