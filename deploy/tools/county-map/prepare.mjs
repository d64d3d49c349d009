// Writes the map of a state's counties beside its state.yaml: counties.yaml, their names by FIPS, and counties.geojson, every border once, as a line
// that says which counties it bounds and what lies on its other side, of an outer line also which state or country. What the atlas does not tell stands in the state's map.json, if there is one.
// Run: npm install && npm run prepare-map -- CODE
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const code = process.argv[2] ?? "";
const file = name => new URL(`../../../states/${code}/${name}`, import.meta.url);
if (!/^[a-z]{2}$/.test(code) || !existsSync(file("state.yaml"))) {
  console.error(`Name a state that has a folder states/CODE with a state.yaml: npm run prepare-map -- CODE`);
  process.exit(2);
}
const fipsPrefix = /^fipsPrefix: "(\d\d)"/m.exec(readFileSync(file("state.yaml"), "utf8"))?.[1];
const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("us-atlas/counties-10m.json")));
const isOfTheState = fips => fips.startsWith(fipsPrefix);
const counties = atlas.objects.counties.geometries.filter(county => fipsPrefix && isOfTheState(county.id));
if (counties.length === 0) {
  console.error(`The atlas has no county whose FIPS code begins with ${fipsPrefix}: correct fipsPrefix in ${file("state.yaml").pathname}.`);
  process.exit(2);
}

// By hand: boxes [west, south, east, north] in which the outline is a border to the country (ISO 3166) that is named, because the atlas does not tell that from a coast; and inhabited or
// visited islands that the atlas at this scale leaves out, wide enough to hold the whole island and lying in the water otherwise.
const { nationalBorders = [], islands = [] } = existsSync(file("map.json")) ? JSON.parse(readFileSync(file("map.json"))) : {};
const isIn = ([west, south, east, north], [longitude, latitude]) => longitude >= west && longitude <= east && latitude >= south && latitude <= north;
const nationalBorder = (from, to) => nationalBorders.find(border => isIn(border.box, from) || isIn(border.box, to));

// The postal abbreviation of a state by the two digits with which the FIPS codes of its counties begin (ANSI INCITS 38).
const states = {
  "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC", "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN",
  "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH",
  "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH", "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT",
  "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI", "56": "WY",
};

const owners = new Map();
for (const county of atlas.objects.counties.geometries)
  for (const arc of county.arcs.flat(Infinity)) {
    const index = arc < 0 ? ~arc : arc;
    owners.set(index, [...(owners.get(index) ?? []), county.id]);
  }

const borders = [];
const add = (ids, kind, line, neighbor) => {
  const coordinates = line.map(point => point.map(degrees => +degrees.toFixed(5)));
  if (new Set(coordinates.map(String)).size === 1) return; // where quantization made corners of four counties of short lines
  borders.push({ type: "Feature", properties: { counties: ids, kind, neighbor }, geometry: { type: "LineString", coordinates } });
};

for (const [index, ids] of owners) {
  const own = ids.filter(isOfTheState).sort();
  if (own.length === 0) continue;
  const line = feature(atlas, { type: "LineString", arcs: [index] }).geometry.coordinates;
  if (own.length > 1) add(own, "COUNTY_LINE", line);
  else if (ids.length > 1) add(own, "STATE_LINE", line, states[ids.find(id => !isOfTheState(id)).slice(0, 2)]);
  else {
    // One arc may begin on the border and go on along the coast (San Diego): cut it where the kind changes.
    let start = 0;
    const country = i => nationalBorder(line[i], line[i + 1])?.country;
    for (let i = 1; i < line.length; i++)
      if (i === line.length - 1 || country(i) !== country(start)) {
        add(own, country(start) ? "NATIONAL_BORDER" : "SHORE", line.slice(start, i + 1), country(start));
        start = i;
      }
  }
}

for (const { county, box: [west, south, east, north] } of islands)
  add([county], "SHORE", [[west, south], [east, south], [east, north], [west, north], [west, south]]);

const names = counties.map(county => [county.id, county.properties.name]).sort();
writeFileSync(file("counties.yaml"), "# The counties by FIPS, in the order in which an ORI numbers them. Written by deploy/tools/county-map; SOURCE.md says from what.\n"
  + names.map(([fips, name]) => `"${fips}": ${name}\n`).join(""));
const map = `{"type":"FeatureCollection",\n"features":[\n${borders.map(b => JSON.stringify(b)).join(",\n")}\n]}\n`;
writeFileSync(file("counties.geojson"), map);
console.log(`${names.length} counties, ${borders.length} borders, ${map.length} bytes`);
