// Holds docs/schemas and docs/asyncapi.json to what public tools accept: every schema compiles strictly, every sample fits its schema and would not fit without a
// member that is demanded, and the AsyncAPI document has neither an error nor a warning. Prints what is wrong; the exit code is 1 then.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { resolve, join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { Parser, fromFile } from "@asyncapi/parser";

const [schemas, document] = process.argv.slice(2).map((path) => resolve(path));
const read = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));
const wrong = [];

// What a member may be besides null is written as a list of types.
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
formats(ajv);
// The meanings of codes, for people and for generators.
ajv.addKeyword("x-enum-descriptions");

let samples = 0;
for (const file of readdirSync(schemas).filter((name) => name.endsWith(".json"))) {
  const name = file.slice(0, -".json".length);
  const schema = read(schemas, file);
  let fits;
  try {
    fits = ajv.compile(schema);
  } catch (problem) {
    wrong.push(`${name}: ${problem.message}`);
    continue;
  }
  const folder = join(schemas, "samples", name);
  for (const one of existsSync(folder) ? readdirSync(folder) : []) {
    samples++;
    const sample = read(folder, one);
    if (!fits(sample)) wrong.push(`${name}, ${one}: ${ajv.errorsText(fits.errors)}`);
    for (const member of schema.required ?? []) {
      const { [member]: _, ...without } = sample;
      if (fits(without)) wrong.push(`${name}, ${one}: it fits without ${member}`);
    }
  }
}

// 0 is an error, 1 a warning; the rest are hints, such as that there is AsyncAPI 3.1.
const { diagnostics } = await fromFile(new Parser(), document).parse();
for (const { code, path, message } of diagnostics.filter(({ severity }) => severity <= 1))
  wrong.push(`asyncapi: ${code} at ${path.join(".")}: ${message}`);

wrong.forEach((one) => console.error(one));
console.log(`${readdirSync(schemas).filter((name) => name.endsWith(".json")).length} schemas, ${samples} samples and the AsyncAPI document: ${wrong.length} findings.`);
process.exit(wrong.length > 0 ? 1 : 0);
