// Behind a cell: its questions, both positions on each, and the evidence, taken from the page itself.

const panel = document.getElementById("panel");
const SILENT = -2, ABSENT = -3, CONFLICT = -5;
const WORDS = { [-1]: "no record", [SILENT]: "silent", [ABSENT]: "absent", [-4]: "not eligible", [CONFLICT]: "records differ" };

const articles = [...document.querySelectorAll(".question")];

function inView(article) {
  const issues = article.dataset.issues.split(" ");
  const counts = article.dataset.aside === undefined;
  return counts && (!choice.issue || issues.includes(choice.issue)) && (!choice.year || article.dataset.year === choice.year);
}

// The kind of a question between two positions; null where it says nothing of the pair.
function kindOf(one, other) {
  if (one === CONFLICT || other === CONFLICT) return "differ";
  if (one >= 0 && other >= 0) return one === other ? "same" : "apart";
  const lone = one >= 0 ? other : other >= 0 ? one : null;
  return lone === SILENT || lone === ABSENT ? "unanswered" : null;
}

function itemsOf(i, j) {
  const found = { apart: [], same: [], unanswered: [], differ: [] };
  const table = codes[choice.basis];
  articles.forEach((article, k) => {
    const pair = [table[i * articles.length + k], table[j * articles.length + k]];
    const kind = inView(article) && kindOf(...pair);
    if (kind) found[kind].push({ article, k, pair });
  });
  return found;
}

function side(row, code, item) {
  const says = code >= 0 ? data.levels[item.k][code] : WORDS[code];
  const records = [...item.article.querySelectorAll(`.records > [data-actor="${row}"]`)];
  const counted = records.filter(({ dataset }) => (choice.basis ? dataset.basis === choice.basis && "alone" in dataset : !("aside" in dataset)));
  const list = counted.length ? element("ul", { class: "records" }, ...counted.map((li) => li.cloneNode(true))) : "";
  if (list) list.querySelectorAll(".aside").forEach((tag) => tag.remove()); // it counts here, if not under the rules of the page
  const position = element("em", { class: code >= 0 ? null : "silent" }, label(says));
  return element("div", {}, element("dt", {}, label(nameOf(row))), element("dd", {}, position, list));
}

// What the page itself says of a pair, by the measure that is shown first: what the value is made of.
function pairElement(i, j) {
  const whole = !choice.issue && !choice.basis && !choice.year && !choice.measure;
  return whole ? document.getElementById(`p${Math.max(i, j)}-${Math.min(i, j)}`) : null;
}

function contribution(i, j, article) {
  const link = pairElement(i, j)?.querySelector(`a[href="#${article.id}"]`);
  return link?.closest("li, tr").querySelector(".part, td:nth-child(4)")?.textContent;
}

function itemElement(i, j, item) {
  const link = element("a", { href: `#${item.article.id}` }, item.article.querySelector("h3").firstElementChild.cloneNode(true));
  const about = item.article.querySelector(".about").cloneNode(true);
  const part = contribution(i, j, item.article);
  if (part) about.append(` · contribution ${part}`);
  const sides = element("dl", { class: "two" }, side(i, item.pair[0], item), side(j, item.pair[1], item));
  return element("li", {}, link, about, sides);
}

const TITLES = {
  apart: "Different levels",
  same: "The same level",
  unanswered: "One took a level, the other was silent or absent",
  differ: "Skipped, as the records differ",
};

function group(kind, i, j, items) {
  if (!items.length) return "";
  const head = element("h3", {}, TITLES[kind], " ", element("span", { class: "n" }, String(items.length)));
  const list = element("ul", { class: "items" }, ...items.map((item) => itemElement(i, j, item)));
  return element("section", { "data-kind": kind }, head, list);
}

function told(cell) {
  const support = cell.look === "none" && !cell.shared ? "" : ` of ${plural(cell.shared, "shared question")}`;
  return [data.measures[choice.measure][0], " ", element("b", {}, cell.text), support];
}

function openPair(from) {
  const [i, j] = from.dataset.pair.split(",").map(Number);
  const items = itemsOf(i, j);
  const cell = cellOf(viewOf(choice), i, j);
  const title = document.getElementById("panel-title");
  title.replaceChildren(label(nameOf(i)), " and ", label(nameOf(j)));
  const scope = data.issues.find(([id]) => id === choice.issue)[1];
  document.getElementById("panel-body").replaceChildren(
    element("p", { class: "panel-value" }, ...told(cell)),
    element("p", { class: "small" }, label([scope, choice.year, data.bases.find(([id]) => id === choice.basis)[1]].filter(Boolean).join(" · "))),
    element("p", { class: "small" }, pairElement(i, j)?.querySelector(".parts")?.textContent ?? ""),
    ...Object.entries(items).map(([kind, found]) => group(kind, i, j, found)).filter(Boolean),
  );
  from.focus({ preventScroll: true }); // where the browser returns when the panel is closed
  panel.showModal();
  panel.scrollTop = 0;
  title.focus();
  writeAddress([i, j]);
}

panel.addEventListener("close", () => {
  // Unless another cell was opened, or a question that now stands in the address.
  if (!panel.open && location.hash.startsWith("#view")) writeAddress();
});
panel.addEventListener("click", (event) => {
  if (event.target === panel) panel.close();
  const link = event.target.closest("a[href^='#']");
  if (link) {
    panel.close();
    showQuestion(link.getAttribute("href"));
  }
});
