import { useEffect, useMemo, useState, type KeyboardEvent } from "react";
import { webPaths } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { asApiError } from "../../app/api.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { findPaths } from "./find-paths.ts";
import { codeHref, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly gitRef: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onChoose: (path: string) => void;
}

const listId = "found-files";

/** All files of a branch under a field: arrows move, Enter opens. */
export default function FinderDialog({ at, gitRef, open, onClose, onChoose }: Props) {
  const api = useApi();
  const [paths, setPaths] = useState<readonly string[]>();
  const [refused, setRefused] = useState<string>();
  const [text, setText] = useState("");
  const [marked, setMarked] = useState(0);
  const { owner, repo } = at;
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    webPaths(api.call, { owner, repo, ref: gitRef }).then(
      ({ data }) => wanted && setPaths(data.paths),
      (error: unknown) => wanted && setRefused(asApiError(error).message),
    );
    return () => {
      wanted = false;
    };
  }, [api, owner, repo, gitRef, open]);
  const found = useMemo(() => findPaths(paths ?? [], text, 50), [paths, text]);
  const current = Math.min(marked, found.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setMarked((current + step + found.length) % Math.max(found.length, 1));
    } else if (event.key === "Enter" && found[current] !== undefined) {
      event.preventDefault();
      onChoose(found[current]);
    }
  };
  return (
    <Dialog title="Go to file" open={open} onClose={onClose} size="lg">
      <Input
        mono
        role="combobox"
        aria-label="Part of the path"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found[current] === undefined ? undefined : `${listId}-${current}`}
        placeholder="Part of the path"
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Files"
        className="mt-2 max-h-[50vh] min-h-40 overflow-y-auto"
      >
        {paths === undefined && refused === undefined && <Skeleton lines={5} />}
        {refused !== undefined && <p className="p-2 text-closed">{refused}</p>}
        {found.map((file, index) => (
          <a
            key={file}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === current}
            tabIndex={-1}
            href={codeHref(at, "blob", gitRef, file)}
            onClick={onClose}
            className="option font-mono aria-selected:bg-pressed"
          >
            {file}
          </a>
        ))}
        {paths !== undefined && found.length === 0 && (
          <p className="p-2 text-sm text-ink-2">No file has this in its path.</p>
        )}
      </div>
    </Dialog>
  );
}
