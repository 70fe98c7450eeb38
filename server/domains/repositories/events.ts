import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const named = { name: z.string() };

export const repositoryCreated = eventType(
  "repository.created",
  z.object({ ...named, fork_of: z.string().nullable() }),
);
/** On the new repository, which began with the files of a template. */
export const repositoryGenerated = eventType(
  "repository.generated",
  z.object({ ...named, template_id: z.string() }),
);
/** On the repository that was copied. */
export const repositoryForked = eventType(
  "repository.forked",
  z.object({ fork_id: z.string(), fork_name: z.string() }),
);
export const repositoryRenamed = eventType(
  "repository.renamed",
  z.object({ ...named, previous_name: z.string() }),
);
/** `changes` names the settings that changed. */
export const repositoryUpdated = eventType(
  "repository.updated",
  z.object({ ...named, changes: z.array(z.string()) }),
);
export const repositoryPublicized = eventType("repository.publicized", z.object(named));
export const repositoryPrivatized = eventType("repository.privatized", z.object(named));
export const repositoryArchived = eventType("repository.archived", z.object(named));
export const repositoryUnarchived = eventType("repository.unarchived", z.object(named));
export const repositoryTransferred = eventType(
  "repository.transferred",
  z.object({
    ...named,
    previous_owner_id: z.string(),
    previous_owner: z.string(),
    previous_name: z.string(),
  }),
);
export const repositoryDeleted = eventType("repository.deleted", z.object(named));
export const repositoryRestored = eventType("repository.restored", z.object(named));
