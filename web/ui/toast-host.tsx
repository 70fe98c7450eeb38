import { lazy, Suspense, useSyncExternalStore } from "react";
import { toastsWanted } from "./toast.ts";

const ToastViewport = lazy(() => import("./toast-viewport.tsx"));
const never = () => false;

/** Where toasts appear. Nothing until the first one. */
export function ToastHost() {
  const wanted = useSyncExternalStore(toastsWanted.subscribe, toastsWanted.get, never);
  return wanted ? (
    <Suspense>
      <ToastViewport />
    </Suspense>
  ) : null;
}
