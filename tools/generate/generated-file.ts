/** A file that a program writes and git keeps. */
export interface GeneratedFile {
  /** Relative to the checkout. */
  readonly path: string;
  readonly text: string;
}
