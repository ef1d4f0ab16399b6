// The result follows what is typed: the same address is fetched and its result put in the place of the one shown. The
// address of the page follows too, so that a link holds the case. Without this script the button does it.
const form = document.getElementById("case");
const region = document.getElementById("result");
const bar = document.getElementById("lcc-status");
const WAIT = 700;
let waiting = 0;
let asked = null;

const say = (words) => {
  bar.hidden = false;
  bar.querySelector("[role=status]").textContent = words;
};

const address = () => `${form.action}?${new URLSearchParams(new FormData(form))}`;

// A link to the arithmetic of an offer opens it.
function openTarget() {
  const target = location.hash.startsWith("#why-") && document.getElementById(location.hash.slice(1));
  if (target) target.open = true;
}

function show(page) {
  const fresh = page.getElementById("result");
  const open = [...region.querySelectorAll("details")].map((each) => each.open);
  const had = region.querySelectorAll("details").length;
  const summary = fresh.querySelector(".error-summary");
  summary?.removeAttribute("role"); // what is still missing is no alarm while one types
  region.replaceChildren(...fresh.childNodes);
  const details = [...region.querySelectorAll("details")];
  if (details.length === had) details.forEach((each, place) => { each.open = open[place]; });
  const title = summary?.querySelector("h2").textContent;
  say(summary ? `${title}: ${summary.querySelectorAll("li").length}` : region.querySelector("[data-summary]").dataset.summary);
}

async function follow() {
  asked?.abort();
  asked = new AbortController();
  const wanted = address();
  say(bar.dataset.working);
  try {
    const answer = await fetch(wanted, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.replaceState(null, "", wanted);
  } catch (error) {
    if (error.name !== "AbortError") say(bar.dataset.failed);
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(follow, WAIT);
}

form.addEventListener("input", later);
form.addEventListener("submit", () => { clearTimeout(waiting); asked?.abort(); });
addEventListener("hashchange", openTarget);
openTarget();
