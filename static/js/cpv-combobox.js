// Makes the CPV search an editable combobox with a list (ARIA 1.2). Without this script the form searches by its button.
const root = document.querySelector(".cpv-search");
const input = document.getElementById("words");
const status = document.getElementById("cpv-status");
const chosen = document.querySelector(".cpv-chosen");
const WAIT = 180;
let timer = 0;
let asked = 0;
let active = -1;
let rows = [];

const list = document.createElement("ul");
list.id = "cpv-list";
list.className = "combobox-list";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-labelledby", "words-label");

function start() {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.parentElement.append(list);
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, WAIT); });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) choose(Number(option.dataset.index));
  });
  // On a slow line words are typed before this script arrives: they are looked up too.
  if (document.activeElement === input && input.value !== input.defaultValue) search();
}

async function search() {
  const words = input.value.trim();
  const mine = ++asked;
  if (words.length < 2) return close();
  try {
    const answer = await fetch(`${root.dataset.cpv}?words=${encodeURIComponent(words)}`);
    const found = answer.ok ? await answer.json() : [];
    if (mine === asked) open(found.filter((row) => !document.getElementById(`cpv-${row.code}`)));
  } catch {
    close();
  }
}

function open(found) {
  if (found.length) document.querySelector(".cpv-none")?.remove();
  rows = found;
  active = -1;
  list.replaceChildren(...rows.map(option));
  setExpanded(rows.length > 0);
  status.textContent = rows.length ? `${rows.length} ${root.dataset.count}` : root.dataset.none;
}

function option(row, index) {
  const item = document.createElement("li");
  item.id = `cpv-option-${index}`;
  item.dataset.index = String(index);
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.append(span("cpv-code", row.full), row.name, span("quiet", row.category));
  return item;
}

function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}

function setExpanded(isOpen) {
  list.hidden = !isOpen;
  input.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) input.removeAttribute("aria-activedescendant");
}

function close() {
  asked += 1;
  active = -1;
  setExpanded(false);
}

function move(step) {
  if (list.hidden || !rows.length) return;
  active = (active + step + rows.length) % rows.length;
  for (const [index, item] of [...list.children].entries()) {
    item.setAttribute("aria-selected", String(index === active));
  }
  const item = list.children[active];
  input.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function onKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) search(); else move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(active);
  } else if (event.key === "Escape") {
    if (list.hidden) input.value = "";
    close();
  }
}

function choose(index) {
  const row = rows[index];
  if (!row) return;
  const line = document.createElement("li");
  const isFirst = !chosen.querySelector("input[name=main]:checked");
  line.append(control("checkbox", "cpv", `cpv-${row.code}`, row, true), control("radio", "main", `main-${row.code}`, row, isFirst));
  chosen.querySelector("ul").append(line);
  chosen.hidden = false;
  status.textContent = `${row.full} ${row.name}: ${root.dataset.added}`;
  input.value = "";
  close();
  input.focus();
}

function control(type, name, id, row, checked) {
  const holder = document.createElement("div");
  holder.className = type === "radio" ? "choice main-choice" : "choice";
  const box = Object.assign(document.createElement("input"), { type, name, id, value: row.code, checked, className: "form-check-input" });
  const label = document.createElement("label");
  label.htmlFor = id;
  if (type === "radio") label.append(root.dataset.main, span("visually-hidden", `: ${row.full}`));
  else label.append(span("cpv-code", row.full), row.name);
  holder.append(box, label);
  return holder;
}

if (root && input && chosen) start();
