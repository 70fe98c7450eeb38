/** The column shapes that every table shares, so that ids and times mean the same everywhere. */
import { sql } from "drizzle-orm";
import { bigint, customType, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { uuidv7 } from "../ids.ts";

/** `uuid` primary key, version 7, made by the application (PostgreSQL 15 cannot make them). */
export const id = () => uuid("id").primaryKey().$defaultFn(uuidv7);

/** The integer id that GitHub's API shows beside ours; never used as a foreign key. */
export const apiId = () =>
  bigint("api_id", { mode: "number" }).generatedAlwaysAsIdentity().notNull().unique();

/** An integer id drawn from another table's series: to GitHub's API both kinds are one. */
export const sharedApiId = (sequence: string) =>
  bigint("api_id", { mode: "number" })
    .notNull()
    .unique()
    .default(sql`nextval('${sql.raw(sequence)}')`);

/** Milliseconds are what a JavaScript `Date` holds: a finer column would break keyset paging by time. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const createdAt = () => moment("created_at").notNull().defaultNow();

export const updatedAt = () =>
  moment("updated_at")
    .notNull()
    .defaultNow()
    .$onUpdateFn(() => new Date());

/** A git object id: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export const objectId = (name: string) => text(name);

/** `bytea` as a Buffer. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });
