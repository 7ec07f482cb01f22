// The list of questions: narrowed by issue, basis, actor, date and words.

const filter = document.getElementById("filter");
const asked = { issue: "", basis: "", actor: "", since: "", until: "", words: "" };

function fillFilter() {
  const bases = [...new Set(articles.flatMap((article) => article.dataset.bases.split(" ")).filter(Boolean))].sort();
  const dated = articles.some((article) => article.dataset.first);
  const days = ["since", "until"].map((name) => element("label", {}, name === "since" ? "From" : "To", element("input", { type: "date", name })));
  filter.replaceChildren(
    select("issue", "Issue", data.issues),
    bases.length > 1 ? select("basis", "Rests on", [["", "Anything"], ...bases.map((basis) => [basis, `a ${basis}`])]) : "",
    select("actor", "On record", [["", "Anyone"], ...data.actors.map(([, name], row) => [row, name])]),
    ...(dated ? days : []),
    element("label", {}, "Words", element("input", { type: "search", name: "words" })),
    element("button", { type: "reset" }, "Show all"),
  );
  filter.hidden = !articles.length;
}

function fits(article, k) {
  const { issues, bases, first, last } = article.dataset;
  const row = Number(asked.actor);
  const onRecord = () => codes[""][row * articles.length + k] !== -1 || article.querySelector(`.records > [data-actor="${row}"]`);
  return (
    (!asked.issue || issues.split(" ").includes(asked.issue)) &&
    (!asked.basis || bases.split(" ").includes(asked.basis)) &&
    (asked.actor === "" || onRecord()) &&
    (!asked.since || (last && last >= asked.since)) &&
    (!asked.until || (first && first <= asked.until)) &&
    (!asked.words || article.textContent.toLowerCase().includes(asked.words.toLowerCase()))
  );
}

function narrow() {
  let shown = 0;
  articles.forEach((article, k) => {
    article.hidden = !fits(article, k);
    shown += !article.hidden;
  });
  const dates = asked.since || asked.until ? " Questions without a date are left out." : "";
  document.getElementById("listed").textContent = `${shown} of ${plural(articles.length, "question")}.${dates}`;
}

filter.addEventListener("input", (event) => {
  asked[event.target.name] = event.target.value;
  narrow();
});
filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("reset", () => {
  for (const name of Object.keys(asked)) asked[name] = "";
  narrow();
});

// A question that is linked to is shown, whatever the list is narrowed to.
function showQuestion(hash) {
  const found = /^#q\d+$/.test(hash) && document.querySelector(hash);
  if (!found) return;
  if (found.hidden) filter.reset();
  location.hash = hash;
}

// A link to what lies in a closed part opens it; so does printing, where a page can hold it all.
function openAround(target) {
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (target) openAround(target);
});
if (!large) addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => (part.open = true)));

fillFilter();
narrow();
start();
