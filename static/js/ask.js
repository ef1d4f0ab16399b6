// While a question is typed, shows what may answer it. Without this script the button “See answers first” does the same.
// A file that is too large is refused before it is sent.
const form = document.querySelector("form[data-suggest]");
const place = document.getElementById("suggestions");
const PAUSE = 600;
const SHORTEST = 15;

function entry(item) {
  const li = document.createElement("li");
  const kind = Object.assign(document.createElement("p"), { className: "overline", textContent: item.kind });
  const title = Object.assign(document.createElement("p"), { className: "suggestion-title", lang: item.language });
  const link = Object.assign(document.createElement("a"), { href: item.address, target: "_blank", rel: "noopener", textContent: item.title });
  const note = Object.assign(document.createElement("span"), { className: "visually-hidden", lang: document.documentElement.lang, textContent: ` (${place.dataset.new})` });
  link.append(note);
  title.append(link);
  const summary = Object.assign(document.createElement("p"), { className: "small", lang: item.language, textContent: item.summary });
  const button = Object.assign(document.createElement("button"), { className: "btn btn-quiet btn-small", name: "action", value: `helped:${item.reference}`, textContent: place.dataset.helped });
  button.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: `: ${item.title}` }));
  li.append(kind, title, summary, button);
  return li;
}

function show(items) {
  place.replaceChildren();
  document.getElementById("suggestions-status").textContent = items.length ? `${place.dataset.title} (${items.length})` : "";
  if (!items.length) return;
  const list = Object.assign(document.createElement("ul"), { className: "plain" });
  list.append(...items.map(entry));
  place.append(Object.assign(document.createElement("h2"), { textContent: place.dataset.title }), list);
}

if (form && place) {
  const question = form.elements.question;
  let timer;
  let asked = "";
  const ask = async () => {
    const text = question.value.trim();
    if (text.length < SHORTEST || text === asked) return;
    asked = text;
    const body = new URLSearchParams({ question: text.slice(0, 4000), csrf_token: form.elements.csrf_token.value });
    try {
      const answer = await fetch(form.dataset.suggest, { method: "POST", body });
      if (answer.ok && asked === text) show(await answer.json());
    } catch {
      // No network: the button remains.
    }
  };
  question.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

// Beside the field as the server says it, and in the place of what it said of the file chosen before.
function sayOfFile(input, words) {
  const field = input.closest(".field");
  const id = `${input.id}-error`;
  document.getElementById(id)?.remove();
  document.querySelector(`.error-summary a[href="#${input.id}"]`)?.closest("li").remove();
  const summary = document.querySelector(".error-summary");
  if (summary && !summary.querySelector("li")) summary.remove();
  field?.classList.toggle("has-error", Boolean(words));
  input.toggleAttribute("aria-invalid", Boolean(words));
  if (!words) return;
  const line = Object.assign(document.createElement("p"), { className: "field-error", id, textContent: ` ${words}` });
  line.setAttribute("role", "alert");
  line.prepend(Object.assign(document.createElement("span"), { className: "sign", ariaHidden: "true", textContent: "✕" }));
  input.before(line);
  input.setAttribute("aria-invalid", "true");
  if (!(input.getAttribute("aria-describedby") || "").split(" ").includes(id)) {
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") || ""} ${id}`.trim());
  }
}

for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  input.addEventListener("change", () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest));
    input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
    sayOfFile(input, isTooLarge ? input.dataset.tooLarge : "");
    if (isTooLarge) input.reportValidity();
  });
  input.form?.addEventListener("submit", (event) => {
    if (input.validationMessage) {
      event.preventDefault();
      input.reportValidity();
    }
  });
}
document.querySelector(".error-summary")?.focus();
