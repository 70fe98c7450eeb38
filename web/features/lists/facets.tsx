import { useRouter } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { readQuery, valuesOf, withNone, withValues } from "../../../language/query.ts";
import { visit } from "../../app/navigation.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Picker, type PickerItem } from "../../ui/picker.tsx";
import type { Choices } from "../issues/at.ts";
import { LabelDot } from "../issues/label-dot.tsx";
import { listHref } from "./line.ts";

interface Props {
  readonly list: string;
  readonly line: string;
  readonly kind: "issue" | "pr";
  readonly facets: Choices;
  readonly viewer: string | undefined;
}

const none = "\0none";
const anyone: PickerItem = { value: "", label: "Anyone" };

const sorts = [
  { value: "created-desc", label: "Newest" },
  { value: "created-asc", label: "Oldest" },
  { value: "updated-desc", label: "Recently updated" },
  { value: "updated-asc", label: "Least recently updated" },
  { value: "comments-desc", label: "Most discussed" },
  { value: "comments-asc", label: "Least discussed" },
] as const;

const reviews = [
  { value: "", label: "Any review" },
  { value: "none", label: "No review" },
  { value: "required", label: "Approval lacking" },
  { value: "approved", label: "Approved" },
  { value: "changes_requested", label: "Changes requested" },
] as const;

const checks = [
  { value: "", label: "Any checks" },
  { value: "failing", label: "Failing" },
  { value: "pending", label: "Running" },
  { value: "passing", label: "Passing" },
] as const;

/** The same words, picked instead of typed. They need JavaScript; typing does not. */
export function Facets({ list, line, kind, facets, viewer }: Props) {
  const router = useRouter();
  const { terms } = readQuery(line);
  const ask = (next: string) => visit(router, listHref(list, next));
  const lacks = (name: string) => valuesOf(terms, "no").some((value) => value.toLowerCase() === name);
  const one = (name: string, label: string, items: readonly PickerItem[]): ReactNode => {
    const [now] = valuesOf(terms, name);
    const selected = lacks(name) ? none : (now ?? "");
    return (
      <Facet
        label={label}
        items={items}
        selected={[selected]}
        onChange={([value = ""]) => {
          if (value === none) return ask(withNone(line, name));
          ask(withValues(line, name, value === "" || value === selected ? [] : [value]));
        }}
      />
    );
  };
  const people = [
    ...(viewer === undefined ? [] : [{ value: "@me", label: "You", hint: viewer }]),
    ...facets.assignees.map((person) => ({
      value: person.login,
      label: person.login,
      icon: <Avatar name={person.login} src={person.avatar_url} size={16} />,
    })),
  ];
  return (
    <div className="js-only -mx-1 flex max-w-full flex-wrap items-center p-0.5">
      <Facet
        label="Label"
        multiple
        items={facets.labels.map((label) => ({
          value: label.name,
          label: label.name,
          hint: label.description ?? undefined,
          icon: <LabelDot color={label.color} />,
        }))}
        selected={valuesOf(terms, "label")}
        onChange={(labels) => ask(withValues(line, "label", labels))}
      />
      {one("author", "Author", [anyone, ...people])}
      {one("assignee", "Assignee", [anyone, { value: none, label: "Nobody" }, ...people])}
      {one("milestone", "Milestone", [
        { value: "", label: "Any milestone" },
        { value: none, label: "No milestone" },
        ...facets.milestones.map(({ title }) => ({ value: title, label: title })),
      ])}
      {kind === "pr" && one("review", "Review", reviews)}
      {kind === "pr" && one("checks", "Checks", checks)}
      <Facet
        label="Order"
        items={sorts}
        selected={[valuesOf(terms, "sort")[0] ?? "created-desc"]}
        onChange={([sort]) =>
          ask(withValues(line, "sort", sort === undefined || sort === "created-desc" ? [] : [sort]))
        }
        align="end"
      />
    </div>
  );
}

function Facet(props: {
  readonly label: string;
  readonly items: readonly PickerItem[];
  readonly selected: readonly string[];
  readonly onChange: (selected: readonly string[]) => void;
  readonly multiple?: boolean;
  readonly align?: "start" | "end";
}) {
  return (
    <Picker {...props}>
      <Button variant="ghost" size="sm" className="!gap-1">
        {props.label}
        <ChevronDown aria-hidden="true" className="size-3.5" />
      </Button>
    </Picker>
  );
}
