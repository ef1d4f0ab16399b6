// Turns each link to a plain text (data-copy) into a second choice beside a button that copies that text.
// Without this script the links remain: nothing is lost.
const status = document.querySelector(".copied");

async function copy(link, button) {
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    await navigator.clipboard.writeText(await answer.text());
    status.textContent = status.dataset.copied;
  } catch {
    status.textContent = status.dataset.failed;
  }
  button.focus();
}

if (status && navigator.clipboard) {
  for (const link of [...document.querySelectorAll("a[data-copy]")].reverse()) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-small";
    button.textContent = link.hreflang === "nl" ? status.dataset.copyNl : status.dataset.copyFr;
    button.addEventListener("click", () => copy(link, button));
    link.parentElement.prepend(button);
  }
}
