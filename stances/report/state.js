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
  return { text, look, shared: view.shared[at], lone: lone.join(", ") };
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
const narrows = data.actors.length > 8; // then the matrix can be narrowed to some

const orders = [["", "As in the data"], ["name", "By name"], ...(data.orders.camps ? [["camps", "By camps"]] : [])];
orders.push(...data.actors.map(([id, name]) => [`near ${id}`, `Nearest to ${name}`]));

// The choice stands in the address, so that a view can be sent on.
const BLANK = { issue: "", basis: "", year: "", measure: 0, order: "", only: "" };
const choice = { ...BLANK };

// What an address asks for; what this page does not have is left as it stands by default.
function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  if (!asked.has("view")) return null;
  const found = { ...BLANK };
  for (const name of ["issue", "basis", "year"]) found[name] = asked.get(name) ?? "";
  found.measure = Math.max(0, data.measures.findIndex(([name]) => name === asked.get("measure")));
  found.order = orders.some(([order]) => order === asked.get("order")) ? asked.get("order") : "";
  found.only = narrows ? (asked.get("only") ?? "") : "";
  Object.assign(choice, exists(found) ? found : BLANK);
  return asked.getAll("cell").map((id) => data.actors.findIndex(([known]) => known === id));
}

function writeAddress(cell = []) {
  const told = new URLSearchParams({ view: "1" });
  for (const name of ["issue", "basis", "year", "order", "only"]) if (choice[name]) told.set(name, choice[name]);
  if (choice.measure) told.set("measure", data.measures[choice.measure][0]);
  for (const row of cell) told.append("cell", data.actors[row][0]);
  history.replaceState(null, "", `#${told}`);
}
