import { defineConfig } from "drizzle-kit";
import { parseDatabaseUrl } from "./server/kernel/db/address.ts";

const url = process.env["DATABASE_URL"];

export default defineConfig({
  dialect: "postgresql",
  schema: "./server/**/schema.ts",
  out: "./migrations",
  ...(url ? { dbCredentials: parseDatabaseUrl(url) } : {}),
});
