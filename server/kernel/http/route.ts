/**
 * A route says in one place: method, path, who may, what comes in, what goes out. The check, the OpenAPI document, the generated
 * client and the access matrix test are all derived from it.
 */
import { z } from "zod";
import type { Actor, Scope } from "../actor.ts";
import { hasScope, isAdministrator } from "../actor.ts";
import type { Context } from "../context.ts";
import { forbidden, notFound, unauthorized } from "../errors.ts";
import { requireUser } from "../grants.ts";
import type { UserActor } from "../actor.ts";
import type { Page } from "../paging.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The parameters of a path template: `{name}` is one segment, `{name*}` is the rest of the path with its slashes. */
export type PathParameters<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name extends `${infer Bare}*` ? Bare : Name]: string } & PathParameters<Rest>
  : unknown;

/**
 * Who may use a route. `resolve` proves it and answers what the handler needs as proof: a granted row, the signed-in user.
 * Unseen is 404, seen but refused 403, no credentials where credentials could help 401.
 */
export interface Access<Grants extends object> {
  /** As the access matrix and the documents name it, e.g. `repository:write`. */
  readonly name: string;
  readonly resolve: (ctx: Context, params: Readonly<Record<string, string>>) => Promise<Grants> | Grants;
}

/** Anyone, signed in or not. */
export const anyone: Access<object> = { name: "anyone", resolve: () => ({}) };

/** Any signed-in user whose credential carries the scope. */
export function signedIn(scope: Scope): Access<{ me: UserActor }> {
  return {
    name: `signed-in:${scope}`,
    resolve: (ctx) => {
      const me = requireUser(ctx.actor);
      requireScope(me, scope);
      return { me };
    },
  };
}

/** An administrator of the instance. To others the administration does not exist. */
export const administrator: Access<{ me: Actor }> = {
  name: "administrator",
  resolve: (ctx) => {
    if (ctx.actor.kind === "anonymous") throw unauthorized();
    if (!isAdministrator(ctx.actor)) throw notFound();
    return { me: ctx.actor };
  },
};

/** @throws Refusal 403 that names the missing scope */
export function requireScope(actor: Actor, scope: Scope): void {
  if (!hasScope(actor, scope)) throw forbidden(`This token lacks the scope ${scope}`);
}

export interface RouteRequest {
  readonly ctx: Context;
  readonly url: URL;
  readonly headers: Headers;
  /** The undecoded body of a route with `rawBody`. */
  readonly raw: Request;
}

type QueryOf<Q> = Q extends z.ZodType ? z.output<Q> : object;
type BodyOf<B> = B extends z.ZodType ? z.output<B> : undefined;

export interface RouteDefinition<P extends string, G extends object, Q, B, A extends z.ZodType> {
  readonly method: Method;
  readonly path: P;
  /** GitHub's operation id where GitHub has the operation (`issues/list-labels-for-repo`), else one in the same style. */
  readonly operation: string;
  readonly summary: string;
  readonly access: Access<G>;
  readonly query?: Q;
  readonly body?: B;
  /** The body of the answer; a list answers a `Page` of the array's elements. */
  readonly answer: A;
  /** 200 unless told. */
  readonly status?: number;
  /** Counted as a try of a secret. */
  readonly guarded?: boolean;
  /** The handler reads the request's body itself. */
  readonly rawBody?: boolean;
  /** Bytes of the JSON body, where what everybody may send does not suffice. */
  readonly bodyBytes?: number;
  /** Not part of the public API: used by our own pages. */
  readonly internal?: boolean;
  readonly handle: (
    request: RouteRequest & G & { params: PathParameters<P>; query: QueryOf<Q>; body: BodyOf<B> },
  ) => Promise<Answer<z.input<A>>> | Answer<z.input<A>>;
}

type Elements<T> = T extends readonly (infer E)[] ? E : never;
export type Answer<T> = T | (undefined extends T ? void : never) | Page<Elements<T>> | Reply<T> | Response;

/** A route of any shape, as the router and the generators see it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly access: Access<object>;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  readonly answer: z.ZodType;
  readonly status: number;
  readonly guarded: boolean;
  readonly rawBody: boolean;
  readonly bodyBytes: number | undefined;
  readonly internal: boolean;
  readonly handle: (
    request: RouteRequest & Record<string, unknown>,
  ) => Promise<Answer<unknown>> | Answer<unknown>;
}

/** Declares a route. */
export function route<
  const P extends string,
  G extends object,
  A extends z.ZodType,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(definition: RouteDefinition<P, G, Q, B, A>): Route {
  return {
    method: definition.method,
    path: definition.path,
    operation: definition.operation,
    summary: definition.summary,
    access: definition.access,
    query: definition.query,
    body: definition.body,
    answer: definition.answer,
    status: definition.status ?? 200,
    guarded: definition.guarded ?? false,
    rawBody: definition.rawBody ?? false,
    bodyBytes: definition.bodyBytes,
    internal: definition.internal ?? false,
    // The router fills in exactly what the definition declared; the generic shape is lost only in this table.
    handle: definition.handle as unknown as Route["handle"],
  };
}

/** An answer with another status or with headers. */
export class Reply<T> {
  readonly value: T;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(value: T, more: { status?: number; headers?: Record<string, string> } = {}) {
    this.value = value;
    this.status = more.status;
    this.headers = more.headers ?? {};
  }
}

/** An answer that is another one a moment later (its colours come, a walk is done) is kept by nobody. */
export const settledUnless = <T>(isPassing: boolean, value: T): T | Reply<T> =>
  isPassing ? new Reply(value, { headers: { "cache-control": "no-store" } }) : value;

/** The answer of a route with status 204. */
export const nothing = z.undefined();

/** 201 with the `Location` of what was made. */
export const created = <T>(value: T, location: string) =>
  new Reply(value, { status: 201, headers: { location } });
