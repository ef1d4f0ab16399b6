// Keys of the queue: j and k move, o opens, x chooses. Off while something is typed, and with Ctrl, Alt or Meta.
const rows = [...document.querySelectorAll("[data-ticket]")];
let current = -1;

function go(step) {
  rows[current]?.classList.remove("is-current");
  current = Math.min(Math.max(current + step, 0), rows.length - 1);
  rows[current].classList.add("is-current");
  rows[current].querySelector("a").focus();
}

const keys = {
  j: () => go(1),
  k: () => go(current < 0 ? 1 : -1),
  o: () => rows[current]?.querySelector("a").click(),
  x: () => rows[current]?.querySelector("input[type=checkbox]").click(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !rows.length || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

for (const [number, row] of rows.entries()) {
  row.addEventListener("focusin", () => {
    rows[current]?.classList.remove("is-current");
    current = number;
    row.classList.add("is-current");
  });
}
