/** How many lines came and went. */
export function DiffStat({
  additions,
  deletions,
}: {
  readonly additions: number;
  readonly deletions: number;
}) {
  return (
    <span className="tabular flex shrink-0 gap-1.5 text-xs font-medium">
      <span className="text-open">
        +{additions}
        <span className="sr-only"> lines added</span>
      </span>
      <span className="text-closed">
        −{deletions}
        <span className="sr-only"> lines removed</span>
      </span>
    </span>
  );
}
