import { Copy, Ellipsis, GitBranch, Pencil, Tag, Trash2 } from "lucide-react";
import { useState } from "react";
import { openHelp, openPalette } from "../app/commands-store.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu } from "../ui/menu.tsx";
import { Picker } from "../ui/picker.tsx";
import { Popover } from "../ui/popover.tsx";
import { toast } from "../ui/toast.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { Group, Specimen } from "./specimen.tsx";

const branches = [
  "main",
  "feature/pool-limits",
  "fix/quarantine",
  "release/1.0",
  "a/very/long/branch/name/that/nobody/can/remember",
];
const labels = [
  ["bug", "#d73a4a", "Something is not right"],
  ["docs", "#0075ca", "Words"],
  ["good first issue", "#7057ff", "For newcomers"],
] as const;

export function Overlays() {
  const [open, setOpen] = useState(false);
  const [branch, setBranch] = useState<readonly string[]>(["main"]);
  const [picked, setPicked] = useState<readonly string[]>(["bug"]);
  return (
    <Group title="Overlays">
      <Specimen name="Menu">
        <Menu
          items={[
            { label: "Copy link", icon: <Copy />, keys: "y", run: () => toast({ title: "Link copied" }) },
            { label: "Edit", icon: <Pencil />, keys: "e" },
            { label: "Open the gallery", icon: <Tag />, href: "/_gallery" },
            { heading: "Careful" },
            { label: "Merge", icon: <GitBranch />, reason: "Waiting for 1 approval" },
            "line",
            { label: "Delete", icon: <Trash2 />, danger: true },
          ]}
        >
          <Button>Menu</Button>
        </Menu>
        <Menu items={[{ label: "Edit" }, { label: "Quote reply", keys: "r" }]} align="end">
          <IconButton label="More" icon={<Ellipsis />} />
        </Menu>
      </Specimen>
      <Specimen name="Popover">
        <Popover
          label="Clone"
          content={
            <div className="flex flex-col gap-2">
              <h3 className="text-sm font-medium">Clone over HTTP</h3>
              <CodeBlock code="git clone http://localhost:3000/alice/demo.git" label="address" />
            </div>
          }
        >
          <Button>Clone</Button>
        </Popover>
      </Specimen>
      <Specimen name="Picker">
        <Picker
          label="Branches"
          items={branches.map((name) => ({ value: name, label: name, icon: <GitBranch /> }))}
          selected={branch}
          onChange={setBranch}
        >
          <Button icon={<GitBranch />}>{branch[0]}</Button>
        </Picker>
        <Picker
          label="Labels"
          multiple
          items={labels.map(([name, color, hint]) => ({
            value: name,
            label: name,
            hint,
            icon: (
              <span
                className="label-dot size-2.5 rounded-full"
                style={{ "--label": color } as React.CSSProperties}
              />
            ),
          }))}
          selected={picked}
          onChange={setPicked}
          footer="Manage labels"
        >
          <Button icon={<Tag />}>{picked.join(", ") || "No labels"}</Button>
        </Picker>
      </Specimen>
      <Specimen name="Dialog">
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Dialog
          title="Rename branch"
          description="Open pull requests follow the new name."
          open={open}
          onClose={() => setOpen(false)}
          actions={
            <>
              <Button variant="primary" onClick={() => setOpen(false)}>
                Rename
              </Button>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
            </>
          }
        >
          <input aria-label="New name" className="control" defaultValue="feature/pool-limits" />
        </Dialog>
      </Specimen>
      <Specimen name="Toast">
        <Button
          onClick={() => toast({ title: "Issue closed", undo: () => toast({ title: "Issue open again" }) })}
        >
          With undo
        </Button>
        <Button onClick={() => toast({ title: "Link copied" })}>Plain</Button>
        <Button
          onClick={() =>
            toast({
              title: "The branch moved meanwhile",
              description: "Nothing was merged. Look again, then merge.",
              tone: "danger",
            })
          }
        >
          Refused
        </Button>
      </Specimen>
      <Specimen name="Commands">
        <Button onClick={openPalette} keys="mod+k">
          Palette
        </Button>
        <Button onClick={openHelp} keys="?">
          Shortcuts
        </Button>
        <Tooltip text="A tooltip says more; it never says the only thing." keys="g t">
          <Button>Tooltip</Button>
        </Tooltip>
      </Specimen>
    </Group>
  );
}
