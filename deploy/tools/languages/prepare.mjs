// Writes the languages that contracts embed: one a line, its BCP 47 code and then its other codes; after "<" those of languages that it is understood by.
// Run: npm install && npm run prepare-languages
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const target = new URL("../../../contracts/codes/languages.txt", import.meta.url);
const load = path => JSON.parse(readFileSync(createRequire(import.meta.url).resolve(path)));
const aliases = load("cldr-core/supplemental/aliases.json").supplemental.metadata.alias.languageAlias;

// "und", "mul" and the like say that no language is known; private-use codes mean something else to everybody.
const registered = load("language-subtag-registry/data/json/registry.json")
  .filter(entry => entry.Type === "language" && entry.Scope !== "special" && entry.Scope !== "private-use");
const known = new Map(registered.map(({ Subtag: code, "Preferred-Value": preferred }) => [code, preferred ?? code]));

const predominant = new Map();
for (const [code, { _reason: reason, _replacement: replacement }] of Object.entries(aliases)) {
  const language = replacement.split("-")[0];
  if (code.includes("-") || !known.has(language)) continue;
  if (reason === "macrolanguage") { if (known.has(code)) predominant.set(code, language); }
  // Where the other name is more than a code (prs is fa-AF), a code of its own is kept when there is one.
  else if (language === replacement || !known.has(code)) known.set(code, language);
}

const final = code => known.get(code) === code ? code : final(known.get(code));
const lines = new Map([...known.keys()].filter(code => final(code) === code).sort().map(code => [code, { codes: [code], understood: [] }]));
for (const code of [...known.keys()].sort()) if (final(code) !== code) lines.get(final(code)).codes.push(code);
for (const [code, language] of [...predominant].sort()) if (final(code) !== final(language)) lines.get(final(language)).understood.push(final(code));

const text = [...lines.values()].map(({ codes, understood }) => [...codes, ...(understood.length ? ["<", ...understood] : [])].join(" ")).join("\n") + "\n";
writeFileSync(target, text);
console.log(`${lines.size} languages, ${known.size} codes, ${text.length} bytes`);
