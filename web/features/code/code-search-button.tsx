import { Search } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { codeSearchHref } from "./code-search.ts";
import type { At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  /** Where to search; the whole default branch unless told. */
  readonly revision?: { readonly name: string };
  readonly path?: string;
}

/** Leads to the search in what is shown. */
export function CodeSearchButton({ at, revision, path }: Props) {
  return (
    <Button
      href={codeSearchHref(at, { ref: revision?.name, path })}
      keys="g s"
      icon={<Search aria-hidden="true" />}
    >
      <span className="max-sm:sr-only">Search</span>
    </Button>
  );
}
