import { PencilOff } from "lucide-react";
import type { ReactNode } from "react";
import { useFrame } from "../../app/frame.ts";
import { path } from "../../app/paths.ts";
import { signInHref } from "../../app/site.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Content } from "../../ui/page-frame.tsx";
import type { EditPlace } from "./edit-place.ts";
import { codeHref, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly place: EditPlace;
  /** This page's address, to come back to. */
  readonly here: string;
  /** Why not, when the reason is not that the visitor may not write. */
  readonly reason?: string;
  readonly action?: ReactNode;
}

/** Instead of a form for a change: why there is none, and what can be done about it. */
export function NoEdit({ at, place, here, reason, action }: Props) {
  const { viewer } = useFrame();
  const { write, fork } = place.can;
  const back = codeHref(
    at,
    place.kind === null || place.kind === "directory" ? "tree" : "blob",
    place.branch,
  );
  const offer =
    write === true ? (
      action
    ) : !viewer ? (
      <Button variant="primary" href={signInHref(here)}>
        Sign in
      </Button>
    ) : (
      fork === true && (
        <Button variant="primary" href={path`/${at.owner}/${at.repo}/fork`}>
          Fork this repository
        </Button>
      )
    );
  return (
    <Content>
      <h1 className="sr-only">{place.path || place.branch}</h1>
      <EmptyState
        icon={<PencilOff aria-hidden="true" />}
        title="This cannot be changed here"
        action={
          <>
            {offer}
            <Button href={place.kind === null ? codeHref(at, "tree", place.branch) : `${back}${rest(place)}`}>
              Back to the code
            </Button>
          </>
        }
      >
        {reason ?? write}.
        {write !== true && viewer && " In a fork you can change what you like, and propose it from there."}
      </EmptyState>
    </Content>
  );
}

const rest = ({ path: file }: EditPlace): string =>
  file === "" ? "" : `/${file.split("/").map(encodeURIComponent).join("/")}`;
