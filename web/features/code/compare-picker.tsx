import { ArrowLeft } from "lucide-react";
import type { WebRelative } from "../../../api/client.gen.ts";
import { deep, path } from "../../app/paths.ts";
import { Button } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/input.tsx";
import { ForkSwitcher } from "./fork-switcher.tsx";
import { RefSwitcher } from "./ref-switcher.tsx";
import type { At } from "./hrefs.ts";

interface Side {
  /** As the address has it: `branch`, or `owner:branch` of a fork. */
  readonly label: string;
  /** Where it is, as `owner/name`; the repository of the page unless told. */
  readonly repository?: string | undefined;
}

interface Props {
  readonly at: At;
  readonly base: Side;
  readonly head: Side;
  /** The repositories that share its history, this one among them. */
  readonly family: readonly WebRelative[];
}

/** The two sides of a comparison, each with the way to another branch and to another fork. */
export function ComparePicker({ at, base, head, family }: Props) {
  const href = (from: string, to: string) =>
    path`/${at.owner}/${at.repo}/compare/${deep(from)}...${deep(to)}`;
  return (
    <>
      <PlainPicker at={at} base={base} head={head} family={family} />
      <div className="js-only">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <SideSwitcher name="base" at={at} side={base} family={family} href={(to) => href(to, head.label)} />
          <ArrowLeft role="img" aria-label="gets the changes of" className="text-ink-3 max-sm:hidden" />
          <SideSwitcher
            name="compare"
            at={at}
            side={head}
            family={family}
            href={(to) => href(base.label, to)}
          />
        </div>
      </div>
    </>
  );
}

/** What stands before the branch of a label: the owner of a fork with a colon, or nothing. */
const prefixOf = (label: string): string => /^[^:]+:/.exec(label)?.[0] ?? "";

interface SideProps {
  readonly name: "base" | "compare";
  readonly at: At;
  readonly side: Side;
  readonly family: readonly WebRelative[];
  readonly href: (label: string) => string;
}

/** Offers the repositories of the family, and the branches of the one in which the side is. */
function SideSwitcher({ name, at, side, family, href }: SideProps) {
  const prefix = prefixOf(side.label);
  const [owner = at.owner, repo = at.repo] = prefix === "" ? [] : (side.repository?.split("/") ?? []);
  return (
    <div role="group" aria-label={name} className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="text-sm text-ink-2 max-sm:w-16">{name}</span>
      {family.length > 1 && (
        <ForkSwitcher
          key={`${owner}/${repo}`}
          at={at}
          family={family}
          chosen={`${owner}/${repo}`}
          side={name}
          href={(one) => href(one.prefix + one.default_branch)}
        />
      )}
      <RefSwitcher
        at={{ owner, repo }}
        revision={{ kind: "branch", name: side.label.slice(prefix.length) }}
        href={(ref) => href(prefix + ref)}
      />
    </div>
  );
}

/** The same as a form that works without JavaScript. */
function PlainPicker({ at, base, head, family }: Props) {
  const sides = [
    { name: "base", side: base },
    { name: "head", side: head },
  ] as const;
  return (
    <form
      method="get"
      action={path`/${at.owner}/${at.repo}/compare/`}
      aria-label="Sides of the comparison"
      className="js:hidden"
    >
      <div className="flex flex-wrap items-center gap-2">
        {sides.map(({ name, side }) => {
          const prefix = prefixOf(side.label);
          const known = family.some((one) => one.prefix === prefix);
          return (
            <fieldset key={name} className="flex min-w-0 flex-wrap items-center gap-2">
              <legend className="sr-only">{name}</legend>
              <span className="text-sm text-ink-2">{name === "head" ? "compare" : name}</span>
              {(family.length > 1 || !known) && (
                <Select
                  className="w-auto max-w-full"
                  name={`${name}_of`}
                  aria-label={`Repository of the ${name}`}
                  defaultValue={prefix}
                >
                  {!known && <option value={prefix}>{side.repository}</option>}
                  {family.map((one) => (
                    <option key={one.full_name} value={one.prefix}>
                      {one.full_name}
                    </option>
                  ))}
                </Select>
              )}
              <Input
                name={name}
                aria-label={`Branch, tag or commit of the ${name}`}
                className="w-44"
                required
                mono
                autoComplete="off"
                spellCheck={false}
                defaultValue={side.label.slice(prefix.length)}
              />
            </fieldset>
          );
        })}
        <Button type="submit">Compare</Button>
      </div>
    </form>
  );
}
