import type { Intake } from "../src/index.js";

// What must not compile: each line below an expectation is wrong, and the compiler says so, or there is one expectation too many.
const source = { agencyOri: "CA0194200", incidentNumber: "26-1" };

export const right: Intake["EncounterReport"] = { source, learnedAt: "2026-11-20T23:10:00-08:00", children: [{}] };

// @ts-expect-error Nobody is reported.
export const withoutChildren: Intake["EncounterReport"] = { source };

// @ts-expect-error A gender is one of the codes.
export const wrongType: Intake["Child"] = { gender: 42 };

// @ts-expect-error A code is exact.
export const wrongCode: Intake["Child"] = { gender: "Female" };

// @ts-expect-error It is `approximateAge`: a typo must not cost a child's age.
export const typo: Intake["Child"] = { aproximateAge: 15 };
