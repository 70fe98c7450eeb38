import { createContext, useContext } from "react";
import type { PageState } from "./state.ts";

export const PageContext = createContext<Pick<PageState, "form" | "drawing" | "development">>({
  drawing: "",
  development: false,
});

/** How this page came to be: the form that was refused, if any. */
export const usePage = (): Pick<PageState, "form" | "drawing" | "development"> => useContext(PageContext);
