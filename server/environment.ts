import { resolve } from "node:path";
import { z } from "zod";
import { defaultLimits, type Config } from "./kernel/config.ts";

const port = z.coerce.number().int().min(0).max(65_535);

const environment = z.object({
  PORT: port.default(3000),
  SSH_PORT: port.default(2222),
  WIT_DATA: z.string().min(1).default("./data"),
  WIT_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.string().optional(),
  WIT_SECRET_KEY: z.string().optional(),
  WIT_SMTP_URL: z.string().optional(),
  WIT_MAIL_FROM: z.string().optional(),
  WIT_TRUSTED_PROXIES: z.string().optional(),
  WIT_MAX_PACK_BYTES: z.coerce.number().int().min(1024).optional(),
  WIT_MAX_FILE_BYTES: z.coerce.number().int().min(1024).optional(),
  WIT_MAX_LFS_BYTES: z.coerce.number().int().min(1024).optional(),
  WIT_FETCH_CACHE_BYTES: z.coerce.number().int().min(0).optional(),
  WIT_PUSH_TO_CREATE: z.enum(["on", "off"]).default("on"),
  WIT_UNREACHABLE_DAYS: z.coerce.number().int().min(0).max(3650).optional(),
  WIT_REQUESTS_PER_HOUR: z.coerce.number().int().min(1).optional(),
  WIT_ANONYMOUS_REQUESTS_PER_HOUR: z.coerce.number().int().min(1).optional(),
  WIT_S3_BUCKET: z.string().optional(),
  WIT_S3_REGION: z.string().optional(),
  WIT_S3_ENDPOINT: z.url().optional(),
  WIT_S3_PREFIX: z.string().optional(),
  WIT_S3_ACCESS_KEY_ID: z.string().optional(),
  WIT_S3_SECRET_ACCESS_KEY: z.string().optional(),
  NODE_ENV: z.string().optional(),
});

export interface Environment {
  readonly config: Config;
  readonly databaseUrl: string | undefined;
  readonly secretKey: string | undefined;
}

/** @throws Error whose message names each variable that cannot be used */
export function configFromEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  // An empty variable is an unset one: that is what a compose file or a unit file makes of it.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`these environment variables cannot be used: ${wrong.join("; ")}`);
  }
  const values = parsed.data;
  const url = (values.WIT_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, "");
  return {
    databaseUrl: values.DATABASE_URL,
    secretKey: values.WIT_SECRET_KEY,
    config: {
      dataDir: resolve(values.WIT_DATA),
      url,
      port: values.PORT,
      sshPort: values.SSH_PORT,
      s3: s3Settings(values),
      smtpUrl: values.WIT_SMTP_URL ?? null,
      mailFrom: values.WIT_MAIL_FROM ?? `wit <wit@${new URL(url).hostname}>`,
      trustedProxies: (values.WIT_TRUSTED_PROXIES ?? "")
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean),
      limits: {
        ...defaultLimits,
        packBytes: values.WIT_MAX_PACK_BYTES ?? defaultLimits.packBytes,
        fileBytes: values.WIT_MAX_FILE_BYTES ?? defaultLimits.fileBytes,
        lfsBytes: values.WIT_MAX_LFS_BYTES ?? defaultLimits.lfsBytes,
        fetchCacheBytes: values.WIT_FETCH_CACHE_BYTES ?? defaultLimits.fetchCacheBytes,
        unreachableDays: values.WIT_UNREACHABLE_DAYS ?? defaultLimits.unreachableDays,
        userRequests: values.WIT_REQUESTS_PER_HOUR ?? defaultLimits.userRequests,
        anonymousRequests: values.WIT_ANONYMOUS_REQUESTS_PER_HOUR ?? defaultLimits.anonymousRequests,
      },
      pushToCreate: values.WIT_PUSH_TO_CREATE === "on",
      development: values.NODE_ENV === "development",
      checkAnswers: values.NODE_ENV === "development",
    },
  };
}

type Values = z.infer<typeof environment>;

/** A bucket needs its keys; without a bucket blobs are files. */
function s3Settings(values: Values): Config["s3"] {
  if (values.WIT_S3_BUCKET === undefined) return null;
  const accessKeyId = values.WIT_S3_ACCESS_KEY_ID;
  const secretAccessKey = values.WIT_S3_SECRET_ACCESS_KEY;
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error("WIT_S3_BUCKET needs WIT_S3_ACCESS_KEY_ID and WIT_S3_SECRET_ACCESS_KEY");
  return {
    bucket: values.WIT_S3_BUCKET,
    accessKeyId,
    secretAccessKey,
    ...(values.WIT_S3_REGION === undefined ? {} : { region: values.WIT_S3_REGION }),
    ...(values.WIT_S3_ENDPOINT === undefined ? {} : { endpoint: values.WIT_S3_ENDPOINT }),
    ...(values.WIT_S3_PREFIX === undefined ? {} : { prefix: values.WIT_S3_PREFIX }),
  };
}
