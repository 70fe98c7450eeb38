export { getLabel, labelsByName, type Label } from "./queries.ts";
export { labelShape, labelView } from "./views.ts";
