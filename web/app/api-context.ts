import { createContext, useContext } from "react";
import type { Api } from "./api.ts";

export const ApiContext = createContext<Api | undefined>(undefined);

/** The API client, for what is done (what is read goes through queries). */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error("useApi outside the application");
  return api;
}
