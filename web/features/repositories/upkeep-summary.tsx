import type { RepositoryUpkeep } from "../../../api/client.gen.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { bytesText } from "../code/sizes.ts";
import { Problems, StateMark } from "../upkeep/state.tsx";

/** What the repository takes up, and what its last check found. */
export function UpkeepSummary({ upkeep }: { readonly upkeep: RepositoryUpkeep }) {
  const facts = [
    { label: "On disk", value: bytesText(upkeep.disk_bytes) },
    { label: "Git", value: bytesText(upkeep.git_bytes) },
    { label: "Git LFS", value: bytesText(upkeep.lfs_bytes) },
  ];
  return (
    <div className="flex flex-col gap-4">
      <dl className="tabular flex flex-wrap gap-x-8 gap-y-3">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-sm text-ink-2">{label}</dt>
            <dd className="text-lg font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
        <StateMark state={upkeep.state} />
        {upkeep.checked_at && <RelativeTime at={upkeep.checked_at} prefix="Checked " />}
        {upkeep.state === "damaged" && "The administrators of this server see this too."}
      </p>
      <Problems problems={upkeep.problems} />
    </div>
  );
}
