import { GitMerge, Tag } from "lucide-react";
import { Avatar } from "../ui/avatar.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { LabelChip } from "../ui/label-chip.tsx";
import { Link } from "../ui/link.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { Panel } from "../ui/page-frame.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Timeline, TimelineCard, TimelineEvent } from "../ui/timeline.tsx";
import { Group } from "./specimen.tsx";

const html = `<h1>Answer ls-refs from a cache</h1>
<p>Every fetch begins with <code>ls-refs</code>. Reading <a href="#words">all refs</a> again for each of them is what a forge does <em>most</em>, and <strong>needlessly</strong>; see <a href="#words">#12</a> and <a href="#words"><code>4f2c9ab</code></a>.</p>
<h2>What changes</h2>
<ul><li>A constant for <code>info/refs</code></li><li>One entry a repository<ul><li>keyed by the state of its refs</li></ul></li></ul>
<ol><li>First</li><li>Second</li></ol>
<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked disabled aria-label="Completed task"> Measure</li><li class="task-list-item"><input type="checkbox" disabled aria-label="Incomplete task"> Write it down</li></ul>
<blockquote><p>The cheapest process is the one that is not started.</p></blockquote>
<pre tabindex="0"><code><span class="hk">const</span> refs = <span class="hk">await</span> cache.get(repository.id, () =&gt; read(repository));
<span class="hk">for</span> (<span class="hk">const</span> ref of refs) <span class="hk">yield</span> <span class="hf">pack</span>(ref); <span class="hc">// and a line that is much longer than the space there is for it, so that it has to scroll sideways</span></code></pre>
<div class="markdown-alert markdown-alert-warning"><p class="markdown-alert-title">Warning</p><p>Clear the cache when refs move behind its back.</p></div>
<h3><a class="anchor" href="#measured" aria-hidden="true" tabindex="-1"></a>Measured</h3>
<table><thead><tr><th>What</th><th>Before</th><th>After</th></tr></thead><tbody><tr><td>no-op fetch</td><td>14.2 ms</td><td>0.6 ms</td></tr><tr><td>10,000 refs</td><td>48 ms</td><td>2.1 ms</td></tr></tbody></table>
<hr><p dir="auto">טקסט מימין לשמאל נקרא כראוי גם הוא.</p>`;

export function Words() {
  return (
    <>
      <Group title="Words">
        <Timeline>
          <TimelineCard
            id="comment-1"
            avatar={<Avatar name="alice" size={20} />}
            head={
              <>
                <Link href="/alice" look="plain" className="font-medium text-ink">
                  alice
                </Link>
                commented <RelativeTime at="2026-11-21T10:00:00Z" />
                <Badge>Owner</Badge>
              </>
            }
          >
            <Markdown html={html} />
          </TimelineCard>
          <TimelineEvent icon={<Tag />}>
            <b className="font-medium text-ink">bob</b> added <LabelChip name="performance" color="fbca04" />{" "}
            <RelativeTime at="2026-11-21T11:00:00Z" />
          </TimelineEvent>
          <TimelineEvent icon={<Avatar name="triage" size={18} kind="agent" />}>
            <b className="font-medium text-ink">triage</b> for <b className="font-medium text-ink">alice</b>{" "}
            linked two issues <RelativeTime at="2026-11-21T11:30:00Z" />
          </TimelineEvent>
          <TimelineCard marked avatar={<Avatar name="bob" size={20} />} head="bob commented yesterday">
            A short one, highlighted.
          </TimelineCard>
          <TimelineEvent icon={<GitMerge className="text-merged" />}>
            <b className="font-medium text-ink">alice</b> merged <code>4f2c9ab</code> into <code>main</code>
          </TimelineEvent>
        </Timeline>
        <CodeBlock code={"npx wit repo create demo\ngit push -u origin main"} command label="commands" />
      </Group>
      <Group title="States">
        <Panel>
          <ErrorState code="503" title="Not ready" requestId="req_01JD0W" action={<Button>Try again</Button>}>
            The server is starting. Nothing you saved was lost; try again in a moment.
          </ErrorState>
        </Panel>
      </Group>
    </>
  );
}
