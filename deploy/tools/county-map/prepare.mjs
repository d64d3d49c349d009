// Writes the map that county-routing embeds: every border of California's counties once, as a GeoJSON line
// that says which counties it bounds and what lies on its other side. Run: npm install && npm run prepare-map
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const target = new URL("../../../services/county-routing/Jurisdiction/california.geojson", import.meta.url);
const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("us-atlas/counties-10m.json")));
const inCalifornia = fips => fips.startsWith("06");

const owners = new Map();
for (const county of atlas.objects.counties.geometries)
  for (const arc of county.arcs.flat(Infinity)) {
    const index = arc < 0 ? ~arc : arc;
    owners.set(index, [...(owners.get(index) ?? []), county.id]);
  }

// The atlas does not tell the Mexican border from the coast; no coast of California lies east of where that border
// reaches the sea.
const longitudeOfBorderFieldBeach = -117.12;
const isMexicanBorder = (from, to) => Math.max(from[0], to[0]) > longitudeOfBorderFieldBeach;

const borders = [];
const add = (counties, kind, line) => {
  const coordinates = line.map(point => point.map(degrees => +degrees.toFixed(5)));
  if (new Set(coordinates.map(String)).size === 1) return; // where quantization made corners of four counties of short lines
  borders.push({ type: "Feature", properties: { counties, kind }, geometry: { type: "LineString", coordinates } });
};

for (const [index, ids] of owners) {
  const counties = ids.filter(inCalifornia).sort();
  if (counties.length === 0) continue;
  const line = feature(atlas, { type: "LineString", arcs: [index] }).geometry.coordinates;
  if (counties.length > 1) add(counties, "COUNTY_LINE", line);
  else if (ids.length > 1) add(counties, "STATE_LINE", line);
  else {
    // One arc may begin on the border and go on along the coast (San Diego): cut it where the kind changes.
    let start = 0;
    const kind = i => isMexicanBorder(line[i], line[i + 1]) ? "NATIONAL_BORDER" : "SHORE";
    for (let i = 1; i < line.length; i++)
      if (i === line.length - 1 || kind(i) !== kind(start)) {
        add(counties, kind(start), line.slice(start, i + 1));
        start = i;
      }
  }
}

// Inhabited or visited islands that the atlas at this scale leaves out: outlines drawn by hand, wide enough to hold
// the whole island and lying in the water otherwise.
const island = (county, west, south, east, north) =>
  add([county], "SHORE", [[west, south], [east, south], [east, north], [west, north], [west, south]]);
island("06075", -122.380, 37.803, -122.357, 37.836); // Treasure Island and Yerba Buena Island
island("06075", -122.427, 37.824, -122.418, 37.830); // Alcatraz
island("06041", -122.449, 37.851, -122.418, 37.876); // Angel Island
island("06075", -123.016, 37.690, -122.995, 37.705); // Farallon Islands, south
island("06075", -123.110, 37.752, -123.092, 37.777); // Farallon Islands, north

const names = Object.fromEntries(atlas.objects.counties.geometries
  .filter(county => inCalifornia(county.id)).map(county => [county.id, county.properties.name]).sort());

const map = `{"type":"FeatureCollection",\n"names":${JSON.stringify(names)},\n"features":[\n${borders.map(b => JSON.stringify(b)).join(",\n")}\n]}\n`;
writeFileSync(target, map);
console.log(`${Object.keys(names).length} counties, ${borders.length} borders, ${map.length} bytes`);
