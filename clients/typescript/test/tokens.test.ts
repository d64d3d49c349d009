import assert from "node:assert/strict";
import { test } from "node:test";
import { clientCredentials, done, intakeClient, ProblemError } from "../src/index.js";
import { receipt, report, tokens } from "./samples.js";
import { answers, hangsUp, refuses, scriptedServer } from "./server.js";

const token = (name: string) => answers(200, { access_token: name, token_type: "Bearer", expires_in: 3600 });

test("a token that is refused is renewed once", async () => {
  let given = 0;
  await using server = await scriptedServer(refuses(401, "unauthenticated"), answers(201, receipt));

  await done(intakeClient({ address: server.address, tokens: () => `token-${++given}` }).POST("/v1/encounters", { body: report }));

  assert.deepEqual(server.requests.map((request) => request.headers.authorization), ["Bearer token-1", "Bearer token-2"]);
  assert.equal(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size, 1);
});

test("a token is not sent a second time when there is no other", async () => {
  await using server = await scriptedServer(refuses(401, "unauthenticated"));

  await assert.rejects(done(intakeClient({ address: server.address, tokens }).POST("/v1/encounters", { body: report })), ProblemError);

  assert.equal(server.requests.length, 1);
});

test("a client asks its issuer once for many callers and again shortly before the end", async () => {
  let now = 0;
  await using issuer = await scriptedServer(token("first"), token("second"));
  const credentials = clientCredentials({ tokenEndpoint: issuer.address, clientId: "a client", clientSecret: "a:secret", scope: "encounters.read", now: () => now });

  const all = await Promise.all(Array.from({ length: 20 }, () => credentials.get()));
  now = (3600 - 61) * 1000;
  all.push(await credentials.get());
  now += 2000;

  assert.deepEqual(new Set(all), new Set(["first"]));
  assert.equal(await credentials.get(), "second");
  assert.equal(issuer.requests[0]!.body, "grant_type=client_credentials&scope=encounters.read");
  assert.equal(issuer.requests[0]!.headers.authorization, `Basic ${btoa("a%20client:a%3Asecret")}`);
});

test("a refused token is asked for anew although its end is far", async () => {
  await using issuer = await scriptedServer(token("first"), token("second"));
  const credentials = clientCredentials({ tokenEndpoint: issuer.address, clientId: "client", clientSecret: "secret" });
  await credentials.get();

  assert.equal(await credentials.get("first"), "second");
  assert.equal(await credentials.get("first"), "second", "another caller has renewed it already");
  assert.equal(issuer.requests.length, 2);
});

test("an issuer that is away is asked again", async () => {
  await using issuer = await scriptedServer(hangsUp, answers(503, {}), token("first"));
  await using server = await scriptedServer(answers(201, receipt));
  const credentials = clientCredentials({ tokenEndpoint: issuer.address, clientId: "client", clientSecret: "secret" });

  await done(intakeClient({ address: server.address, tokens: credentials, firstWait: 1 }).POST("/v1/encounters", { body: report }));

  assert.equal(server.requests[0]!.headers.authorization, "Bearer first");
});

test("what is no token endpoint gives no token", async () => {
  await using issuer = await scriptedServer(answers(200, {}));

  await assert.rejects(clientCredentials({ tokenEndpoint: issuer.address, clientId: "client", clientSecret: "secret" }).get(), { name: "TokenRefusedError" });
});

test("an issuer that refuses the client is not", async () => {
  await using issuer = await scriptedServer(answers(401, { error: "invalid_client" }));
  await using server = await scriptedServer(answers(201, receipt));
  const credentials = clientCredentials({ tokenEndpoint: issuer.address, clientId: "client", clientSecret: "secret" });

  await assert.rejects(done(intakeClient({ address: server.address, tokens: credentials, firstWait: 1 }).POST("/v1/encounters", { body: report })), { name: "TokenRefusedError" });

  assert.equal(issuer.requests.length, 1);
  assert.equal(server.requests.length, 0);
});
