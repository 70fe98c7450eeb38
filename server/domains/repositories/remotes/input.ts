/** Fields that imports and mirrors have in common. */
import { z } from "zod";

export const remoteFields = {
  url: z
    .string()
    .min(1)
    .max(2100)
    .describe("An http or https address; a name and password in it are taken out"),
  username: z.string().max(500).nullable().optional(),
  password: z
    .string()
    .max(2000)
    .nullable()
    .optional()
    .describe("Or a token. Kept encrypted, and never shown"),
  interval: z.int().min(10).max(10_080).describe("Minutes between two runs"),
};
