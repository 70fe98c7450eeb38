import type { Domain } from "../../domain.ts";
import { answerChecks } from "../repositories/index.ts";
import { statesOf } from "./queries.ts";
import { routes } from "./routes.ts";

answerChecks(statesOf);

export const checks: Domain = { name: "checks", uses: ["accounts", "repositories"], routes };
