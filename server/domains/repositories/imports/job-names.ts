/** The queue's name of the work; commands enqueue it without knowing how it is done. */
export const importJob = "repositories.import";
