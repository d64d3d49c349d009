// Writes src/api from the OpenAPI documents: node generate.mjs [DIRECTORY OF THE DOCUMENTS]. Nothing of it is in the repository (docs/adr/0033).
import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const documents = resolve(process.argv[2] ?? "../../docs/api");
await mkdir("src/api", { recursive: true });
for (const service of ["intake", "county-routing", "notification", "case-services"]) {
  const types = await openapiTS(pathToFileURL(`${documents}/${service}.json`), { alphabetize: true });
  await writeFile(`src/api/${service}.ts`, astToString(types));
}
