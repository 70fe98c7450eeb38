export { noteEdit } from "./edits/commands.ts";
export { editsOf, type Edited } from "./edits/queries.ts";
export { editRoutes } from "./edits/routes.ts";
export { editedShape, editedView } from "./edits/views.ts";
export { reactionsOf, type Reacted } from "./reactions/queries.ts";
export { reactionRoutes } from "./reactions/routes.ts";
export { reactionsShape, reactionsView } from "./reactions/views.ts";
export { seenThrough, type SeenText, type Text, type TextDoor, type TextKind } from "./text.ts";
export { keepDeleted, takeDeleted } from "./undo/commands.ts";
