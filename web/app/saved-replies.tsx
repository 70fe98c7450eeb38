import { useEffect, useState } from "react";
import { savedRepliesList, type SavedReply } from "../../api/client.gen.ts";
import { useApi } from "./api-context.ts";
import { asApiError } from "./api.ts";

/** The person's saved replies, to be put into what they write. */
export default function SavedReplies({ onPick }: { readonly onPick: (text: string) => void }) {
  const api = useApi();
  const [found, setFound] = useState<readonly SavedReply[] | string>();
  useEffect(() => {
    let gone = false;
    savedRepliesList(api.call).then(
      ({ data }) => !gone && setFound(data),
      (error: unknown) => !gone && setFound(asApiError(error).message),
    );
    return () => {
      gone = true;
    };
  }, [api]);
  return (
    <div className="flex flex-col">
      {typeof found === "string" && <p className="px-2 py-1.5 text-sm text-closed">{found}</p>}
      {typeof found === "object" && found.length === 0 && (
        <p className="px-2 py-1.5 text-sm text-ink-2">
          What you say often can be kept and put in here with two keys.
        </p>
      )}
      {typeof found === "object" &&
        found.map((reply) => (
          <button
            key={reply.id}
            type="button"
            className="flex flex-col rounded px-2 py-1.5 text-left hover:bg-hover focus-visible:bg-hover"
            onClick={() => onPick(reply.body)}
          >
            <span className="text-sm font-medium" dir="auto">
              {reply.title}
            </span>
            <span className="truncate text-sm text-ink-2" dir="auto">
              {reply.body}
            </span>
          </button>
        ))}
      <a
        href="/settings/replies"
        className="mt-1 border-t border-line px-2 pt-2 pb-1 text-sm text-accent-ink hover:underline"
      >
        Keep and change replies
      </a>
    </div>
  );
}
