import { z } from "zod";
import { eventType } from "../../../kernel/events.ts";

export const repositoryStarred = eventType("repository.starred", z.object({ name: z.string() }));
