import { apiQuery, useRead } from "./query.ts";

/** Somebody or something with a page of its own: a person, an agent, an organization. */
export interface Face {
  readonly login: string;
  readonly name?: string | null;
  readonly avatar_url?: string | null;
}

/** What the frame shows on every page: `GET /api/v3/_web/frame`. */
export interface Frame {
  /** Nobody when not signed in. */
  readonly viewer: (Face & { readonly site_admin?: boolean; readonly mailbox?: boolean }) | null;
  readonly organizations: readonly Face[];
  /** Repositories that the viewer keeps at hand. */
  readonly favourites?: readonly { readonly full_name: string }[];
  /** True until the first administrator exists. */
  readonly setup_needed?: boolean;
  readonly sign_up?: "open" | "invite" | "closed";
  /** Numbers beside entries of the rail, by the entry's name: `{ inbox: 3 }`; 100 stands for more than 99. */
  readonly counts?: Readonly<Record<string, number>>;
}

export const frameQuery = apiQuery<Frame>("/_web/frame");

/** The frame's data: who looks, and what is at hand. */
export const useFrame = (): Frame => useRead(frameQuery);
