import { Users } from "lucide-react";
import type { PageProps } from "../../app/page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { List } from "../../ui/list.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { Person } from "./person.tsx";
import type { contributorsPage } from "./routes.ts";

/** Who wrote the commits of the default branch, the most active first. */
export default function ContributorsPage({ data }: PageProps<typeof contributorsPage>) {
  const { branch, contributors, total, commits } = data.found;
  return (
    <Content className="!max-w-[960px]">
      <PageHead
        title="Contributors"
        about={
          total === 0
            ? undefined
            : `${total} ${total === 1 ? "person" : "people"}, ${commits} ${commits === 1 ? "commit" : "commits"} on ${branch}`
        }
      />
      {contributors.length > 0 ? (
        <List label="Contributors" className="border-y border-line">
          {contributors.map(({ person, commits: made }, index) => (
            <li key={`${index} ${person.name}`} className="row flex items-center gap-3 px-3 py-2">
              <Person person={person} size={24} className="min-w-0 grow" />
              <span className="tabular w-28 shrink-0 text-right text-sm text-ink-2">
                <span className="font-medium text-ink">{made}</span> {made === 1 ? "commit" : "commits"}
              </span>
            </li>
          ))}
        </List>
      ) : (
        <EmptyState icon={<Users aria-hidden="true" />} title="No commits yet">
          Whoever pushes the first commit to {branch} stands here first.
        </EmptyState>
      )}
      {total > contributors.length && (
        <p className="py-4 text-center text-sm text-ink-2">
          And {total - contributors.length} more, each with fewer commits.
        </p>
      )}
    </Content>
  );
}
