import type { Domain } from "../../domain.ts";
import { routes } from "./routes.ts";

export const checks: Domain = { name: "checks", uses: ["accounts", "repositories"], routes };
