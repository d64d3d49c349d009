import assert from "node:assert/strict";
import { test } from "node:test";
import { done, followEncounter, followFeed, intakeClient, items, notificationClient } from "../src/index.js";
import { encounterId, receipt, tokens, view } from "./samples.js";
import { answers, hangsUp, refuses, scriptedServer } from "./server.js";

const see = async <T>(all: AsyncIterable<T>, count: number): Promise<T[]> => {
  const seen: T[] = [];
  for await (const one of all)
    if (seen.push(one) === count)
      break;
  return seen;
};

test("nothing that happens between two questions is lost", async () => {
  await using server = await scriptedServer(answers(200, view("a", 1, 2)), refuses(503, "unavailable"), hangsUp, answers(200, view("b", 3)), answers(200, view("c", 4, 5)));

  const seen = await see(followEncounter(intakeClient({ address: server.address, tokens, firstWait: 1 }), encounterId), 5);

  assert.deepEqual(seen.map((news) => news.line.sequence), [1, 2, 3, 4, 5]);
  assert.deepEqual([...new Set(server.requests.map((request) => request.target))],
    ["wait=30", "after=a&wait=30", "after=b&wait=30"].map((query) => `/v1/encounters/${encounterId}?${query}`));
});

test("whoever resumes after a restart gets what was not handled", async () => {
  await using server = await scriptedServer(answers(200, view("a", 1)), answers(200, view("b", 2, 3)));

  const seen = await see(followEncounter(intakeClient({ address: server.address, tokens }), encounterId), 3);

  assert.deepEqual(seen.map((news) => news.resume), ["a", "a", "b"], "after the second the third is still to come, so both come again");
});

test("whoever follows can stop while nothing happens", async () => {
  const patience = new AbortController();
  await using server = await scriptedServer((request, answer) => {
    answer.on("finish", () => patience.abort());
    return answers(200, view("a"))(request, answer);
  });

  await assert.rejects(see(followEncounter(intakeClient({ address: server.address, tokens }), encounterId, { signal: patience.signal }), 1), { name: "AbortError" });
});

test("a list is read page by page as it is needed, and ends where nothing follows", async () => {
  await using server = await scriptedServer(answers(200, { items: [receipt, receipt], next: "a" }), answers(200, { items: [], next: "b" }), answers(200, { items: [receipt], next: null }));
  const intake = intakeClient({ address: server.address, tokens });

  const all = items((after) => done(intake.GET("/v1/encounters", { params: { query: { after } } })));
  await all.next();
  assert.deepEqual(server.requests.map((request) => request.target), ["/v1/encounters"]);

  assert.equal((await see(all, 100)).length, 2);
  assert.deepEqual(server.requests.map((request) => request.target), ["/v1/encounters", "/v1/encounters?after=a", "/v1/encounters?after=b"]);
});

test("a feed goes on behind its end", async () => {
  await using server = await scriptedServer(answers(200, { items: [], next: "a" }), answers(200, { items: [{ id: "1" }, { id: "2" }], next: "b" }));

  const seen = await see(followFeed(notificationClient({ address: server.address, tokens }), { pause: 1 }), 2);

  assert.deepEqual(seen.map((news) => [news.notice.id, news.resume]), [["1", "a"], ["2", "b"]]);
});
