// Shows the sum of the weights while they are typed. The server says it too.
const total = document.getElementById("award-total");
const fields = [...document.querySelectorAll(".award-weight")];
const spoken = total?.parentElement.querySelector("[role=status]");

function weight(text) {
  const number = Number(text.trim().replace(/\s/g, "").replace("%", "").replace(",", "."));
  return Number.isFinite(number) ? number : 0;
}

function show() {
  const sum = Math.round(fields.reduce((before, field) => before + weight(field.value), 0) * 100) / 100;
  total.textContent = sum.toLocaleString(document.documentElement.lang);
  total.classList.toggle("is-wrong", sum !== 100);
}

if (total) {
  for (const field of fields) {
    field.addEventListener("input", show);
    field.addEventListener("change", () => { spoken.textContent = total.textContent; });
  }
  show();
}
