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

// Sources that nobody typed would only make the address longer.
const address = () => `${form.action}?${new URLSearchParams([...new FormData(form)].filter(([name, value]) => value || !/^[sd]_/.test(name)))}`;

// A link to the arithmetic of an offer, or to the values that were kept, opens it.
function openTarget() {
  const target = /^#(why-|held-values$)/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (target) target.open = true;
}

// A fault that is mended loses its mark; a new one is marked when the form is sent, not while one types. Fields of an
// offer bear its name.
function mark(page) {
  for (const control of form.querySelectorAll("input[id], select[id]")) {
    const error = document.getElementById(`${control.id}-error`);
    if (error && !page.getElementById(error.id)) {
      error.remove();
      control.closest(".has-error")?.classList.remove("has-error");
      control.removeAttribute("aria-invalid");
      const described = (control.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((id) => id && id !== error.id);
      if (described.length) control.setAttribute("aria-describedby", described.join(" "));
      else control.removeAttribute("aria-describedby");
    }
    const label = control.closest(".offer-cell")?.querySelector("label");
    const fresh = label && page.querySelector(`label[for="${control.id}"]`);
    if (fresh) label.textContent = fresh.textContent;
  }
}

function show(page) {
  mark(page);
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
