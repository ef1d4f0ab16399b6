// A ticket: says who else has it open and whether it changed, and puts ready words into the answer.
// Without this script the page shows who was there when it was loaded, and the server puts the words in.
const answer = document.getElementById("answer-body");
const presence = document.querySelector("[data-presence]");
const EVERY = 20_000;

// A field filled by the server has its caret before the first word until somebody has been in it.
let wasFocused = false;
answer?.addEventListener("focus", () => { wasFocused = true; });

// What makes an empty line between words put in and those before and after them.
function breakAfter(text) {
  return text.trim() ? "\n".repeat(Math.max(0, 2 - /\n*$/.exec(text)[0].length)) : "";
}

function breakBefore(text) {
  return "\n".repeat(Math.max(0, 2 - /^\n*/.exec(text)[0].length));
}

for (const button of document.querySelectorAll("button[data-insert]")) {
  if (!answer) break;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const from = wasFocused ? answer.selectionStart : answer.value.length;
    const to = wasFocused ? answer.selectionEnd : from;
    const before = answer.value.slice(0, from);
    const after = answer.value.slice(to);
    const words = breakAfter(before) + button.value.trim();
    answer.setRangeText(words + (after.trim() ? breakBefore(after) : ""), from, to, "end");
    if (after.trim()) answer.selectionStart = answer.selectionEnd = from + words.length;
    answer.focus();
    answer.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function notice(words) {
  return Object.assign(document.createElement("p"), { className: "notice notice-warn", textContent: words });
}

async function say() {
  const token = document.querySelector("input[name=csrf_token]")?.value;
  if (!token || document.hidden) return;
  try {
    const reply = await fetch(presence.dataset.presence, { method: "POST", body: new URLSearchParams({ csrf_token: token }) });
    if (!reply.ok) return;
    const { others, revision } = await reply.json();
    const words = others.map((name) => presence.dataset.one.replace("{name}", name));
    if (String(revision) !== presence.dataset.revision) words.push(presence.dataset.changed);
    const shown = [...presence.children].map((child) => child.textContent.trim());
    if (words.join("\n") !== shown.join("\n")) presence.replaceChildren(...words.map(notice));
  } catch {
    // No network: the next attempt follows.
  }
}

if (presence) setInterval(say, EVERY);

for (const input of document.querySelectorAll("input[type=file][data-largest]")) {
  input.addEventListener("change", () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest));
    input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
    if (isTooLarge) input.reportValidity();
  });
}
