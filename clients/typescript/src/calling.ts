import { NotAnsweredError, ProblemError, problemOf } from "./problems.js";
import { TokenRefusedError, type TokenSource } from "./tokens.js";

/** How a client calls. What it does not know whether it was done is sent again, for the services do it once; see the README. */
export interface CallSettings {
  /** Where the service is: `https://`, or `http://` on this machine. */
  address: string;
  /** Where the bearer tokens come from. */
  tokens: TokenSource | (() => string | Promise<string>);
  /** How often a call is sent again before the caller is told that it has failed; 5 when left out. */
  repetitions?: number;
  /** Milliseconds before the first repetition, more or less: they vary, and double each time; 500 when left out. */
  firstWait?: number;
  /** The longest wait in milliseconds; when a service asks for a longer one, the caller is told at once instead. 30 000 when left out. */
  longestWait?: number;
  /** Milliseconds that one answer may take: more than the 30 seconds that a question for news waits. 60 000 when left out. */
  patience?: number;
  /** What sends; the global one when left out. */
  fetch?: typeof fetch;
}

const passing = new Set([408, 429, 502, 503, 504]);

/**
 * Sends a request until there is an answer that settles it. Every operation of the services may be sent again: a question changes nothing, and a command
 * has a key, or the service says that it is done once however often it comes. A change with `If-Match` is the exception: its repetition would be refused
 * because of its own first effect.
 */
export function patientFetch(settings: CallSettings): (request: Request) => Promise<Response> {
  const { repetitions = 5, firstWait = 500, longestWait = 30_000, patience = 60_000, fetch: send = fetch } = settings;
  const { address } = settings;
  const { protocol, hostname } = new URL(address);
  if (protocol !== "https:" && !(protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname)))
    throw new TypeError("Give an address with https: tokens and reports are not sent over a network in clear text.");
  const source = settings.tokens;
  const tokens: TokenSource = typeof source === "function" ? { get: async () => source() } : source;

  return async (request) => {
    // An operation that takes no key passes it over.
    if (request.method === "POST" && !request.headers.has("Idempotency-Key"))
      request.headers.set("Idempotency-Key", crypto.randomUUID());
    const key = request.headers.get("Idempotency-Key") ?? undefined;
    const isConditional = request.headers.has("If-Match");

    for (let sent = 1; ; sent++) {
      let wait = Math.min(longestWait, firstWait * 2 ** (sent - 1)) * (0.5 + Math.random());
      try {
        const answer = await attempt(request);
        // What is gone after a repetition may have been deleted by the first, whose answer was lost.
        if (answer.ok || (request.method === "DELETE" && answer.status === 404 && sent > 1))
          return answer.ok ? answer : new Response(null, { status: 204 });
        const problem = await problemOf(answer);
        const retryAfter = secondsOf(answer.headers.get("Retry-After"));
        const mayRepeat = isConditional ? answer.status === 429 : passing.has(answer.status) || problem.type.endsWith("/still-running");
        if (!mayRepeat || sent > repetitions || (retryAfter ?? 0) * 1000 > longestWait)
          throw new ProblemError(problem, retryAfter, key);
        wait = retryAfter === undefined ? wait : retryAfter * 1000;
      } catch (error) {
        if (error instanceof ProblemError || error instanceof TokenRefusedError)
          throw error;
        request.signal.throwIfAborted();
        if (isConditional || sent > repetitions)
          throw new NotAnsweredError(sent, key, error);
      }
      await pause(wait, request.signal);
    }
  };

  async function attempt(request: Request): Promise<Response> {
    const token = await tokens.get();
    const answer = await once(request, token);
    if (answer.status !== 401)
      return answer;
    const renewed = await tokens.get(token);
    return renewed === token ? answer : once(request, renewed);
  }

  // The answer is read whole, so that a connection that breaks in the middle is an attempt that failed. A token is for the service that was named, so
  // nothing is followed elsewhere.
  async function once(request: Request, token: string): Promise<Response> {
    const one = request.clone();
    one.headers.set("Authorization", `Bearer ${token}`);
    const answer = await send(one, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(patience)]), redirect: "manual" });
    const body = await answer.arrayBuffer();
    return new Response(body.byteLength === 0 ? null : body, { status: answer.status, statusText: answer.statusText, headers: answer.headers });
  }
}

/** Waits, unless the caller gives up. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);

    function end(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted)
        reject(signal.reason as Error);
      else
        resolve();
    }
  });
}

function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null)
    return undefined;
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
