import { Suspense, lazy, useEffect } from "react";
import type { At } from "./hrefs.ts";
import { setBatch, useBatch } from "./suggestion-batch.ts";

const BatchBar = lazy(() => import("./batch-bar.tsx"));

/** The bar of gathered suggestions, while there are any. */
export function Batch(props: { readonly at: At; readonly number: number; readonly head: string }) {
  const { number } = props;
  const batch = useBatch(number);
  // Who leaves the page lets go of what was gathered there.
  useEffect(() => () => setBatch(number, []), [number]);
  if (batch.length === 0) return null;
  return (
    <Suspense>
      <BatchBar {...props} batch={batch} />
    </Suspense>
  );
}
