import type { components as IntakeTypes } from "./api/intake.js";
import type { components as NotificationTypes } from "./api/notification.js";
import { pause } from "./calling.js";
import { done, type IntakeClient, type NotificationClient } from "./clients.js";

/** Something that has happened to an encounter. */
export interface TimelineNews {
  line: IntakeTypes["schemas"]["TimelineLine"];
  /** Where the encounter stood when this came; its status says whether more is to be expected. */
  encounter: IntakeTypes["schemas"]["EncounterView"];
  /** Keep it, and follow from it after a restart: nothing is lost. What was told together with this comes once more; it is the same by its sequence. */
  resume: string | undefined;
}

/** A notice of the feed. */
export interface FeedNews {
  notice: NotificationTypes["schemas"]["CloudEvent"];
  /** Keep it, and follow from it after a restart: nothing is lost. What was told together with this comes once more; it is the same by its id. */
  resume: string | undefined;
}

const longestWait = 30;
const shortestPause = 1000;

/** All items of a list, each page as it is needed: `items((after) => done(county.GET("/v1/handoffs", { params: { query: { after } } })))`. */
export async function* items<T>(read: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>): AsyncGenerator<T, void, void> {
  let after: string | undefined;
  do {
    const page = await read(after);
    yield* page.items;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** What has happened to an encounter and what happens, each as soon as the service knows it. Without an end: stop when you have seen enough. */
export async function* followEncounter(
  intake: IntakeClient, encounterId: string, from: { resume?: string; signal?: AbortSignal } = {},
): AsyncGenerator<TimelineNews, void, void> {
  let { resume } = from;
  for (;;) {
    const asked = performance.now();
    const encounter = await done(intake.GET("/v1/encounters/{encounterId}", {
      params: { path: { encounterId }, query: { after: resume, wait: longestWait } }, signal: from.signal,
    }));
    for (const [number, line] of encounter.timeline.entries())
      yield { line, encounter, resume: number === encounter.timeline.length - 1 ? encounter.next : resume };
    resume = encounter.next;
    // A service that is stopping does not wait for news.
    if (encounter.timeline.length === 0 && performance.now() - asked < shortestPause)
      await pause(shortestPause, from.signal);
  }
}

/** The organization's notices in their order, for whoever polls instead of taking webhooks. Without an end; `pause` is in milliseconds. */
export async function* followFeed(
  notification: NotificationClient, from: { pause: number; resume?: string; signal?: AbortSignal },
): AsyncGenerator<FeedNews, void, void> {
  let { resume } = from;
  for (;;) {
    const page = await done(notification.GET("/v1/feed", { params: { query: { after: resume } }, signal: from.signal }));
    for (const [number, notice] of page.items.entries())
      yield { notice, resume: number === page.items.length - 1 ? page.next ?? undefined : resume };
    resume = page.next ?? resume;
    if (page.items.length === 0)
      await pause(from.pause, from.signal);
  }
}
