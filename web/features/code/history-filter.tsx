import { ListFilter } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Link } from "../../ui/link.tsx";

const names = ["author", "since", "until"] as const;

/** Picks commits by who made them and when. What is picked stands in the address. */
export function HistoryFilter({ search, here }: { readonly search: URLSearchParams; readonly here: string }) {
  const given = names.filter((name) => search.get(name));
  return (
    <details className="mb-4" open={given.length > 0}>
      <summary className="inline-flex w-fit cursor-pointer items-center gap-1.5 text-sm text-ink-2 select-none">
        <ListFilter aria-hidden="true" /> Filter
      </summary>
      <form
        key={search.toString()}
        method="get"
        role="search"
        aria-label="Filter the commits"
        className="mt-2 flex flex-wrap items-end gap-x-3 gap-y-2"
      >
        <Field name="author" label="Author" className="min-w-48 grow">
          <Input
            type="search"
            placeholder="A name or an e-mail address"
            defaultValue={search.get("author") ?? ""}
          />
        </Field>
        <Field name="since" label="Since">
          <Input type="date" defaultValue={dayOf(search.get("since"))} />
        </Field>
        <Field name="until" label="Until">
          <Input type="date" defaultValue={dayOf(search.get("until"))} />
        </Field>
        <Button type="submit">Filter</Button>
        {given.length > 0 && (
          <Link href={here} look="muted" className="py-1.5 text-sm">
            Clear
          </Link>
        )}
      </form>
    </details>
  );
}

const dayOf = (moment: string | null): string => moment?.slice(0, 10) ?? "";
