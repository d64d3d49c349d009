/** Where bearer tokens come from. It is asked before every request, and keeps what it has got. */
export interface TokenSource {
  /**
   * A token that is valid now.
   * @param refused A token that a service has just refused, so that it must not be given again when a new one can be had.
   */
  get(refused?: string): Promise<string>;
}

/** What the client credentials grant needs. */
export interface ClientCredentialsSettings {
  tokenEndpoint: string;
  clientId: string;
  clientSecret: string;
  /** The scopes, separated by spaces; left out for what the issuer gives by itself. */
  scope?: string;
  /** What sends; the global one when left out. */
  fetch?: typeof fetch;
  /** The clock, in milliseconds since 1970. */
  now?: () => number;
}

const longestWait = 30_000;

/** The issuer refuses the client, or is none. */
export class TokenRefusedError extends Error {
  override readonly name = "TokenRefusedError";
}

/** Tokens by the client credentials grant of OAuth 2 (RFC 6749, section 4.4), each kept until shortly before its end. Many callers wait for one request. */
export function clientCredentials(settings: ClientCredentialsSettings): TokenSource {
  const { now = Date.now, fetch: send = fetch } = settings;
  let kept: { token: string; renewAt: number } | undefined;
  let asking: Promise<{ token: string; renewAt: number }> | undefined;

  async function ask(): Promise<{ token: string; renewAt: number }> {
    const asked = now();
    const who = `${encodeURIComponent(settings.clientId)}:${encodeURIComponent(settings.clientSecret)}`;
    const answer = await send(settings.tokenEndpoint, {
      method: "POST",
      headers: { Authorization: `Basic ${btoa(who)}` },
      signal: AbortSignal.timeout(longestWait),
      body: new URLSearchParams({ grant_type: "client_credentials", ...(settings.scope === undefined ? {} : { scope: settings.scope }) }),
    });
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429)
      throw new TokenRefusedError(`The issuer gives no token (${answer.status}). Check the client's id, secret and scopes with whoever runs it.`);
    if (!answer.ok)
      throw new TypeError(`The issuer answers ${answer.status}.`);
    const { access_token: token, expires_in: seconds = 0 } = await answer.json().catch(() => ({})) as { access_token?: string; expires_in?: number };
    if (token === undefined)
      throw new TokenRefusedError("What answers is no token endpoint. Check its address.");
    return { token, renewAt: asked + (seconds - Math.min(60, seconds / 10)) * 1000 };
  }

  return {
    async get(refused) {
      if (kept === undefined || kept.token === refused || now() >= kept.renewAt) {
        asking ??= ask().finally(() => { asking = undefined; });
        kept = await asking;
      }
      return kept.token;
    },
  };
}
