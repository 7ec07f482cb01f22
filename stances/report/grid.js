// The matrix: chosen by issue, basis, year and measure, in an order, walked by arrows, opened by a click or a key.

const board = document.getElementById("board");

function ordered(view) {
  const rows = data.actors.map((_, row) => row).filter(wanted);
  if (choice.order === "name") return rows.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  if (data.orders[choice.order]) return data.orders[choice.order].filter(wanted);
  const to = data.actors.findIndex(([id]) => `near ${id}` === choice.order);
  if (to < 0) return rows;
  const rank = (row) => (row === to ? Infinity : view.places[place(row, to)]);
  return rows.sort((a, b) => (rank(b) === rank(a) ? a - b : rank(b) - rank(a)));
}

function wanted(row) {
  const words = choice.only.toLowerCase().split(",").map((word) => word.trim()).filter(Boolean);
  const [id, name] = data.actors[row].map((text) => text.toLowerCase());
  return !words.length || words.some((word) => id.startsWith(word) || name.startsWith(word));
}

// Who shares no question with another stands in the notes, unless all are wanted in one place.
function sharing(view, rows) {
  return rows.filter((i) => rows.some((j) => i !== j && view.shared[place(i, j)]));
}

function cellElement(view, i, j) {
  if (i === j) return element("td", { class: "self", role: "gridcell", tabindex: "-1" }, element("b", {}, String(view.onRecord[i])), " ", element("span", {}, "on record"));
  const cell = cellOf(view, i, j);
  const support = cell.look !== "none" || cell.shared ? `of ${cell.shared}` : "";
  const opens = cell.shared || cell.lone;
  const made = element("td", { class: cell.look, role: "gridcell", tabindex: "-1", "data-pair": opens ? `${i},${j}` : null });
  made.append(element("b", {}, cell.text), " ", element("span", {}, support));
  if (cell.lone) made.append(" ", element("i", {}, cell.lone));
  return made;
}

function header(rows) {
  const heads = rows.map((row) => {
    const [id, name] = data.actors[row];
    const near = choice.order === `near ${id}`;
    const button = element("button", { type: "button", tabindex: "-1", title: `Put those nearest to ${name} first`, "data-near": id }, label(id));
    return element("th", { scope: "col", "aria-sort": near ? "descending" : null }, button);
  });
  return element("thead", {}, element("tr", {}, element("td"), ...heads));
}

function draw() {
  const view = viewOf(choice);
  const rows = sharing(view, ordered(view));
  const table = element("table", { class: large ? "matrix half" : "matrix", role: "grid", "aria-labelledby": "caption" });
  const body = element("tbody");
  rows.forEach((i, at) => {
    const cells = (large ? rows.slice(0, at + 1) : rows).map((j) => cellElement(view, i, j));
    body.append(element("tr", {}, element("th", { scope: "row" }, label(large ? data.actors[i][0] : nameOf(i))), ...cells));
  });
  table.append(header(rows), body);
  board.replaceChildren(rows.length > 1 ? table : element("p", {}, "No two of these actors share a question here."));
  const first = board.querySelector("[data-pair]") ?? board.querySelector("[role=gridcell]");
  if (first) first.tabIndex = 0;
  const key = data.measures[choice.measure][2].flatMap(([look, text, means]) => [element("span", { class: `key ${look}` }, text), ` ${means} `]);
  document.getElementById("key").replaceChildren(...key);
  document.getElementById("caption").replaceChildren(label(view.title));
  document.getElementById("board-notes").replaceChildren(...view.notes.map((note) => element("li", {}, label(note))));
}

// Moving: arrows, Home and End among the cells and the heads above them.
function step(event) {
  const at = event.target.closest("td, button");
  const row = at.closest("tr");
  const rows = [...board.querySelectorAll("tr")];
  const line = [...row.querySelectorAll("td[role], button")];
  const column = line.indexOf(at);
  const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -column], End: [0, line.length - 1 - column] };
  if (!moves[event.key]) return;
  event.preventDefault();
  const [down, right] = moves[event.key];
  const next = rows[rows.indexOf(row) + down];
  const target = next && [...next.querySelectorAll("td[role], button")][column + right];
  if (target) focusOn(target);
}

function focusOn(target) {
  for (const old of board.querySelectorAll("[tabindex='0']")) old.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}

board.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-pair]");
  if (cell && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    openPair(cell);
  } else if (event.target.closest("td, button")) step(event);
});

board.addEventListener("click", (event) => {
  const near = event.target.closest("button[data-near]");
  const cell = event.target.closest("[data-pair]");
  if (near) {
    choose("order", `near ${near.dataset.near}`);
    focusOn(board.querySelector("[aria-sort] button")); // the one that was pressed is drawn anew
  }
  if (cell) openPair(cell);
});

// The choices: only what exists together can be chosen together.
const form = document.getElementById("choose");

function select(name, title, options) {
  const made = element("select", { name });
  for (const [value, text] of options) made.append(element("option", { value }, text));
  return options.length > 1 ? element("label", {}, title, made) : "";
}

function fillForm() {
  form.replaceChildren(
    select("issue", "Issue", data.issues),
    select("basis", "What counts", data.bases),
    select("year", "Year", [["", "All years"], ...years.map((year) => [year, year])]),
    select("measure", "Measure", data.measures.map(([name], k) => [k, name])),
    select("order", "Order", orders),
  );
  if (narrows) form.append(element("label", {}, "Only these actors", element("input", { name: "only", placeholder: "FRA, China …", type: "search" })));
}

function choose(name, value) {
  choice[name] = name === "measure" ? Number(value) : value;
  syncForm();
  draw();
  writeAddress();
}

function syncForm() {
  for (const field of form.elements) {
    if (!field.name) continue;
    field.value = choice[field.name];
    if (!["issue", "basis", "year"].includes(field.name)) continue;
    for (const option of field.options) option.disabled = !exists({ ...choice, [field.name]: option.value });
  }
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => choose(event.target.name, event.target.value));

// What the address asks for, at first and whenever it is changed by hand or by a link.
function show() {
  const cell = readAddress();
  if (!cell) return false;
  panel.close();
  syncForm();
  draw();
  const found = board.querySelector(`[data-pair="${cell}"], [data-pair="${[...cell].reverse()}"]`);
  if (found) openPair(found);
  return true;
}

function start() {
  document.getElementById("explore").hidden = false;
  const first = document.getElementById("first");
  if (first) first.hidden = true;
  fillForm();
  syncForm();
  if (!show()) draw();
  addEventListener("hashchange", show);
}
