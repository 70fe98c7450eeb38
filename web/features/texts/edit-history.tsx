import { useEffect, useState } from "react";
import type { TextEdit } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { asApiError } from "../../app/api.ts";
import { Button } from "../../ui/button.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";

/** The changes of a text, newest first, each with what it said before. */
export default function EditHistory({ text }: { readonly text: string }) {
  const api = useApi();
  const [found, setFound] = useState<readonly TextEdit[]>([]);
  const [refused, setRefused] = useState<string>();
  useEffect(() => {
    let gone = false;
    api.send<readonly TextEdit[]>("GET", `${text}/edits?per_page=100`).then(
      ({ data }) => !gone && setFound(data),
      (error: unknown) => !gone && setRefused(asApiError(error).message),
    );
    return () => {
      gone = true;
    };
  }, [api, text]);
  const erase = async (id: number) => {
    try {
      await api.send("DELETE", `${text}/edits/${id}`);
      const { data } = await api.send<readonly TextEdit[]>("GET", `${text}/edits?per_page=100`);
      setFound(data);
    } catch (error) {
      setRefused(asApiError(error).message);
    }
  };
  return (
    <div className="flex max-h-[60vh] flex-col overflow-y-auto">
      <p className="sticky top-0 border-b border-line bg-surface px-3 py-2 text-sm font-medium">
        What it said before
      </p>
      {refused !== undefined && <p className="px-3 py-2 text-sm text-closed">{refused}</p>}
      <ol className="divide-y divide-line">
        {found.map((edit) => (
          <li key={edit.id} className="px-3 py-2">
            <p className="flex items-center gap-1.5 text-sm text-ink-2">
              <span className="grow">
                <span className="font-medium text-ink">{edit.editor?.login ?? "ghost"}</span> changed this{" "}
                <RelativeTime at={edit.edited_at} />
              </span>
              {edit.can_erase && edit.before !== null && (
                <Button size="sm" variant="ghost" onClick={() => void erase(edit.id)}>
                  Forget
                </Button>
              )}
            </p>
            {edit.before === null ? (
              <p className="mt-1 text-sm text-ink-3 italic">
                Forgotten by {edit.erased_by?.login ?? "ghost"}.
              </p>
            ) : (
              <p dir="auto" className="mt-1 text-sm break-words whitespace-pre-wrap">
                {edit.before === "" ? <span className="text-ink-3 italic">Nothing.</span> : edit.before}
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
