import { ArrowLeft } from "lucide-react";
import { useRouter } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { visit } from "../../app/navigation.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { newPullHref, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly branches: readonly string[];
  readonly base: string;
  readonly head: string;
}

/** Where to and where from: branches by name, `owner:branch` for a fork's. Posts as a plain form to the starting page. */
export function ChooseBranches({ at, branches, base, head }: Props) {
  const router = useRouter();
  const [from, setFrom] = useState(head);
  const [to, setTo] = useState(base);
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (from.trim() !== "" && to.trim() !== "")
      visit(router, newPullHref(at, `${to.trim()}...${from.trim()}`));
  };
  return (
    <form
      method="get"
      action={newPullHref(at)}
      onSubmit={go}
      aria-label="Branches"
      className="mb-4 flex flex-wrap items-center gap-2 rounded-lg border border-line bg-sunken px-3 py-2.5 text-sm"
    >
      <datalist id="branches">
        {branches.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <label className="flex min-w-0 grow basis-56 items-center gap-2 text-ink-2">
        <span className="shrink-0">into</span>
        <Input
          name="base"
          list="branches"
          mono
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          required
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <ArrowLeft aria-hidden="true" className="text-ink-3 max-sm:hidden" />
      <label className="flex min-w-0 grow basis-56 items-center gap-2 text-ink-2">
        <span className="shrink-0">from</span>
        <Input
          name="head"
          list="branches"
          mono
          value={from}
          placeholder="branch or owner:branch"
          onChange={(event) => setFrom(event.currentTarget.value)}
          required
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <Button type="submit">Compare</Button>
    </form>
  );
}
