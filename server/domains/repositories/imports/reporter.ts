/** Writes down how far an import is: often enough to be watched, seldom enough to cost nothing. */
import { and, eq } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { stopCourse } from "../remotes/courses.ts";
import { repositoryImports } from "../remotes/schema.ts";
import type { Import } from "./queries.ts";

const everyMs = 700;

type Columns = Partial<typeof repositoryImports.$inferInsert>;

export class Reporter {
  readonly #ctx: Context;
  readonly #row: Import;
  #last = 0;
  #writing: Promise<void> = Promise.resolve();
  #latest: Columns = {};

  constructor(ctx: Context, row: Import) {
    this.#ctx = ctx;
    this.#row = row;
  }

  /** A new phase; waits until it is written. */
  async enter(phase: NonNullable<Import["phase"]>, more: Columns = {}): Promise<void> {
    await this.#writing;
    await this.#write({ ...this.#latest, ...more, phase });
  }

  /** Writes what was told last. */
  async settle(): Promise<void> {
    await this.#writing;
    await this.#write(this.#latest);
  }

  /** @param columns what changed; 100 percent is for the end */
  tell({ percent = 0, ...columns }: Columns): void {
    this.#latest = { ...this.#latest, ...columns, percent: Math.min(99, percent) };
    const now = performance.now();
    if (now - this.#last < everyMs) return;
    this.#last = now;
    this.#writing = this.#writing.then(() => this.#write(this.#latest));
  }

  async #write(columns: Columns): Promise<void> {
    if (Object.keys(columns).length === 0) return;
    try {
      const written = await this.#ctx.db
        .update(repositoryImports)
        .set(columns)
        .where(
          and(
            eq(repositoryImports.repoId, this.#row.repoId),
            eq(repositoryImports.state, "running"),
            eq(repositoryImports.attempt, this.#row.attempt),
          ),
        )
        .returning({ id: repositoryImports.repoId });
      // Cancelled by another process, or the repository is gone.
      if (written.length === 0) stopCourse(this.#row.repoId, "cancelled");
    } catch (error) {
      this.#ctx.log.warn({ repoId: this.#row.repoId, error: String(error) }, "progress was not written");
    }
  }
}
