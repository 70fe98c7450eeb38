import { defineConfig } from "drizzle-kit";

const url = process.env["DATABASE_URL"];

export default defineConfig({
  dialect: "postgresql",
  schema: "./server/**/schema.ts",
  out: "./migrations",
  ...(url ? { dbCredentials: { url } } : {}),
});
