/* Answering a questionnaire: shows what applies, saves by itself, loses nothing. Works on
     <form data-answers data-save-url="…">, whose hidden field "edition" counts the saves.
   Further fields are kept too where the form names them: data-save-also="notes person".
   The server answers a save with {"edition": n, "saved": "sentence"}, 409 with {"problem": "sentence",
   "edition": n} where another tab or device was faster, and any other refusal with {"problem": "sentence"}.
   Optional hidden fields "tab" (name of this page) and "turn" (number of the save) let the server tell a
   reply lost on the way from somebody else's work. Optional in the form: [data-save-status] says how saving
   goes; [data-conflict] with [data-conflict-sentence], [data-keep-mine] and [data-take-other] is shown after
   a 409. */
"use strict";

(() => {
  const form = document.querySelector("form[data-answers]");
  if (!form) return;

  /* ---- what applies: the same conditions as on the server ---- */
  const valuesOf = (name) => {
    const found = [];
    for (const field of form.elements) {
      const own = field.name === name;
      const part = !own && (field.name.startsWith(`${name}:`) || field.name.startsWith(`${name}#`));
      if (!own && !part) continue;
      if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
      const values = field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value];
      const isRank = part && field.name.startsWith(`${name}#`);
      for (const value of values) if (value.trim() !== "") found.push(isRank ? field.name.slice(name.length + 1) : value);
      if (part && !isRank && values[0]) found.push(field.name.slice(name.length + 1));
    }
    return found;
  };
  const isAsked = (name) => {
    const block = form.querySelector(`[data-question="${CSS.escape(name)}"]`);
    return block !== null && !block.hidden && block.closest("[hidden]") === null;
  };
  const answersTo = (code) => (isAsked(`q-${code}`) ? valuesOf(`q-${code}`) : []);
  const compared = (given, operator, wanted) => {
    const numbers = [Number(given.replace(",", ".")), Number(wanted)];
    const [left, right] = numbers.some(Number.isNaN) ? [given, wanted] : numbers;
    return { "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right }[operator];
  };
  const holds = (condition) => {
    const [word, ...parts] = condition;
    if (word === "all") return parts.every(holds);
    if (word === "any") return parts.some(holds);
    if (word === "not") return !holds(parts[0]);
    const given = answersTo(parts[0]);
    if (word === "answered") return given.length > 0;
    if (word === "is") return given.includes(parts[1]);
    return given.length > 0 && compared(given[0], word, parts[1]);
  };
  const conditional = [...form.querySelectorAll("[data-show-if]")];
  const sections = [...form.querySelectorAll("[data-section]")];
  const showWhatApplies = () => {
    for (const section of sections) section.hidden = false;
    for (const block of conditional) block.hidden = !holds(JSON.parse(block.dataset.showIf));
    /* A heading without a question below it would ask nothing. */
    for (const section of sections) {
      const asked = [...section.querySelectorAll("[data-question]")];
      if (asked.length > 0 && asked.every((block) => block.hidden)) section.hidden = true;
    }
    for (const words of form.querySelectorAll("[data-other-of]")) {
      words.hidden = !valuesOf(words.dataset.otherOf).includes("_other");
    }
  };

  /* "None of these" takes the other ticks back, and they take it back. */
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || !box.checked) return;
    for (const other of form.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(box.name)}"]`)) {
      if (other !== box && (box.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive"))) other.checked = false;
    }
  });
  /* Long lists: a click takes or gives back one entry, without a key held down; below stands what is taken. */
  const showChosen = (list, line) => {
    line.textContent = [...list.selectedOptions].map((option) => option.label).join(", ");
  };
  for (const list of form.querySelectorAll("select[data-many]")) {
    const line = document.createElement("p");
    line.className = "chosen-many";
    line.setAttribute("role", "status");
    list.after(line);
    list.addEventListener("mousedown", (event) => {
      if (event.button !== 0 || event.target.tagName !== "OPTION") return;
      event.preventDefault();
      const { scrollTop } = list;
      event.target.selected = !event.target.selected;
      list.focus();
      requestAnimationFrame(() => { list.scrollTop = scrollTop; });
      list.dispatchEvent(new Event("change", { bubbles: true }));
    });
    form.addEventListener("change", () => showChosen(list, line));
    showChosen(list, line);
  }
  form.addEventListener("input", showWhatApplies);
  form.addEventListener("change", showWhatApplies);
  showWhatApplies();

  /* Long lists: empty places beyond the next one wait, and a new one comes once the last is filled. */
  const fitPicks = (picks) => {
    const most = Number(picks.dataset.many) || Infinity;
    let lists = [...picks.querySelectorAll("select")];
    if (lists.every((list) => list.value) && lists.length < most) {
      const next = lists.at(-1).cloneNode(true);
      next.removeAttribute("id");
      next.setAttribute("aria-label", `${picks.dataset.label} ${lists.length + 1}`);
      for (const option of next.querySelectorAll("option[selected]")) option.remove();
      next.value = "";
      picks.append(next);
      lists.push(next);
    }
    const firstEmpty = lists.findIndex((list) => !list.value);
    lists.forEach((list, place) => { list.hidden = !list.value && place > firstEmpty; });
  };
  const picksOf = [...form.querySelectorAll("[data-many]")];
  const fitAllPicks = () => picksOf.forEach(fitPicks);
  form.addEventListener("change", (event) => {
    const picks = event.target.closest("[data-many]");
    if (picks) fitPicks(picks);
  });
  fitAllPicks();

  form.addEventListener("input", showWhatApplies);
  form.addEventListener("change", showWhatApplies);
  showWhatApplies();

  /* ---- saving ---- */
  const url = form.dataset.saveUrl;
  if (!url) return;
  const status = form.querySelector("[data-save-status]");
  const { edition, tab, turn } = form.elements;
  const conflict = form.querySelector("[data-conflict]");
  const memoryKey = `answers:${url}`;
  const memory = (act) => { try { return act(localStorage); } catch { return null; } };
  const also = (form.dataset.saveAlso || "").split(" ");
  const isKept = (name) => name.startsWith("q-") || also.includes(name);
  const typed = () => [...new FormData(form)].filter(([name]) => isKept(name));
  const snapshot = () => JSON.stringify(typed());
  const say = (state, sentence) => {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = sentence;
  };
  const LONGEST_KEPT_ALIVE = 60000; /* browsers send no more after the page is gone */
  const SLOWEST_RETRY = 30000;
  if (tab) tab.value = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
  let turns = 0;
  let known = snapshot(); /* what the server has */
  let sent = known; /* what is on its way, or has arrived */
  let timer = null;
  let isSaving = false;
  let isStopped = false;
  let wait = 1000;

  const later = (milliseconds) => { clearTimeout(timer); timer = setTimeout(save, milliseconds); };
  const forget = () => memory((store) => store.removeItem(memoryKey));
  const keepHere = () => memory((store) => store.setItem(memoryKey, JSON.stringify({ edition: edition.value, typed: typed() })));
  const body = () => {
    turns += 1;
    if (turn) turn.value = String(turns);
    return new URLSearchParams(new FormData(form));
  };
  const failed = (sentence) => {
    say("failed", sentence || form.dataset.failed);
    wait = Math.min(wait * 2, SLOWEST_RETRY);
    later(wait);
  };
  const showConflict = (answer) => {
    isStopped = true;
    say("failed", answer.problem);
    if (!conflict || !answer.edition) return;
    conflict.dataset.edition = String(answer.edition);
    conflict.querySelector("[data-conflict-sentence]").textContent = answer.problem;
    conflict.hidden = false;
    conflict.focus();
  };

  async function save() {
    const now = snapshot();
    if (now === known || isStopped) return;
    if (isSaving) { later(500); return; }
    isSaving = true;
    say("saving", form.dataset.saving);
    try {
      const message = body();
      sent = now;
      const response = await fetch(url, {
        method: "POST",
        body: message,
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive: message.toString().length < LONGEST_KEPT_ALIVE,
      });
      if (response.status === 429 || response.status >= 500) { failed(); return; }
      const answer = await response.json();
      if (response.ok) {
        edition.value = answer.edition;
        known = now;
        wait = 1000;
        if (snapshot() === known) { forget(); say("saved", answer.saved); }
      } else if (response.status === 409) {
        showConflict(answer);
      } else {
        /* The words stay on the page and in this browser; the person is told. */
        isStopped = true;
        say("failed", answer.problem || form.dataset.failed);
      }
    } catch {
      sent = known;
      failed();
    } finally {
      isSaving = false;
    }
    if (!isStopped && snapshot() !== known) later(wait);
  }

  const noteChange = () => { keepHere(); later(800); };
  form.addEventListener("input", noteChange);
  form.addEventListener("change", noteChange);
  addEventListener("online", () => later(0));
  /* A laptop that is closed, a phone that is put away: send what there is, and await the reply as ever, for who
     comes back goes on with the edition that it names. While a save is under way a second one can only be sent
     off without awaiting its reply; that is no conflict where this page has a name. */
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") { later(0); return; }
    const now = snapshot();
    if (isStopped || now === known || (isSaving && now === sent)) return;
    keepHere();
    clearTimeout(timer);
    if (isSaving && tab) navigator.sendBeacon(url, body()); else save();
  });

  /* A double click sends once; without this the server would take the second as the same answer. */
  form.addEventListener("submit", (event) => {
    if (form.dataset.isSent) { event.preventDefault(); return; }
    form.dataset.isSent = "yes";
    isStopped = true;
    clearTimeout(timer);
    keepHere();
    body();
  });
  /* The page may come back from the browser's memory ("back"). */
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  conflict?.querySelector("[data-take-other]")?.addEventListener("click", forget);
  conflict?.querySelector("[data-keep-mine]")?.addEventListener("click", (event) => {
    if (!conflict.dataset.edition) return; /* the server has shown the conflict: the button posts the form */
    event.preventDefault();
    edition.value = conflict.dataset.edition;
    delete conflict.dataset.edition;
    conflict.hidden = true;
    isStopped = false;
    known = "";
    later(0);
    status?.scrollIntoView({ block: "nearest" });
  });

  /* What an earlier visit could not send comes back, unless the server has got further since. A page that
     shows faults or a conflict holds what was typed already. */
  const fill = (pairs) => {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
    /* A long list may have grown: make room for as many as were chosen. */
    for (const picks of picksOf) {
      const lists = picks.querySelectorAll("select");
      const chosen = (values.get(lists[0].name) || []).filter(Boolean);
      for (let place = lists.length; place < chosen.length; place += 1) {
        const next = lists[0].cloneNode(true);
        next.removeAttribute("id");
        next.setAttribute("aria-label", `${picks.dataset.label} ${place + 1}`);
        picks.append(next);
      }
      values.set(lists[0].name, chosen);
    }
    const places = new Map();
    for (const field of form.elements) {
      if (!isKept(field.name)) continue;
      const place = places.get(field.name) || 0;
      places.set(field.name, place + 1);
      const wanted = values.get(field.name) || [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = wanted.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = wanted.includes(option.value);
      else field.value = wanted[place] ?? "";
    }
    fitAllPicks();
    showWhatApplies();
  };
  let kept = null;
  try { kept = JSON.parse(memory((store) => store.getItem(memoryKey)) || "null"); } catch { forget(); }
  const isFresh = !form.querySelector(".error-summary") && (!conflict || conflict.hidden);
  if (kept && isFresh && Number(kept.edition) >= Number(edition.value)) {
    fill(kept.typed);
    if (snapshot() !== known) later(0); else forget();
  } else if (kept) {
    forget();
  }
})();

/* The page that follows a sent answer names whose it was: what this browser kept of it goes. */
(() => {
  const done = document.querySelector("[data-answers-done]");
  if (!done) return;
  try { localStorage.removeItem(`answers:${done.dataset.answersDone}`); } catch { /* nothing was kept */ }
})();
