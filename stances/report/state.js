"use strict";
// What was computed: matrices, supports and positions, unpacked; and which of them is looked at.

const data = JSON.parse(document.getElementById("data").textContent);

function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const body = bytes.slice(1).buffer;
  return bytes[0] === 1 ? new Uint8Array(body) : bytes[0] === 2 ? new Uint16Array(body) : new Uint32Array(body);
}

const signed = (text) => new Int8Array(unpacked(text).buffer);
const codes = Object.fromEntries(Object.entries(data.codes).map(([basis, text]) => [basis, signed(text)]));
const slices = new Map(data.views.map((view) => [view.slice.join("\n"), view]));
const years = [...new Set(data.views.map((view) => view.slice[2]).filter(Boolean))].sort();

// The place of a pair among those below the diagonal, row by row.
const place = (i, j) => (i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i);

// A view is decoded once, when it is first looked at.
function viewOf(choice) {
  const slice = slices.get([choice.issue, choice.basis, choice.year].join("\n"));
  if (!slice) return null;
  slice.decoded ??= {
    onRecord: unpacked(slice.onRecord),
    shared: unpacked(slice.shared),
    lone: Object.entries(slice.lone).map(([word, text]) => [word, unpacked(text)]),
  };
  const shown = slice.measures[choice.measure];
  shown.places ??= unpacked(shown.cells);
  return { ...slice.decoded, ...shown };
}

const exists = (choice) => slices.has([choice.issue, choice.basis, choice.year].join("\n"));

// What a cell says: text, look, support and silences.
function cellOf(view, i, j) {
  const at = place(i, j);
  const [text, look] = view.looks[view.places[at]];
  const lone = view.lone.filter(([, counts]) => counts[at]).map(([word, counts]) => `${counts[at]} ${word}`);
  return { text, look, rank: view.places[at], shared: view.shared[at], lone: lone.join(", ") };
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

const label = (text) => element("bdi", { dir: "auto" }, text);
const nameOf = (row) => data.actors[row][1];
const plural = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;
const large = data.actors.length > 40;

// The choice stands in the address, so that a view can be sent on.
const choice = { issue: "", basis: "", year: "", measure: 0, order: "", only: "" };

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!asked.has("view")) return null;
  const found = { ...choice, only: asked.get("only") ?? "" };
  for (const name of ["issue", "basis", "year"]) found[name] = asked.get(name) ?? "";
  found.measure = Math.max(0, data.measures.findIndex(([name]) => name === asked.get("measure")));
  found.order = asked.get("order") ?? "";
  if (exists(found)) Object.assign(choice, found);
  return asked.get("cell");
}

function writeAddress(cell) {
  const told = new URLSearchParams({ view: "1" });
  for (const name of ["issue", "basis", "year", "order", "only"]) if (choice[name]) told.set(name, choice[name]);
  if (choice.measure) told.set("measure", data.measures[choice.measure][0]);
  if (cell) told.set("cell", cell);
  history.replaceState(null, "", `#${told}`);
}
