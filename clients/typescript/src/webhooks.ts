import type { components } from "./api/notification.js";

/** A request is no webhook that may be believed. Why is for the receiver's log; nothing of it is for the sender. */
export class WebhookRefusedError extends Error {
  override readonly name = "WebhookRefusedError";
}

/** A request that says that it is a webhook. */
export interface ReceivedWebhook {
  /** The endpoint's secrets, `whsec_…`: one, and while it is rotated the old one too. */
  secrets: string[];
  /** The request's headers: of the Fetch API, or of Node, whose names are in lower case. */
  headers: Headers | Record<string, string | string[] | undefined>;
  /** The request's body, byte for byte as it came. */
  body: Uint8Array<ArrayBuffer> | string;
  /** How many seconds the sender's clock may be away; 300 when left out. */
  tolerance?: number;
  /** The clock, in milliseconds since 1970. */
  now?: () => number;
}

const prefix = "whsec_";

/**
 * The notice that a request brings, which is what every receiver must do (Standard Webhooks 1.0.0): believe only what is signed with the endpoint's secret
 * and was sent just now. What came before is recognized by its `webhook-id`, which is the receiver's to keep.
 * @throws {WebhookRefusedError} It is not to be believed, or cannot be read; answer with 400.
 */
export async function verifyWebhook(webhook: ReceivedWebhook): Promise<components["schemas"]["CloudEvent"]> {
  const { secrets, tolerance = 300, now = Date.now } = webhook;
  if (secrets.length === 0)
    throw new TypeError("Give the secret that the service told when the endpoint was registered.");
  const keys = await Promise.all(secrets.map(keyOf));
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headerOf(webhook, name));
  if (!id || !timestamp || !signatures)
    throw new WebhookRefusedError("Headers of a signed webhook are missing.");
  if (!/^\d{1,15}$/.test(timestamp) || Math.abs(now() / 1000 - Number(timestamp)) > tolerance)
    throw new WebhookRefusedError("It was not sent just now. If it was, the clocks of sender and receiver differ.");

  const body = typeof webhook.body === "string" ? new TextEncoder().encode(webhook.body) : webhook.body;
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  if (!await isSigned(keys, content, signatures))
    throw new WebhookRefusedError("It is not signed with the secret of this endpoint.");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as components["schemas"]["CloudEvent"];
  } catch {
    throw new WebhookRefusedError("It is signed, but no JSON.");
  }
}

// crypto.subtle compares in constant time, so that a forger learns nothing from how long it took.
async function isSigned(keys: CryptoKey[], content: Uint8Array<ArrayBuffer>, signatures: string): Promise<boolean> {
  for (const one of signatures.split(" ")) {
    const signature = one.startsWith("v1,") ? bytesOf(one.slice("v1,".length)) : undefined;
    for (const key of signature === undefined ? [] : keys)
      if (await crypto.subtle.verify("HMAC", key, signature!, content))
        return true;
  }
  return false;
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = secret.startsWith(prefix) ? bytesOf(secret.slice(prefix.length)) : undefined;
  if (bytes === undefined || bytes.length === 0)
    throw new TypeError(`A secret begins with ${prefix}, and base64 follows.`);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function headerOf({ headers }: ReceivedWebhook, name: string): string | undefined {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === "string" ? value : undefined;
}
