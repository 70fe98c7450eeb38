import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Milliseconds between two looks, and how many there are: the server gives up on a source after some seconds. */
const pause = 1500;
const looks = 4;

const pages = /\/(?:(?:blob|blame|compare)\/.+|commit\/[^/]+|files|revisions)$/;

/** Reads the file or the diff again while its colours are on their way. The lines stay where they are. */
export function useLaterColours(later: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!later) return undefined;
    let left = looks;
    const timer = setInterval(() => {
      left -= 1;
      if (left === 0) clearInterval(timer);
      void client.invalidateQueries({
        predicate: ({ queryKey }) => pages.test(String(queryKey[2])),
      });
    }, pause);
    return () => clearInterval(timer);
  }, [client, later]);
}
