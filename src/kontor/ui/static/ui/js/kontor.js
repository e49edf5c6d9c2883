/* Kontor in the browser: only comfort. Every page works without this file. */
"use strict";

(() => {
  const each = (selector, act, root = document) => root.querySelectorAll(selector).forEach(act);
  const isTyping = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");

  /* "/" leads to the search field. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  /* Menus close on Escape, on a press outside, and when the focus has left them. */
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      const hadFocus = menu.contains(document.activeElement);
      menu.open = false;
      if (hadFocus) menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("focusin", (event) => {
    openMenus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  /* Select all rows; the count beside it follows. */
  const boxesOf = (name) => document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`);
  const countSelected = (name) => {
    const boxes = [...boxesOf(name)];
    const chosen = boxes.filter((box) => box.checked).length;
    each(`[data-selected-count="${CSS.escape(name)}"]`, (place) => { place.textContent = String(chosen); });
    each(`[data-select-all="${CSS.escape(name)}"]`, (all) => {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    });
  };
  document.addEventListener("change", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement)) return;
    if (target.matches("[data-select-all]")) {
      boxesOf(target.dataset.selectAll).forEach((box) => { box.checked = target.checked; });
      countSelected(target.dataset.selectAll);
    } else if (target.matches('input[type="checkbox"][name]') && document.querySelector(`[data-select-all="${CSS.escape(target.name)}"]`)) {
      countSelected(target.name);
    } else if (target.matches("select[data-autosubmit]")) {
      target.form.requestSubmit();
    }
  });

  /* Unsaved work: warn before leaving. */
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target instanceof Element && event.target.closest("form[data-guard]");
    if (form) changed.add(form);
  });
  addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });

  /* Drafts of long forms live in this browser tab until they are sent. */
  const draftKey = (form) => `draft:${location.pathname}${location.search}:${form.id || [...document.forms].indexOf(form)}`;
  const isKept = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type);
  const valueOf = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
  };
  const setValue = (field, value) => {
    if (field.type === "checkbox" || field.type === "radio") field.checked = value;
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  };
  const fieldsOf = (form) => [...form.elements].filter(isKept);
  const snapshot = (form) => JSON.stringify(fieldsOf(form).map((field) => [field.name, valueOf(field)]));
  const store = (act) => { try { return act(sessionStorage); } catch { return null; } };
  const noteDraft = (form, before) => {
    const template = document.getElementById("draft-note");
    if (!template) return;
    const note = template.content.firstElementChild.cloneNode(true);
    note.querySelector("[data-discard]").addEventListener("click", () => {
      restore(form, before);
      store((memory) => memory.removeItem(draftKey(form)));
      changed.delete(form);
      note.remove();
      fieldsOf(form)[0]?.focus();
    });
    form.prepend(note);
  };
  const restore = (form, saved) => {
    const values = JSON.parse(saved);
    const fields = fieldsOf(form);
    if (values.length !== fields.length || values.some(([name], place) => name !== fields[place].name)) return false;
    values.forEach(([, value], place) => setValue(fields[place], value));
    return true;
  };
  const keepDraft = (form) => {
    const before = snapshot(form);
    const saved = store((memory) => memory.getItem(draftKey(form)));
    const isFreshPage = !form.querySelector(".error-summary");
    if (saved && saved !== before && isFreshPage && restore(form, saved)) {
      changed.add(form);
      noteDraft(form, before);
    }
    form.addEventListener("input", () => store((memory) => memory.setItem(draftKey(form), snapshot(form))));
  };
  /* A sent draft goes once another page shows that it has arrived. The page to log in, an error page and the
     same form shown again do not show that. */
  store((memory) => {
    const sent = memory.getItem("draft-sent");
    const isBack = [...document.querySelectorAll("form[data-draft]")].some((form) => draftKey(form) === sent);
    if (!sent || isBack || !document.body.hasAttribute("data-arrived")) return;
    memory.removeItem(sent);
    memory.removeItem("draft-sent");
  });
  each("form[data-draft]", keepDraft);

  /* What would do nothing without this script is hidden until now. */
  each("[data-needs-script]", (element) => { element.hidden = false; });

  /* Grave acts ask first; without this script the server asks. */
  const dialog = document.getElementById("confirm-dialog");
  const ask = (element, goOn) => {
    const yes = dialog.querySelector('[value="yes"]');
    dialog.querySelector("#confirm-sentence").textContent = element.dataset.confirm;
    yes.textContent = element.dataset.confirmLabel || yes.dataset.label;
    dialog.returnValue = "no";
    dialog.onclose = () => { if (dialog.returnValue === "yes") goOn(); };
    dialog.showModal();
    dialog.querySelector('[value="no"]').focus();
  };
  document.addEventListener("click", (event) => {
    const element = event.target instanceof Element && event.target.closest("[data-confirm]");
    if (!element || element instanceof HTMLFormElement || !dialog || element.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    ask(element, () => {
      element.dataset.confirmed = "yes";
      element.click();
      delete element.dataset.confirmed;
    });
  }, true);

  document.addEventListener("submit", (event) => {
    changed.delete(event.target);
    if (event.target.matches("form[data-draft]")) store((memory) => memory.setItem("draft-sent", draftKey(event.target)));
  });

  /* What is typed while new fields are on their way is not lost when they replace the old ones. */
  const typedIn = (root) => [...root.querySelectorAll("input[name], select[name], textarea[name]")].filter(isKept);
  const asked = new Map();
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target?.id) asked.set(detail.target.id, typedIn(detail.target).map(valueOf));
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const before = asked.get(detail.target.id);
    if (!before) return;
    const late = typedIn(detail.target).flatMap((field, place) => {
      const value = valueOf(field);
      return String(value) === String(before[place]) ? [] : [[field.name, field.type, field.defaultValue, value]];
    });
    asked.set(detail.target.id, { late });
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const { late } = asked.get(detail.target.id) || {};
    const fresh = late && document.getElementById(detail.target.id);
    asked.delete(detail.target.id);
    for (const [name, type, option, value] of fresh ? late : []) {
      const isBox = type === "checkbox" || type === "radio";
      const field = typedIn(fresh).find((each) => each.name === name && (!isBox || each.defaultValue === option));
      if (field) setValue(field, value);
    }
  });

  /* After an error the summary takes the focus; after an htmx swap its new fields are looked after too. */
  const welcome = (root) => {
    root.querySelector("[data-focus]")?.focus();
    each("form[data-draft]", keepDraft, root);
  };
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => welcome(event.detail.elt));
})();
