// Beside the link of a draft, a button that copies it. Without this script the link remains.
const link = document.querySelector("a[data-copy-link]");
const status = document.querySelector(".copy-status");

if (link && status && navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button copy-link";
  button.textContent = link.dataset.copy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.href);
      status.textContent = link.dataset.copied;
    } catch {
      status.textContent = link.dataset.failed;
    }
  });
  link.after(button);
}
document.querySelector(".error-summary")?.focus();
