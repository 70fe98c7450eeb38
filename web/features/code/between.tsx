import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { Submit } from "../../app/action-form.tsx";
import { path } from "../../app/paths.ts";
import { useForm } from "../../ui/form-context.ts";
import { Notice } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import type { Begun } from "./edit-draft.ts";
import type { EditPlace } from "./edit-place.ts";
import type { At } from "./hrefs.ts";

const BetweenDiff = lazy(() => import("./between-diff.tsx"));

interface Props {
  readonly at: At;
  /** As it is now. */
  readonly place: EditPlace;
  readonly begun: Begun;
  /** The form came back refused, from a server that only knows the commit on which it was begun. */
  readonly returned: boolean;
}

/**
 * What somebody else has done to the file since it was opened: told as soon as it is known, and the way to go on. Nothing that
 * was typed is touched.
 */
export function Between({ at, place, begun, returned }: Props) {
  const { refused } = useForm();
  const client = useQueryClient();
  // A refusal may be the first to say that the branch has moved.
  useEffect(() => {
    if (refused) void client.invalidateQueries();
  }, [refused, client]);
  if (begun.head === null || place.head === null || place.head === begun.head) return null;
  if (place.oid === begun.oid && !returned) return null;
  return (
    <div className="flex flex-col gap-3">
      <Notice tone="warning">
        <strong className="font-medium">{place.path}</strong>{" "}
        {place.kind === null ? "was deleted" : "was changed"} by somebody else since you began.{" "}
        <Link href={path`/${at.owner}/${at.repo}/compare/${`${begun.head}...${place.head}`}`}>
          See what came in between
        </Link>
        , take over what you need, and then put your text in its place.
      </Notice>
      <Suspense fallback={null}>
        <BetweenDiff at={at} from={begun.head} to={place.head} file={place.path} />
      </Suspense>
      <div>
        <Submit variant="secondary" name="expected_head" value={place.head}>
          Commit mine over it
        </Submit>
      </div>
    </div>
  );
}
