// A ticket: what is typed and not sent is kept for its writer while she types and when she leaves the page by a link, so
// that nothing is lost. Without this script the buttons of the page keep it, one of which leads to the queue.
// What cannot be kept (facts that are not stored, a file that was chosen) makes the browser ask before it leaves.
const form = document.getElementById("work");
const EVERY = 10_000;
const MOST_ON_LEAVING = 60_000; // browsers let 64 KB go when a page is left

if (form?.dataset.keepTyped) {
  const names = form.dataset.keptFields.split(" ");
  const status = document.querySelector("[data-kept-status]");
  const fields = () => [...form.elements].filter((field) => names.includes(field.name));
  const texts = () => new URLSearchParams(fields().map((field) => [field.name, field.value])).toString();
  let kept = texts();
  let isSent = false;
  let isRefused = false;

  const request = (typed) => {
    const body = new URLSearchParams(typed);
    body.set("csrf_token", form.elements.csrf_token.value);
    return body;
  };

  async function keep(isLeaving = false) {
    const typed = texts();
    if (isSent || typed === kept) return;
    try {
      const answer = await fetch(form.dataset.keepTyped, { method: "POST", body: request(typed), keepalive: isLeaving, redirect: "error" });
      isRefused = !answer.ok;
    } catch {
      isRefused = true; // no network, or signed out: the next attempt follows
    }
    if (isRefused) return;
    kept = typed;
    if (status) status.textContent = status.dataset.keptStatus;
  }

  // A field that stands otherwise than the page came: facts and files are not among what is kept.
  const isChanged = (field) => {
    if (names.includes(field.name) || field.type === "hidden") return false;
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "checkbox") return field.closest(".facts-form") && field.checked !== field.defaultChecked;
    if (!field.closest(".facts-form") || !("value" in field)) return false;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.defaultSelected !== option.selected && option.value !== "");
    return field.tagName === "INPUT" && field.value !== field.defaultValue;
  };

  form.addEventListener("submit", () => { isSent = true; });
  addEventListener("pageshow", () => { isSent = false; });
  document.addEventListener("input", (event) => { if (status && event.target.form === form) status.textContent = ""; });
  document.addEventListener("change", (event) => { if (event.target.form === form) keep(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  addEventListener("pagehide", () => { keep(true); });
  setInterval(keep, EVERY);
  addEventListener("beforeunload", (event) => {
    if (isSent) return;
    const typed = texts();
    const isLost = typed !== kept && (isRefused || request(typed).toString().length > MOST_ON_LEAVING);
    if (isLost || [...form.elements].some(isChanged)) event.preventDefault();
  });
}
