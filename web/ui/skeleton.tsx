/** Stands in for lines that are on their way, in their size, after 150 ms. Decorative: say what is awaited beside it. */
export function Skeleton({ lines = 3, height = 32 }: { readonly lines?: number; readonly height?: number }) {
  return (
    <div aria-hidden="true" className="late">
      {Array.from({ length: lines }, (_, index) => (
        // Drawn once, all alike.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex items-center" style={{ height }}>
          <div className="skeleton h-3" style={{ width: `${[62, 48, 71, 39, 55][index % 5]}%` }} />
        </div>
      ))}
    </div>
  );
}
