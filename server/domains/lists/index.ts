export { problemShape, queryLine, termsOf } from "./asked.ts";
export { compile, type Compiled } from "./compile.ts";
export { countStates, countsShape } from "./counts.ts";
export { among, numbersWithin, timesWithin, turned } from "./conditions.ts";
export { type Asking, type Kind, type Meaning } from "./kind.ts";
export { maySave } from "./policy.ts";
export { savedQueries, viewShape } from "./views.ts";
export { userIds } from "./people.ts";
export { placesOf, within } from "./places.ts";
