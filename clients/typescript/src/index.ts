import type { components as CaseServicesTypes } from "./api/case-services.js";
import type { components as CountyRoutingTypes } from "./api/county-routing.js";
import type { components as IntakeTypes } from "./api/intake.js";
import type { components as NotificationTypes } from "./api/notification.js";

/** The schemas of a service's document by their names: `Intake["EncounterReport"]`. */
export type Intake = IntakeTypes["schemas"];
export type CountyRouting = CountyRoutingTypes["schemas"];
export type Notification = NotificationTypes["schemas"];
export type CaseServices = CaseServicesTypes["schemas"];

export { caseServicesClient, countyRoutingClient, done, intakeClient, notificationClient } from "./clients.js";
export type { CaseServicesClient, CountyRoutingClient, IntakeClient, NotificationClient } from "./clients.js";
export type { CallSettings } from "./calling.js";
export { followEncounter, followFeed, items } from "./following.js";
export type { FeedNews, TimelineNews } from "./following.js";
export { NotAnsweredError, ProblemError } from "./problems.js";
export type { Problem } from "./problems.js";
export { clientCredentials } from "./tokens.js";
export type { TokenSource } from "./tokens.js";
export { verifyWebhook, WebhookRefusedError } from "./webhooks.js";
