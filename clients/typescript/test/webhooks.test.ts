import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { verifyWebhook, WebhookRefusedError } from "../src/index.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const oldSecret = "whsec_b2xkLXNlY3JldC1vZi10aGUtZW5kcG9pbnQ=";
const seconds = 1614265330;
const now = () => seconds * 1000;
const body = JSON.stringify({ specversion: "1.0", id: "msg_1", type: "org.safeharbor.handoff.opened.v1", data: { urgency: "EMERGENCY" } });

const signed = (at: number, ...secrets: string[]) => ({
  "webhook-id": "msg_1",
  "webhook-timestamp": String(at),
  "webhook-signature": secrets.map((one) => `v1,${createHmac("sha256", Buffer.from(one.slice(6), "base64")).update(`msg_1.${at}.${body}`).digest("base64")}`).join(" "),
});

test("the example of the standard's libraries is genuine", async () => {
  await verifyWebhook({
    secrets: [secret], now, body: "{\"test\": 2432232314}",
    headers: { "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": String(seconds), "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" },
  });
});

test("a genuine notice is read, from headers of either kind and a body of either kind", async () => {
  for (const headers of [signed(seconds, secret), new Headers(signed(seconds, secret))])
    for (const given of [body, new TextEncoder().encode(body)])
      assert.equal((await verifyWebhook({ secrets: [secret], headers, body: given, now })).data.urgency, "EMERGENCY");
});

test("while a secret is rotated either side may be ahead", async () => {
  await verifyWebhook({ secrets: [secret], headers: signed(seconds, oldSecret, secret), body, now });
  await verifyWebhook({ secrets: [oldSecret], headers: signed(seconds, secret, oldSecret), body, now });
  await verifyWebhook({ secrets: [secret, oldSecret], headers: signed(seconds, oldSecret), body, now });
});

const refused: [string, Record<string, string>, string][] = [
  ["that is too old", signed(seconds - 301, secret), body],
  ["that comes from the future", signed(seconds + 301, secret), body],
  ["that is signed by another", signed(seconds, oldSecret), body],
  ["that was changed", signed(seconds, secret), `${body} `],
  ["of another version", { ...signed(seconds, secret), "webhook-signature": "v1a,AAAA v2,AAAA v1, v1,%%%" }, body],
  ["without a signature", { ...signed(seconds, secret), "webhook-signature": "" }, body],
  ["whose time is no number", { ...signed(seconds, secret), "webhook-timestamp": "Infinity" }, body],
  ["without headers", {}, body],
];
for (const [what, headers, given] of refused)
  test(`a webhook ${what} is refused`, () => assert.rejects(verifyWebhook({ secrets: [secret], headers, body: given, now }), WebhookRefusedError));

test("without a secret that can be read nothing is believed", async () => {
  for (const secrets of [[], [secret.slice(6)], ["whsec_"], ["whsec_%%%"]])
    await assert.rejects(verifyWebhook({ secrets, headers: signed(seconds, secret), body, now }), TypeError);
});
