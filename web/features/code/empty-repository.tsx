import { CodeBlock } from "../../ui/code-block.tsx";
import { Content, PageHead } from "../../ui/page-frame.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Link } from "../../ui/link.tsx";
import { AddFiles } from "./add-files.tsx";
import type { RepositorySubject } from "../repositories/layout.ts";

/** A repository to which nothing was pushed: the commands that fill it, to copy. */
export function EmptyRepository({ home }: { readonly home: RepositorySubject }) {
  const { repository: repo, clone, can } = home;
  if (can.write !== true) {
    return (
      <Content>
        <EmptyState title="Nothing here yet">Nothing was pushed to {repo.full_name} so far.</EmptyState>
      </Content>
    );
  }
  const branch = repo.default_branch;
  return (
    <Content narrow>
      <PageHead
        title="Push the first commit"
        about={`${repo.full_name} is empty. Any of these fills it.`}
        acts={<AddFiles at={{ owner: repo.owner.login, repo: repo.name }} branch={branch} folder="" />}
      />
      <div className="flex flex-col gap-6">
        <Step title="Something you have already">
          <CodeBlock
            command
            label="commands"
            code={`git remote add origin ${clone.http}\ngit push -u origin HEAD:${branch}`}
          />
          <p className="mt-1.5 text-sm text-ink-2">
            Git asks for your user name, and for an access token as the password.
          </p>
        </Step>
        <Step title="The same over SSH">
          <CodeBlock
            command
            label="commands"
            code={`git remote add origin ${clone.ssh}\ngit push -u origin HEAD:${branch}`}
          />
        </Step>
        <Step title="Something new">
          <CodeBlock
            command
            label="commands"
            code={`git init -b ${branch} ${repo.name} && cd ${repo.name}\necho "# ${repo.name}" > README.md\ngit add README.md && git commit -m "Begin"\ngit remote add origin ${clone.http}\ngit push -u origin ${branch}`}
          />
        </Step>
        <Step title="Everything from another server, with its branches and tags">
          <p className="mb-2 text-base text-ink-2">
            <Link href="/new/import">Import it</Link> into a repository of its own, or push it here:
          </p>
          <CodeBlock
            command
            label="commands"
            code={`git clone --mirror https://example.org/old.git old.git && cd old.git\ngit push ${clone.http} 'refs/heads/*:refs/heads/*' 'refs/tags/*:refs/tags/*'`}
          />
        </Step>
      </div>
    </Content>
  );
}

function Step({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}
