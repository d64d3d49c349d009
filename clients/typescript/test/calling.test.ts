import assert from "node:assert/strict";
import { test } from "node:test";
import { done, intakeClient, notificationClient, NotAnsweredError, ProblemError } from "../src/index.js";
import { encounterId, receipt, report, tokens, unhurried } from "./samples.js";
import { answers, breaksOff, hangsUp, isSilent, refuses, scriptedServer } from "./server.js";

const send = (address: string, settings: object = { firstWait: 1 }, init: object = {}) =>
  done(intakeClient({ address, tokens, ...settings }).POST("/v1/encounters", { body: report, ...init }));

test("a command is sent again under one key until there is an answer", async () => {
  await using server = await scriptedServer(hangsUp, breaksOff, refuses(408, "request-timeout"), refuses(503, "unavailable"), refuses(409, "still-running"), answers(201, receipt));

  assert.equal((await send(server.address)).encounterId, encounterId);

  assert.equal(server.requests.length, 6);
  assert.equal(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size, 1);
  assert.ok(server.requests[0]!.headers["idempotency-key"]);
  assert.deepEqual(server.requests.map((request) => JSON.parse(request.body)), Array(6).fill(report));
});

test("two commands have two keys", async () => {
  await using server = await scriptedServer(answers(201, receipt));

  await send(server.address);
  await send(server.address);

  assert.equal(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size, 2);
});

test("a key that was kept over a restart is used", async () => {
  await using server = await scriptedServer(answers(200, receipt));

  await send(server.address, {}, { params: { header: { "Idempotency-Key": "kept" } } });

  assert.deepEqual(server.requests.map((request) => request.headers["idempotency-key"]), ["kept"]);
});

for (const [status, name] of [[400, "validation"], [403, "forbidden"], [409, "handoff-state"], [422, "idempotency-key-reused"], [500, "internal-error"]] as const) {
  test(`what was refused is not sent again: ${status} ${name}`, async () => {
    await using server = await scriptedServer(refuses(status, name));

    await assert.rejects(send(server.address), (error) => error instanceof ProblemError && error.problemName === name);

    assert.equal(server.requests.length, 1);
  });
}

test("it ends with the last problem and with the key to go on with", async () => {
  await using server = await scriptedServer(refuses(503, "keys-unavailable"));

  await assert.rejects(send(server.address), (error) =>
    error instanceof ProblemError && error.problemName === "keys-unavailable" && error.idempotencyKey === server.requests[0]!.headers["idempotency-key"]);

  assert.equal(server.requests.length, 6);
});

test("it ends with the key to go on with when nobody answers", async () => {
  await using server = await scriptedServer(hangsUp);

  await assert.rejects(send(server.address), (error) => error instanceof NotAnsweredError && error.idempotencyKey === server.requests[0]!.headers["idempotency-key"]);
});

test("an answer that does not come is not waited for without end", async () => {
  await using server = await scriptedServer(isSilent, answers(201, receipt));

  await send(server.address, { firstWait: 1, patience: 300 });

  assert.equal(server.requests.length, 2);
});

test("the service says how long to wait", async () => {
  await using server = await scriptedServer(refuses(429, "too-many-requests", { "Retry-After": "0" }), answers(201, receipt));

  await send(server.address, unhurried);

  assert.equal(server.requests.length, 2);
});

test("whoever would have to wait too long is told so at once", async () => {
  await using server = await scriptedServer(refuses(429, "too-many-requests", { "Retry-After": "3600" }));

  await assert.rejects(send(server.address), (error) => error instanceof ProblemError && error.retryAfter === 3600);
});

test("whoever gives up does not wait for the next repetition", async () => {
  const patience = new AbortController();
  await using server = await scriptedServer((request, answer) => {
    answer.on("close", () => patience.abort());
    return refuses(503, "unavailable", { Connection: "close" })(request, answer);
  });

  await assert.rejects(send(server.address, unhurried, { signal: patience.signal }), { name: "AbortError" });
});

test("a change of a version whose answer was lost is not sent again", async () => {
  await using server = await scriptedServer(hangsUp, answers(200, {}));

  await assert.rejects(done(notificationClient({ address: server.address, tokens, firstWait: 1 }).PATCH("/v1/endpoints/{id}", {
    params: { path: { id: encounterId }, header: { "If-Match": "\"3\"" } }, body: {},
  })), NotAnsweredError);

  assert.equal(server.requests.length, 1);
});

test("what is not there after a lost answer has been deleted", async () => {
  await using server = await scriptedServer(hangsUp, refuses(404, "not-found"));

  await done(notificationClient({ address: server.address, tokens, firstWait: 1 }).DELETE("/v1/endpoints/{id}", { params: { path: { id: encounterId } } }));

  assert.equal(server.requests.length, 2);
});

test("a problem says all that is wrong and what to do", async () => {
  await using server = await scriptedServer(answers(400, {
    type: "/problems/validation", title: "Validation", status: 400, detail: "Correct what the entries of 'errors' name.", traceId: "1",
    errors: [{ pointer: "/children/0/approximateAge", code: "out-of-range", detail: "Give 0 to 17." }],
  }));

  await assert.rejects(send(server.address), (error) =>
    error instanceof ProblemError && error.problem.errors![0]!.code === "out-of-range" && error.message.includes("/children/0/approximateAge: Give 0 to 17."));
});

test("what stands between may answer in a form of its own", async () => {
  await using server = await scriptedServer((_, answer) => void answer.writeHead(404, { "Content-Type": "text/html" }).end("<html>"));

  await assert.rejects(send(server.address), (error) => error instanceof ProblemError && error.problem.detail.includes("Check the address"));
});

for (const address of ["http://intake.example/", "ftp://127.0.0.1/"])
  test(`no token goes over a network in clear text: ${address}`, () => assert.throws(() => intakeClient({ address, tokens }), TypeError));
