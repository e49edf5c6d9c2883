/* The call page by keyboard; every key has a button or a field that does the same. */
"use strict";

(() => {
  const form = document.querySelector("form[data-call]");
  if (!form) return;
  const isTyping = (target) => target instanceof Element && target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");

  /* On a phone the questions come first; what is known opens with a tap. */
  if (matchMedia("(max-width: 52rem)").matches) form.querySelectorAll("[data-closed-on-phone]").forEach((part) => { part.open = false; });

  /* ---- when to call again ---- */
  const again = form.querySelector("[data-when-again]");
  const back = form.elements.call_back_at;
  const comesBack = new Set(["call_back", "no_answer", "busy", "mailbox", "wrong_number", "not_in"]);
  const chosen = () => form.querySelector("input[name=outcome]:checked")?.value || "";
  const showWhen = () => {
    if (!again) return;
    again.hidden = !comesBack.has(chosen());
    again.querySelector("[data-hint]").hidden = chosen() === "call_back";
    const often = form.querySelector(".call-often");
    if (often) often.hidden = again.hidden || chosen() === "call_back";
  };
  form.addEventListener("change", (event) => { if (event.target.name === "outcome") showWhen(); });
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-time]");
    if (!button) return;
    back.value = button.dataset.time;
    back.focus();
  });
  showWhen();

  /* ---- keys: only together with Alt, so that nothing happens while somebody types ---- */
  const help = document.querySelector("[data-keys]");
  const openHelp = () => { if (!help.open) help.showModal(); };
  const choose = (number) => {
    const box = form.querySelector(`[data-outcome="${number}"]`);
    if (!box) return;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    (box.value === "call_back" ? back : box).focus();
  };
  const firstQuestion = () => (form.querySelector(".question:not([hidden]) :is(input, select, textarea)") || form.querySelector("#questions")).focus();
  const acts = {
    n: () => form.elements.notes.focus(),
    q: firstQuestion,
    s: () => form.requestSubmit(form.querySelector("[data-save-and-next]")),
    h: openHelp,
  };
  document.addEventListener("keydown", (event) => {
    if (help.open || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    /* Where Alt writes another letter, the place of the key on the board tells which one was meant. */
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
    const act = digit ? () => choose(digit[1]) : acts[event.key.toLowerCase()] || acts[letter];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* ---- one single key, which can be switched off ---- */
  const single = help.querySelector("[data-single-keys]");
  const store = (act) => { try { return act(localStorage); } catch { return null; } };
  single.checked = store((memory) => memory.getItem("call-single-keys")) !== "off";
  single.addEventListener("change", () => store((memory) => memory.setItem("call-single-keys", single.checked ? "on" : "off")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.altKey || event.metaKey || !single.checked || isTyping(event.target)) return;
    event.preventDefault();
    openHelp();
  });
  document.querySelector("[data-keys-open]")?.addEventListener("click", openHelp);

  /* Enter in a line of text goes on to the next field: it ends no call by accident. */
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault();
    const fields = [...form.elements].filter((field) => field.offsetParent !== null && field.tabIndex >= 0);
    fields[fields.indexOf(event.target) + 1]?.focus();
  });

  /* A save that is under way counts the edition; the form waits for it, else it would be out of date itself. */
  const status = form.querySelector("[data-save-status]");
  addEventListener("submit", (event) => {
    if (event.target !== form || status?.dataset.state !== "saving") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    const goOn = () => (status.dataset.state === "saving" ? setTimeout(goOn, 50) : form.requestSubmit(button));
    goOn();
  }, true);
})();
