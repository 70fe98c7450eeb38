import type { Domain } from "../../domain.ts";
import { routes } from "./routes.ts";
import { constraints } from "./schema.ts";

export const planning: Domain = { name: "planning", uses: ["accounts", "repositories"], routes, constraints };
