import { Suspense, lazy, memo, useSyncExternalStore } from "react";

export interface MapMark {
  readonly href: string;
  readonly label: string;
  /** How far down the whole it is, from 0 to 1. */
  readonly share: number;
  /** Not settled. */
  readonly open: boolean;
}

const Minimap = lazy(() => import("./minimap.tsx"));

const never = () => () => undefined;

/** The rail of conversations, which comes after the page: a shortcut to what is in it anyway. */
export const MapMarks = memo(function MapMarks({ marks }: { readonly marks: readonly MapMark[] }) {
  const isLater = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (!isLater || marks.length === 0) return null;
  return (
    <Suspense>
      <Minimap marks={marks} />
    </Suspense>
  );
});
