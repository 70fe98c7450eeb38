import { useRouter } from "@tanstack/react-router";
import { ChevronDown, Search, X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { visit } from "../../app/navigation.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import { Picker, type PickerItem } from "../../ui/picker.tsx";
import { filterHref, orders, writeFilter, type Filter } from "./filter.ts";
import type { PullsData } from "./queries.ts";

interface Props {
  readonly filter: Filter;
  readonly facets: PullsData["facets"];
}

/** What the list is narrowed by: the words, and the lists that write them. */
export function FilterBar({ filter, facets }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label: "Filter the list", group: "This page", run: () => field.current?.focus() });
  const words = writeFilter(filter);
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <form method="get" role="search" aria-label="Filter pull requests" className="relative min-w-56 grow">
        <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
        <Input
          key={words}
          ref={field}
          name="q"
          aria-label="Filter pull requests"
          placeholder="Filter: is:closed author:bob label:bug words…"
          defaultValue={words}
          autoComplete="off"
          spellCheck={false}
          className="!pr-8 !pl-8"
        />
        {words !== "" && (
          <a
            href="?"
            aria-label="Clear the filter"
            className="absolute top-2 right-2.5 text-ink-3 hover:text-ink"
          >
            <X aria-hidden="true" />
          </a>
        )}
      </form>
      <div className="js-only flex flex-wrap items-center gap-1">
        <Facets filter={filter} facets={facets} />
      </div>
    </div>
  );
}

function Facets({ filter, facets }: Props) {
  const router = useRouter();
  const go = (next: Filter): void => visit(router, location.pathname + filterHref(next));
  const people = facets.assignees.map((person) => ({
    value: person.login,
    label: person.login,
    icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
  }));
  const one = (
    name: "author" | "assignee" | "milestone",
    label: string,
    items: readonly PickerItem[],
  ): ReactNode => (
    <Facet
      label={label}
      items={items}
      selected={filter[name] === undefined ? [] : [filter[name]]}
      onChange={([value]) => {
        const { [name]: before, ...rest } = filter;
        go(value === undefined || value === before ? rest : { ...rest, [name]: value });
      }}
    />
  );
  return (
    <>
      {one("author", "Author", people)}
      <Facet
        label="Labels"
        multiple
        items={facets.labels.map((label) => ({
          value: label.name,
          label: label.name,
          hint: label.description ?? undefined,
          icon: <Dot color={label.color} />,
        }))}
        selected={filter.labels}
        onChange={(labels) => go({ ...filter, labels })}
      />
      {one("assignee", "Assignee", [{ value: "none", label: "Nobody" }, ...people])}
      {one("milestone", "Milestone", [
        { value: "none", label: "No milestone" },
        ...facets.milestones.map(({ number, title }) => ({ value: String(number), label: title })),
      ])}
      <Facet
        label="Order"
        items={orders}
        selected={[filter.sort ?? orders[0].value]}
        onChange={([value]) => {
          const order = orders.find((entry) => entry.value === value);
          if (order) go({ ...filter, sort: order.value });
        }}
      />
    </>
  );
}

function Facet(props: {
  readonly label: string;
  readonly items: readonly PickerItem[];
  readonly selected: readonly string[];
  readonly multiple?: boolean;
  readonly onChange: (selected: readonly string[]) => void;
}) {
  return (
    <Picker {...props} align="end">
      <Button variant="ghost" size="sm" className="!h-8">
        {props.label}
        <ChevronDown aria-hidden="true" className="size-3.5 text-ink-3" />
      </Button>
    </Picker>
  );
}

/** The colour of a label. */
export function Dot({ color }: { readonly color: string }) {
  return (
    <span
      aria-hidden="true"
      className="label-dot size-2.5 shrink-0 rounded-full"
      style={{ "--label": `#${color}` } as React.CSSProperties}
    />
  );
}
