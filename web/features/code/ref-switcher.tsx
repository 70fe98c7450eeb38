import { useRouter } from "@tanstack/react-router";
import { ChevronDown, GitBranch, GitCommitHorizontal, Tag } from "lucide-react";
import { useState } from "react";
import { webRefs } from "../../../api/client.gen.ts";
import { useApi } from "../../app/api-context.ts";
import { visit } from "../../app/navigation.ts";
import { path } from "../../app/paths.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Link } from "../../ui/link.tsx";
import { Picker, type PickerItem } from "../../ui/picker.tsx";
import { shortSha, type At } from "./hrefs.ts";

interface Props {
  readonly at: At;
  readonly revision: { readonly kind: "branch" | "tag" | "commit" | "other"; readonly name: string };
  /** The same page at another branch or tag. */
  readonly href: (ref: string) => string;
}

const icons = { branch: GitBranch, tag: Tag, commit: GitCommitHorizontal, other: GitBranch } as const;

/** Which branch, tag or commit is shown, and the way to another. Without JavaScript: the list of branches. */
export function RefSwitcher({ at, revision, href }: Props) {
  const api = useApi();
  const router = useRouter();
  const [items, setItems] = useState<readonly PickerItem[]>();
  const Icon = icons[revision.kind];
  const name = revision.kind === "commit" ? shortSha(revision.name) : revision.name;
  const inner = (
    <>
      <Icon aria-hidden="true" />
      <span className="max-w-52 truncate">{name}</span>
      <ChevronDown aria-hidden="true" className="text-ink-3" />
    </>
  );
  const read = async (text: string) => {
    const { data } = await webRefs(api.call, { ...at, q: text });
    setItems([
      ...data.branches.map((branch) => ({
        value: `branch:${branch}`,
        label: branch,
        hint: branch === data.default_branch ? "default" : undefined,
        icon: <GitBranch aria-hidden="true" />,
      })),
      ...data.tags.map((tag) => ({
        value: data.hidden_tags.includes(tag) ? `tag:refs/tags/${tag}` : `tag:${tag}`,
        label: tag,
        hint: "tag",
        icon: <Tag aria-hidden="true" />,
      })),
    ]);
  };
  return (
    <>
      <a
        href={path`/${at.owner}/${at.repo}/branches`}
        className={buttonClass({}, "js:hidden")}
        aria-label={`${name}: choose another branch`}
      >
        {inner}
      </a>
      <Picker
        label="Branch or tag"
        items={items ?? []}
        pending={items === undefined}
        selected={[`${revision.kind}:${revision.name}`]}
        onSearch={(text) => void read(text)}
        onChange={([chosen]) => {
          if (chosen !== undefined) visit(router, href(chosen.replace(/^(?:branch|tag):/, "")));
        }}
        footer={
          <span className="flex gap-4">
            <Link href={path`/${at.owner}/${at.repo}/branches`} look="muted">
              All branches
            </Link>
            <Link href={path`/${at.owner}/${at.repo}/tags`} look="muted">
              All tags
            </Link>
          </span>
        }
      >
        <Button
          className="js-only"
          aria-label={`Branch or tag: ${name}`}
          onFocus={() => void (items ?? read(""))}
          onClick={() => void (items ?? read(""))}
        >
          {inner}
        </Button>
      </Picker>
    </>
  );
}
