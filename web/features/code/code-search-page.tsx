import { Search, SearchX, Timer } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Notice } from "../../ui/form.tsx";
import { Input } from "../../ui/input.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Pagination } from "../../ui/pagination.tsx";
import { useFocusKey } from "../repositories/focus-key.ts";
import { codeSearchHref, pageOf, type FoundCode } from "./code-search.ts";
import { FoundFileLines } from "./found-file.tsx";
import type { At } from "./hrefs.ts";
import { RefSwitcher } from "./ref-switcher.tsx";
import type { codeSearchPage } from "./routes.ts";

/** Lines of the repository's files that hold a text or match an expression. */
export default function CodeSearchPage({ params, data, search }: PageProps<typeof codeSearchPage>) {
  const tried = "tried" in data ? data.tried : undefined;
  const found = tried && "found" in tried ? tried.found : undefined;
  const refused = tried && "refused" in tried ? tried.refused : undefined;
  const ref = search.get("ref") ?? "";
  const revision = found?.revision ?? {
    kind: "branch" as const,
    name: ref || data.home.repository.default_branch,
  };
  const asked = Object.fromEntries(search);
  return (
    <Content className="!max-w-[960px]">
      <PageHead title="Search the code" />
      <form method="get" role="search" aria-label="Code" className="mb-4 flex flex-col gap-3">
        <SearchField search={search} refused={refused} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <RefSwitcher
            at={params}
            revision={revision}
            href={(name) => codeSearchHref(params, { ...asked, ref: name, page: undefined })}
          />
          {ref !== "" && <input type="hidden" name="ref" value={ref} />}
          <Input
            key={search.get("path")}
            small
            mono
            name="path"
            aria-label="Below this path"
            placeholder="Below a path…"
            defaultValue={search.get("path") ?? ""}
            maxLength={4096}
            className="!w-52 max-w-full"
          />
          <Options search={search} />
        </div>
      </form>
      {tried === undefined ? (
        <Hints at={params} />
      ) : (
        found && <Results at={params} found={found} search={search} />
      )}
    </Content>
  );
}

function SearchField({
  search,
  refused,
}: {
  readonly search: URLSearchParams;
  readonly refused: string | undefined;
}) {
  const field = useFocusKey<HTMLInputElement>("/", "Change the search");
  const asked = search.get("q") ?? "";
  return (
    <div className="flex flex-wrap gap-2">
      <div className="relative min-w-0 grow">
        <Search aria-hidden="true" className="absolute top-2 left-2.5 text-ink-3" />
        <Input
          key={asked}
          ref={field}
          mono
          type="search"
          name="q"
          aria-label="Text or expression"
          placeholder="Text or expression…"
          defaultValue={asked}
          autoFocus={asked === ""}
          maxLength={256}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="!pl-8"
          aria-invalid={refused !== undefined || undefined}
          aria-describedby={refused === undefined ? undefined : "refused"}
        />
      </div>
      <Button type="submit">Search</Button>
      {refused !== undefined && (
        <p id="refused" role="alert" className="flex basis-full gap-1.5 text-sm text-closed">
          <span aria-hidden="true">▲</span>
          {refused}
        </p>
      )}
    </div>
  );
}

const options = [
  ["regex", "Regular expression"],
  ["case", "Match case"],
  ["word", "Whole words"],
] as const;

const Options = ({ search }: { readonly search: URLSearchParams }) =>
  options.map(([name, label]) => (
    <Checkbox
      key={`${name} ${search.get(name)}`}
      name={name}
      value="1"
      label={label}
      defaultChecked={search.get(name) === "1"}
      className="text-sm"
    />
  ));

interface ResultProps {
  readonly at: At;
  readonly found: FoundCode;
  readonly search: URLSearchParams;
}

function Results({ at, found, search }: ResultProps) {
  const page = pageOf(search);
  const { files, more, timed_out: timedOut, revision } = found;
  if (!revision)
    return (
      <EmptyState icon={<SearchX aria-hidden="true" />} title="Nothing to search">
        Nothing was pushed to this repository yet.
      </EmptyState>
    );
  return (
    <>
      {timedOut && (
        <div className="mb-3">
          <Notice tone="warning">
            The time for this search was over before all files were looked at
            {files.length > 0 ? "; what was found until then is below." : "."} A longer text, a simpler
            expression or a path finds more.
          </Notice>
        </div>
      )}
      {files.length > 0 && (
        <ul className="flex flex-col gap-4" aria-label="Files">
          {files.map((file) => (
            <FoundFileLines key={file.path} at={at} gitRef={revision.name} file={file} search={search} />
          ))}
        </ul>
      )}
      {files.length === 0 && (
        <EmptyState
          icon={timedOut ? <Timer aria-hidden="true" /> : <SearchX aria-hidden="true" />}
          title={timedOut ? "Not found in time" : page > 1 ? "No more files" : "Nothing found"}
        >
          {!timedOut && (
            <>
              No {page > 1 ? "other " : ""}file{found.path === "" ? "" : ` below ${found.path}`} at{" "}
              <bdi className="font-medium">{revision.name}</bdi> matches{" "}
              <bdi className="font-mono text-code break-all">{search.get("q")}</bdi>. Binary files are left
              out.
            </>
          )}
        </EmptyState>
      )}
      <Pagination
        links={{
          ...(page > 1 ? { prev: `?page=${page - 1}` } : {}),
          ...(more ? { next: `?page=${page + 1}` } : {}),
        }}
        search={search}
      />
    </>
  );
}

const examples = [
  [{ q: "TODO" }, "the text, in capital or small letters"],
  [{ q: "function +[a-z]+", regex: "1" }, "a POSIX extended regular expression"],
  [{ q: "id", word: "1", case: "1" }, "a whole word, in just these letters"],
] as const;

function Hints({ at }: { readonly at: At }) {
  return (
    <section aria-label="Examples" className="border-t border-line py-5">
      <h2 className="mb-2 text-sm font-medium text-ink-2">For example</h2>
      <ul className="flex flex-col gap-2 text-sm">
        {examples.map(([asked, meaning]) => (
          <li key={asked.q} className="flex flex-wrap gap-x-3 gap-y-0.5">
            <a
              href={codeSearchHref(at, asked)}
              className="rounded-sm bg-n4 px-1.5 py-0.5 font-mono text-code hover:underline"
            >
              {asked.q}
            </a>
            <span className="text-ink-2">{meaning}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
