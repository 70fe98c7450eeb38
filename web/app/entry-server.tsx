import { drawPage, type PageAnswer, type PageRequest } from "./render.tsx";

export { handleAction } from "./handle-action.ts";
export type { ActionRequest } from "./handle-action.ts";
export type { PageAnswer, PageRequest } from "./render.tsx";

/** Draws the page of an address. See ../README.md for what the server does around it. */
export const render = (request: PageRequest): Promise<PageAnswer> => drawPage(request);
