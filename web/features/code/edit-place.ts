import type { webEdit } from "../../../api/client.gen.ts";

/** A place on a branch where something is to be written. */
export type EditPlace = Awaited<ReturnType<typeof webEdit>>["data"];
