import { MessageSquare } from "lucide-react";
import { LabelChips } from "../../ui/label-chip.tsx";
import { List, Row } from "../../ui/list.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon, type State } from "../../ui/state-badge.tsx";
import { stateOf } from "../issues/state.ts";
import { TitleText } from "../issues/title-text.tsx";
import type { FoundIssues } from "./queries.ts";

type Found = FoundIssues["items"][number];

/** Issues and pull requests of many repositories. */
export function FoundIssuesList({ items }: { readonly items: readonly Found[] }) {
  return (
    <List label="Issues and pull requests" className="border-b border-line">
      {items.map((item) => {
        const { pathname } = new URL(item.html_url);
        const [, owner = "", repo = ""] = pathname.split("/").map(decodeURIComponent);
        return (
          <Row
            key={item.id}
            href={pathname}
            before={<StateIcon state={drawnAs(item)} />}
            title={<TitleText title={item.title} />}
            after={<LabelChips labels={item.labels} />}
            end={
              <>
                {item.comments > 0 && (
                  <span className="tabular inline-flex items-center gap-1">
                    <MessageSquare aria-hidden="true" className="size-3.5" />
                    {item.comments}
                    <span className="sr-only"> comments</span>
                  </span>
                )}
                <span className="max-w-48 truncate text-ink-2">
                  {owner}/{repo}
                  <span className="text-ink-3">#{item.number}</span>
                </span>
                <RelativeTime at={item.updated_at} />
              </>
            }
          />
        );
      })}
    </List>
  );
}

function drawnAs(item: Found): State {
  const pull = item.pull_request;
  if (!pull) return stateOf(item);
  if (pull.merged_at) return "pull-merged";
  return item.state === "closed" ? "pull-closed" : item.draft === true ? "pull-draft" : "pull-open";
}
