import { Search } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { useFocusKey } from "../repositories/focus-key.ts";

/** Finds by part of a name; the address says what. */
export function NameFilter({ search, label }: { readonly search: URLSearchParams; readonly label: string }) {
  const field = useFocusKey<HTMLInputElement>("/", "Filter the list");
  return (
    <form method="get" role="search" aria-label={label} className="mb-3 flex gap-2">
      {search.get("view") && <input type="hidden" name="view" value={search.get("view") ?? ""} />}
      <div className="relative grow">
        <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
        <Input
          key={search.get("q")}
          ref={field}
          type="search"
          name="q"
          aria-label={label}
          placeholder={`${label}…`}
          defaultValue={search.get("q") ?? ""}
          className="pl-8"
        />
      </div>
      <Button type="submit" className="js:sr-only">
        Search
      </Button>
    </form>
  );
}
