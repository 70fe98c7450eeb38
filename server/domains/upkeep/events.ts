import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

/** A check found something missing or broken that was whole at the check before. */
export const repositoryDamaged = eventType(
  "repository.damaged",
  z.object({ name: z.string(), problems: z.number(), first: z.string() }),
);

/** A check found nothing wrong any more. */
export const repositoryMended = eventType("repository.mended", z.object({ name: z.string() }));
