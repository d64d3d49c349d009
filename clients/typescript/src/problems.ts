import type { components } from "./api/intake.js";

/** Why a request was not done (RFC 9457). Nothing that was sent is repeated in it. */
export type Problem = Omit<components["schemas"]["Problem"], "traceId"> & {
  /** For asking the operator; absent when something else than a service has answered. */
  traceId?: string;
};

/** A service has refused a request, or could not do it for as long as it was asked. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    /** Why, and what to do. */
    readonly problem: Problem,
    /** Seconds that the service asked to wait before the request is sent again. */
    readonly retryAfter: number | undefined,
    /** The key to send the same command under once more. */
    readonly idempotencyKey: string | undefined,
  ) {
    super([
      `${problem.title} (${problem.status}): ${problem.detail}`,
      ...(problem.errors ?? []).map((error) => `  ${error.pointer ?? error.parameter}: ${error.detail}`),
    ].join("\n"));
  }

  /** The name in the problem's type: `validation`, `not-found`. */
  get problemName(): string {
    return this.problem.type.slice(this.problem.type.lastIndexOf("/") + 1);
  }
}

/**
 * No answer came, so nobody knows whether the request was done. Send it again later: with the same key it is done once. A change with `If-Match` is read
 * again first. The officer's telephone call does not wait for it.
 */
export class NotAnsweredError extends Error {
  override readonly name = "NotAnsweredError";

  constructor(
    attempts: number,
    /** The key to send the same command under once more. */
    readonly idempotencyKey: string | undefined,
    cause: unknown,
  ) {
    super(`No answer came, ${attempts} times. Send the same request again later${idempotencyKey === undefined ? "" : ", with the same idempotency key"}.`, { cause });
  }
}

/** The problem of an answer; what stands between client and service answers in forms of its own. */
export async function problemOf(answer: Response): Promise<Problem> {
  if (answer.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    try {
      return await answer.clone().json() as Problem;
    } catch {
      // No JSON: whoever wrote it is no service.
    }
  }
  return {
    type: "about:blank",
    title: answer.statusText || "No answer of a service",
    status: answer.status,
    detail: "This is no answer of a SafeHarbor service. Check the address, and what stands between.",
  };
}
