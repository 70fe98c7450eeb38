import { ChevronDown, Search, X } from "lucide-react";
import { useRouter } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { visit } from "../../app/navigation.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Picker, type PickerItem } from "../../ui/picker.tsx";
import { useFocusKey } from "../repositories/focus-key.ts";
import type { Choices } from "./at.ts";
import { LabelDot } from "./label-dot.tsx";
import { isNarrowed, listHref, openIssues, sorts, writeQuery, type IssueQuery, type Sort } from "./query.ts";

interface Props {
  readonly list: string;
  readonly query: IssueQuery;
  readonly facets: Choices;
  readonly viewer: string | undefined;
}

/** The words that narrow the list, as text. Enter asks; `/` comes here. */
export function QueryField({ list, query }: Pick<Props, "list" | "query">) {
  const field = useFocusKey<HTMLInputElement>("/", "Filter issues");
  const words = writeQuery(query);
  return (
    <form method="get" action={list} role="search" className="relative min-w-0 grow basis-full sm:basis-64">
      <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
      <Input
        key={words}
        ref={field}
        type="search"
        name="q"
        aria-label="Filter issues"
        placeholder="is:open label:bug author:alice words"
        defaultValue={words}
        spellCheck={false}
        autoCapitalize="none"
        className="pr-9 pl-8"
      />
      {(isNarrowed(query) || words !== openIssues) && (
        <IconButton
          label="Clear the filter"
          icon={<X aria-hidden="true" />}
          size="sm"
          href={list}
          className="absolute top-1 right-1"
        />
      )}
    </form>
  );
}

/** The same words, picked instead of typed. They need JavaScript; typing does not. */
export function FilterPickers({ list, query, facets, viewer }: Props) {
  const router = useRouter();
  const go = (change: Partial<IssueQuery>) => visit(router, listHref(list, { ...query, ...change }));
  const one = (key: "author" | "assignee" | "milestone") => (picked: readonly string[]) =>
    go({ [key]: picked[0] === "" || picked[0] === query[key] ? undefined : picked[0] });
  const people = facets.assignees.map((person) => ({
    value: person.login,
    label: person.login,
    hint: person.login === viewer ? "you" : undefined,
    icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
  }));
  return (
    <div className="js-only -mx-1 flex max-w-full flex-wrap items-center p-0.5">
      <Facet
        label="Labels"
        multiple
        items={facets.labels.map((label) => ({
          value: label.name,
          label: label.name,
          icon: <LabelDot color={label.color} />,
        }))}
        selected={query.labels}
        onChange={(labels) => go({ labels })}
      >
        Label
      </Facet>
      <Facet
        label="Authors"
        items={[anyone, ...people]}
        selected={given(query.author)}
        onChange={one("author")}
      >
        Author
      </Facet>
      <Facet
        label="Assignees"
        items={[anyone, { value: "none", label: "Nobody" }, ...people]}
        selected={given(query.assignee)}
        onChange={one("assignee")}
      >
        Assignee
      </Facet>
      <Facet
        label="Milestones"
        items={[
          { value: "", label: "Any milestone" },
          { value: "none", label: "No milestone" },
          ...facets.milestones.map(({ number, title }) => ({ value: String(number), label: title })),
        ]}
        selected={given(query.milestone)}
        onChange={one("milestone")}
      >
        Milestone
      </Facet>
      <Facet
        label="Orders"
        items={sorts}
        selected={[query.sort]}
        onChange={([sort]) => go({ sort: (sort ?? query.sort) as Sort })}
        align="end"
      >
        {sorts.find((sort) => sort.value === query.sort)?.label}
      </Facet>
    </div>
  );
}

const anyone: PickerItem = { value: "", label: "Anyone" };
const given = (value: string | undefined): readonly string[] => [value ?? ""];

function Facet(props: {
  readonly label: string;
  readonly items: readonly PickerItem[];
  readonly selected: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
  readonly multiple?: boolean;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}) {
  const { children, ...picker } = props;
  return (
    <Picker {...picker}>
      <Button variant="ghost" size="sm" className="!gap-1">
        {children}
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </Button>
    </Picker>
  );
}
