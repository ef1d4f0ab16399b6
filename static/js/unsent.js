// Who asks is warned before a half-typed question or message is left: it is kept nowhere until it is sent.
// Without this script nothing is asked; choosing another language or another door keeps it all the same.
for (const form of document.querySelectorAll("form[data-unsent]")) {
  const texts = () => [...form.querySelectorAll("textarea")].map((field) => field.value.trim());
  const shown = [...form.querySelectorAll("textarea")].map((field) => field.defaultValue.trim()).join("\n");
  // What the server gave back after an error was typed too.
  const isTyped = () => texts().join("\n") !== shown || (form.dataset.unsent === "typed" && texts().some(Boolean));
  let isSent = false;
  document.addEventListener("submit", (event) => { if (event.target === form) isSent = !event.defaultPrevented; });
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => {
    if (!isSent && isTyped()) event.preventDefault();
  });
}
