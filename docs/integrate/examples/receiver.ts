// Receives SafeHarbor's webhooks on this machine (Node 22.18 or later): node receiver.ts PORT SECRET-FILE
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";

const [port, secretFile] = process.argv.slice(2);
// Yours outlives a restart: a table with webhook-id as its key.
const handled = new Set<string>();

/** Over the bytes as they came: JSON that was read and written again has other ones. */
function isGenuine(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (typeof signatures !== "string" || !(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300))
    return false;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = Buffer.from("v1," + createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64"));
  // Two while a secret is rotated. In constant time: a forger learns nothing from how long it took.
  return signatures.split(" ").map((one) => Buffer.from(one)).some((one) => one.length === expected.length && timingSafeEqual(one, expected));
}

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request)
    chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const genuine = isGenuine(readFileSync(secretFile!, "utf8").trim(), request.headers, body);
  const id = String(request.headers["webhook-id"]);
  // Take it, answer, and act on it afterwards: after ten seconds it would be sent again.
  if (genuine && !handled.has(id)) {
    handled.add(id);
    console.log(body.toString());
  }
  // A test asks for its challenge back: that makes this an endpoint that gets notices.
  const challenge: unknown = genuine ? JSON.parse(body.toString()).data.challenge : undefined;
  if (challenge === undefined)
    response.writeHead(genuine ? 204 : 401).end();
  else
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ challenge }));
}).listen(Number(port), "127.0.0.1");
