import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { touches } from "../../app/query.ts";

/** Reads what lies below an address of the API again and again, as long as something is under way and the page is looked at. */
export function useRefresh(active: boolean, below: string, everyMs = 1500): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.hidden) return;
      void client.refetchQueries({ type: "active", predicate: touches([below]) });
    }, everyMs);
    return () => clearInterval(timer);
  }, [active, below, everyMs, client]);
}
