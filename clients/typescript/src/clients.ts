import createClient, { type Client } from "openapi-fetch";
import type { paths as CaseServicesPaths } from "./api/case-services.js";
import type { paths as CountyRoutingPaths } from "./api/county-routing.js";
import type { paths as IntakePaths } from "./api/intake.js";
import type { paths as NotificationPaths } from "./api/notification.js";
import { patientFetch, type CallSettings } from "./calling.js";

export type IntakeClient = Client<IntakePaths>;
export type CountyRoutingClient = Client<CountyRoutingPaths>;
export type NotificationClient = Client<NotificationPaths>;
export type CaseServicesClient = Client<CaseServicesPaths>;

/** A client of intake: `intake.POST("/v1/encounters", { body })`, every path as the service's OpenAPI document has it. */
export const intakeClient = (settings: CallSettings): IntakeClient => client<IntakePaths>(settings);

/** A client of county-routing. */
export const countyRoutingClient = (settings: CallSettings): CountyRoutingClient => client<CountyRoutingPaths>(settings);

/** A client of notification. */
export const notificationClient = (settings: CallSettings): NotificationClient => client<NotificationPaths>(settings);

/** A client of case-services. */
export const caseServicesClient = (settings: CallSettings): CaseServicesClient => client<CaseServicesPaths>(settings);

/**
 * The body of an answer with success: `await done(intake.GET(…))`.
 * @throws {ProblemError} The service has refused it, and says what to do.
 * @throws {NotAnsweredError} No answer came, however often it was sent.
 */
export async function done<T>(answer: Promise<{ data?: T; response: Response }>): Promise<Exclude<T, undefined>> {
  return (await answer).data as Exclude<T, undefined>;
}

function client<Paths extends object>(settings: CallSettings): Client<Paths> {
  return createClient<Paths>({ baseUrl: settings.address.replace(/\/+$/, ""), fetch: patientFetch(settings) });
}
