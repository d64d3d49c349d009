import type { Intake } from "../src/index.js";

// What the tests send and get; everybody in it is invented.
export const encounterId = "0199a1b2-0000-7000-8000-000000000001";

export const report: Intake["EncounterReport"] = {
  source: { agencyOri: "CA0194200", incidentNumber: "26-1", system: "tests" },
  learnedAt: "2026-11-20T23:10:00-08:00",
  children: [{ approximateAge: 15, gender: "female", needs: ["EMERGENCY_SHELTER"] }],
};

export const receipt: Intake["Receipt"] = {
  encounterId,
  incidentNumber: "26-1",
  receivedAt: "2026-11-21T07:10:00Z",
  status: "RECEIVED",
  telephoneReport: { required: true, recordedAt: null, notice: "Call now." },
  reports: [],
  clocks: [],
  links: [],
};

/** The encounter with a timeline of these numbers. */
export const view = (next: string, ...timeline: number[]): Intake["EncounterView"] => ({
  ...receipt,
  next,
  timeline: timeline.map((sequence) => ({ sequence, at: "2026-11-21T07:10:00Z", type: "handoff.opened.v1", reportId: null, data: {} })),
});

export const tokens = (): string => "token";

/** Whoever would wait by it, instead of doing what the test expects, would not come to an end. */
export const unhurried = { firstWait: 3_600_000, longestWait: 7_200_000 };
