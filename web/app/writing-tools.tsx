import { FileDiff, MessageSquareReply } from "lucide-react";
import { lazy, Suspense, type ReactNode, type RefObject } from "react";
import { IconButton } from "../ui/icon-button.tsx";
import { useShortcut } from "../ui/keyboard/shortcuts.ts";
import { Popover } from "../ui/popover.tsx";
import { Completion } from "./completion.tsx";
import { insertInto } from "./draft.ts";

interface Props {
  readonly around: RefObject<HTMLElement | null>;
  readonly context: string | undefined;
  readonly suggestion: readonly string[] | undefined;
}

const SavedReplies = lazy(() => import("./saved-replies.tsx"));

/** What stands at the end of a Markdown field's tabs, and completes what is typed in it. */
export default function WritingTools({ around, context, suggestion }: Props) {
  const area = () => around.current?.querySelector("textarea") ?? null;
  const suggest = () => {
    const field = area();
    if (!field || suggestion === undefined) return;
    // A fence longer than any in the lines.
    const longest = Math.max(2, ...suggestion.map((line) => /`{3,}/.exec(line)?.[0].length ?? 0));
    const fence = "`".repeat(longest + 1);
    const lines = suggestion.map((line) => `${line}\n`).join("");
    insertInto(field, `${fence}suggestion\n${lines}${fence}\n`, true);
    const start = field.value.lastIndexOf(`${fence}suggestion\n`) + fence.length + 11;
    field.setSelectionRange(start, start + Math.max(0, lines.length - 1));
  };
  const replies = (close: () => void): ReactNode => {
    const pick = (text: string) => {
      close();
      const field = area();
      // The popup gives the focus back to its button first.
      if (field) setTimeout(() => insertInto(field, text, true));
    };
    return (
      <Suspense>
        <SavedReplies onPick={pick} />
      </Suspense>
    );
  };
  useShortcut({
    keys: "mod+g",
    label: "Suggest other lines",
    group: "While writing",
    enabled: suggestion !== undefined,
    run: suggest,
  });
  return (
    <>
      <span className="absolute top-0 right-0 flex gap-0.5">
        {suggestion !== undefined && (
          <IconButton
            label="Suggest other lines"
            keys="mod+g"
            icon={<FileDiff aria-hidden="true" className="size-4" />}
            onClick={suggest}
          />
        )}
        <Popover label="Saved replies" align="end" className="w-80 p-1" content={replies}>
          <IconButton
            label="Saved replies"
            icon={<MessageSquareReply aria-hidden="true" className="size-4" />}
          />
        </Popover>
      </span>
      <Completion around={around} context={context} onSuggest={suggest} />
    </>
  );
}
