import type { S3Settings } from "./blobs/index.ts";

/** What the environment decides. `server/main.ts` is the only reader of environment variables. */
export interface Config {
  /** Absolute folder of everything that must be kept. */
  readonly dataDir: string;
  /** The address people use, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly sshPort: number;
  /** Where blobs are kept when not in the data folder. */
  readonly s3: S3Settings | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Peers whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  readonly trustedProxies: readonly string[];
  readonly limits: Limits;
  /** Whether a push to a place where nothing is creates a repository there. */
  readonly pushToCreate: boolean;
  readonly development: boolean;
  /** Answers are checked against their schema: on in tests and development. */
  readonly checkAnswers: boolean;
}

export interface Limits {
  /** Requests in an hour for one signed-in user. */
  readonly userRequests: number;
  /** Requests in an hour for one address that is not signed in. */
  readonly anonymousRequests: number;
  /** Tries of a password or one-time code in a minute, for one address and for one account. */
  readonly signInTries: number;
  /** Bytes of a JSON body. */
  readonly jsonBytes: number;
  /** Bytes of a pushed pack. */
  readonly packBytes: number;
  /** Bytes of one file in a pushed pack. */
  readonly fileBytes: number;
  /** Bytes of one object of Git LFS. */
  readonly lfsBytes: number;
  /** Bytes of the answers to clones that are kept on disk; 0 keeps none. */
  readonly fetchCacheBytes: number;
  /** Days that git objects stay which no reference ever held; 0 keeps them for good. */
  readonly unreachableDays: number;
}

export const defaultLimits: Limits = {
  userRequests: 15_000,
  anonymousRequests: 3_000,
  signInTries: 10,
  jsonBytes: 2 * 1024 * 1024,
  packBytes: 2 * 1024 * 1024 * 1024,
  fileBytes: 1024 * 1024 * 1024,
  lfsBytes: 5 * 1024 * 1024 * 1024,
  fetchCacheBytes: 1024 * 1024 * 1024,
  unreachableDays: 14,
};
