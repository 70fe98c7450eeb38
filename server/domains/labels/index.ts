export { getLabel, labelsByName, listLabels, type Label } from "./queries.ts";
export { labelShape, labelView } from "./views.ts";
