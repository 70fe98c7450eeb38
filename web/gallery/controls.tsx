import { Bell, GitBranch, Plus, Settings, Star, Trash2 } from "lucide-react";
import { Avatar } from "../ui/avatar.tsx";
import { Badge, Counter } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Keys } from "../ui/keyboard/keys.tsx";
import { LabelChip } from "../ui/label-chip.tsx";
import { Link } from "../ui/link.tsx";
import { StateBadge, StateIcon, type State } from "../ui/state-badge.tsx";
import { Group, Specimen } from "./specimen.tsx";

const variants = ["primary", "secondary", "ghost", "danger"] as const;
const states: readonly State[] = [
  "issue-open",
  "issue-done",
  "issue-dropped",
  "pull-open",
  "pull-draft",
  "pull-merged",
  "pull-closed",
];
const labels = [
  ["bug", "#d73a4a"],
  ["enhancement", "a2eeef"],
  ["documentation", "0075ca"],
  ["good first issue", "7057ff"],
  ["white", "ffffff"],
  ["black", "000000"],
  ["yellow", "ffff00"],
  ["lime", "00ff00"],
  ["blue", "0000ff"],
  ["no colour", "nonsense"],
  ["a label with a name that goes on for far longer than anybody would like", "e99695"],
] as const;

export function Controls() {
  return (
    <>
      <Group title="Controls">
        {(["md", "sm"] as const).map((size) => (
          <Specimen key={size} name={`Button ${size}`}>
            {variants.map((variant) => (
              <Button
                key={variant}
                variant={variant}
                size={size}
                icon={variant === "danger" ? <Trash2 /> : <Plus />}
              >
                {variant}
              </Button>
            ))}
            <Button size={size} pending>
              Saving
            </Button>
            <Button size={size} variant="primary" reason="Waiting for 1 approval">
              Merge
            </Button>
            <Button size={size} disabled>
              Disabled
            </Button>
            <Button size={size} href="#controls" keys="c">
              A link
            </Button>
          </Specimen>
        ))}
        <Specimen name="IconButton">
          <IconButton label="Notifications" icon={<Bell />} keys="g n" />
          <IconButton label="Settings" icon={<Settings />} size="sm" />
          <IconButton label="Starred" icon={<Star />} pressed />
          <IconButton label="Branches" icon={<GitBranch />} href="#controls" />
        </Specimen>
        <Specimen name="Link">
          <span>
            Words with <Link href="#controls">a link</Link> in them,{" "}
            <Link look="plain" href="#controls">
              a plain one
            </Link>{" "}
            and{" "}
            <Link look="muted" href="#controls">
              a muted one
            </Link>
            .
          </span>
        </Specimen>
        <Specimen name="Keys">
          <Keys keys="mod+k" /> <Keys keys="g i" /> <Keys keys="?" /> <Keys keys="shift+j" />{" "}
          <Keys keys="esc" />
        </Specimen>
      </Group>
      <Group title="Badges and faces">
        <Specimen name="StateBadge">
          {states.map((state) => (
            <StateBadge key={state} state={state} />
          ))}
        </Specimen>
        <Specimen name="StateIcon">
          {states.map((state) => (
            <StateIcon key={state} state={state} />
          ))}
        </Specimen>
        <Specimen name="Badge">
          {(["neutral", "accent", "open", "merged", "closed", "warning"] as const).map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          <Badge icon={<GitBranch />}>main</Badge>
          <Counter count={0} zero /> <Counter count={7} /> <Counter count={1234} /> <Counter count={99_950} />{" "}
          <Counter count={100} most={99} />
        </Specimen>
        <Specimen name="LabelChip">
          {labels.map(([name, color]) => (
            <LabelChip
              key={name}
              name={name}
              color={color}
              description={`About ${name}`}
              href="#badges-and-faces"
            />
          ))}
        </Specimen>
        <Specimen name="Avatar">
          {["alice", "bob", "carol", "mallory", "sam", "root", "x"].map((name) => (
            <Avatar key={name} name={name} size={32} />
          ))}
          <Avatar name="acme" size={32} kind="organization" />
          <Avatar name="triage" size={32} kind="agent" />
          {[16, 20, 24, 40].map((size) => (
            <Avatar key={size} name="alice" size={size} />
          ))}
        </Specimen>
      </Group>
    </>
  );
}
