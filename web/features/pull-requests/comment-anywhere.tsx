import { memo, useId } from "react";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import type { DiffFile } from "../diff/lines.ts";
import { placeAsked, type CommentPlace } from "./places.ts";

interface Props {
  /** The changed files, offered first; any other can be named too. */
  readonly files: readonly Pick<DiffFile, "path">[];
  readonly search: URLSearchParams;
  readonly onAsk: (place: CommentPlace) => void;
}

/** Asks for a file and a line by their names: for lines that the changes do not show, and for hands on the keyboard. */
export const CommentAnywhere = memo(function CommentAnywhere({ files, search, onAsk }: Props) {
  const list = useId();
  const kept = [...search].filter(([name]) => !["comment", "on", "line", "edit"].includes(name));
  return (
    <details className="border-line px-3 py-1.5 text-sm [section>div+&]:border-t">
      <summary className="cursor-pointer py-1 text-ink-2">Comment on any file, changed or not</summary>
      <form
        method="get"
        className="flex flex-wrap items-end gap-2 py-1.5"
        onSubmit={(event) => {
          const said = new FormData(event.currentTarget);
          const [on, line] = [said.get("on"), said.get("line")].map(String);
          const place = placeAsked(new URLSearchParams({ on: on ?? "", line: line ?? "" }));
          if (!place) return;
          event.preventDefault();
          onAsk(place);
        }}
      >
        {kept.map(([name, value]) => (
          <input key={name + value} type="hidden" name={name} value={value} />
        ))}
        <label className="flex min-w-52 grow flex-col gap-1">
          File
          <Input small mono name="on" required list={list} defaultValue={search.get("on") ?? ""} />
        </label>
        <datalist id={list}>
          {files.map(({ path }) => (
            <option key={path} value={path} />
          ))}
        </datalist>
        <label className="flex w-36 flex-col gap-1">
          Line, or the whole file
          <Input small type="number" min={1} name="line" defaultValue={search.get("line") ?? ""} />
        </label>
        <Button size="sm" type="submit">
          Write
        </Button>
      </form>
    </details>
  );
});
