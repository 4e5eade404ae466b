/* Everything works without this file; it adds a copy button to addresses. */
(() => {
  "use strict";

  const copy = async (field) => {
    field.select();
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(field.value);
      return true;
    }
    return document.execCommand("copy");
  };

  const say = (output, words) => {
    output.textContent = "";
    window.setTimeout(() => { output.textContent = words; }, 50);
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const output = document.getElementById(button.dataset.said);
    if (!field || !output) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      let done = false;
      try { done = await copy(field); } catch { done = false; }
      say(output, done ? button.dataset.done : button.dataset.failed);
    });
    field.addEventListener("focus", () => field.select());
  }
})();
