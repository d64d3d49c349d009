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
const stateFile = readFileSync(file("state.yaml"), "utf8");
const fipsPrefix = /^fipsPrefix: "(\d\d)"/m.exec(stateFile)?.[1];
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

// What begins beyond an outer line: the atlas has the names of the states, and state.yaml a code for each that is beside this one.
const named = Object.fromEntries(atlas.objects.states.geometries.map(state => [state.id, state.properties.name]));
const neighbors = Object.fromEntries((/^ *neighbors: *\{(.*)\}/m.exec(stateFile)?.[1] ?? "").split(",").map(pair => pair.split(":").map(word => word.trim()).reverse()));
const neighborOf = id => {
  const name = named[id.slice(0, 2)];
  if (!neighbors[name]) {
    console.error(`Name ${name} in outerLines.neighbors of ${file("state.yaml").pathname}: it begins beyond one of the lines.`);
    process.exit(2);
  }
  return neighbors[name];
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
  else if (ids.length > 1) add(own, "STATE_LINE", line, neighborOf(ids.find(id => !isOfTheState(id))));
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
