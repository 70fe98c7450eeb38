import { Search } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { useFocusKey } from "./focus-key.ts";
import { kindOf, kinds, sortOf, sorts } from "./sorts.ts";

interface Props {
  readonly search: URLSearchParams;
  readonly label: string;
}

/** Searches and orders a list of repositories; its address says how. */
export function ListFilter({ search, label }: Props) {
  const field = useFocusKey<HTMLInputElement>("/", "Filter the list");
  return (
    <form method="get" role="search" aria-label={label} className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative min-w-48 grow">
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
      <Select
        key={`kind-${search.get("kind") ?? ""}`}
        name="kind"
        aria-label="Kind"
        defaultValue={kindOf(search) ?? "all"}
        className="!w-auto"
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      >
        {kinds.map(({ value, label: word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </Select>
      <Select
        key={search.get("sort")}
        name="sort"
        aria-label="Order"
        defaultValue={sortOf(search) ?? "pushed"}
        className="!w-auto"
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      >
        {sorts.map(({ value, label: word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </Select>
      <Button type="submit" className="js:sr-only">
        Search
      </Button>
    </form>
  );
}
