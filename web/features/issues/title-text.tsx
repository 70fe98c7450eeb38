/** A title as it was typed, with what stands in backticks drawn as code. */
export function TitleText({ title }: { readonly title: string }) {
  const parts = title.split(/`([^`]+)`/);
  if (parts.length === 1) return <>{title}</>;
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          // Pieces of one text, in its order.
          // oxlint-disable-next-line react/no-array-index-key
          <code key={index} className="rounded-sm bg-n4 px-1 py-px text-[0.88em] font-medium">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </>
  );
}
