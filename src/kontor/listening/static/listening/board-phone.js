/* A board on a phone: nothing typed is lost. Ideas wait on the phone while the network is away, are sent with a
   number of their own, so that sending twice stores once, and the page follows the moderator by itself.
   Without this script the forms work as forms. */
"use strict";

(() => {
  const root = document.querySelector("[data-board]");
  if (!root) return;
  const POLL_MS = 3000;
  const SPREAD_MS = 1500;
  const RETRY_MS = [1000, 2000, 4000, 8000];
  const code = root.dataset.board;
  const find = (selector) => root.querySelector(selector);
  const memory = (act) => { try { return act(localStorage); } catch { return null; } };
  const kept = (name, otherwise) => {
    try { return JSON.parse(memory((store) => store.getItem(`board:${code}:${name}`))) ?? otherwise; } catch { return otherwise; }
  };
  const keep = (name, value) => memory((store) => store.setItem(`board:${code}:${name}`, JSON.stringify(value)));

  /* crypto.randomUUID is missing where a hall is served without TLS. */
  const newNumber = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  /* ---- what waits to be sent ---- */
  let queue = kept("queue", []).map(({ text, sent_as }) => ({ text, sent_as }));
  let isSending = false;
  let tries = 0;
  let retry = null;
  const line = (text, note) => {
    const item = document.createElement("li");
    item.dir = "auto";
    item.textContent = text;
    if (note) item.append(Object.assign(document.createElement("small"), { textContent: note }));
    return item;
  };
  const showQueue = () => {
    const box = find("[data-waiting]");
    if (!box) return;
    const isShown = queue.some((idea) => idea.problem) || (tries > 0 && queue.length > 0);
    box.hidden = !isShown;
    const note = find("[data-waiting-note]");
    note.textContent = isShown && queue.some((idea) => !idea.problem) ? note.dataset.offline : "";
    find("[data-waiting-list]").replaceChildren(...queue.map((idea) => line(idea.text, idea.problem)));
  };
  const store = () => { keep("queue", queue); showQueue(); };
  const showSent = (text) => {
    find("[data-own]")?.prepend(line(text));
    find("[data-own-empty]")?.remove();
    const status = find("[data-idea-status]");
    if (status) status.textContent = status.dataset.sent;
  };
  const post = (form, fields) => {
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: find("[name=csrfmiddlewaretoken]")?.value ?? "" });
    return fetch(form, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
  };
  const again = () => {
    clearTimeout(retry);
    retry = setTimeout(flush, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    tries += 1;
  };
  const flush = async () => {
    const idea = queue.find((each) => !each.problem);
    if (isSending || !idea || !find("[data-joined]")) return;
    isSending = true;
    try {
      const response = await post(`/b/${code}/ideas/`, { text: idea.text, sent_as: idea.sent_as });
      if (response.status === 201) {
        queue = queue.filter((each) => each !== idea);
        tries = 0;
        showSent(idea.text);
      } else if (response.status === 422) {
        idea.problem = (await response.json()).problem;
      } else {
        if (response.status === 403) await refresh();
        again();
      }
    } catch {
      again();
    }
    isSending = false;
    store();
    if (tries === 0) flush();
  };
  addEventListener("online", () => { tries = 0; flush(); });

  /* ---- what is being typed ---- */
  const restoreDraft = () => {
    const field = find("[data-idea] textarea");
    const draft = kept("draft", "");
    if (field && draft && !field.value) field.value = draft;
    const late = find("[data-late]");
    if (late) late.hidden = !draft;
  };
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-idea] textarea")) keep("draft", event.target.value);
    if (event.target.matches("[data-points] input")) changed(event.target.form);
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-idea]")) {
      event.preventDefault();
      const text = form.elements.text.value.trim();
      if (!text) { form.elements.text.focus(); return; }
      queue.push({ text, sent_as: newNumber() });
      form.elements.text.value = "";
      keep("draft", "");
      find("[data-idea-status]").textContent = "";
      store();
      form.elements.text.focus();
      flush();
    } else if (form.matches("[data-points]")) {
      event.preventDefault();
      savePoints(form);
    }
  });

  /* ---- points ---- */
  let saving = null;
  const fieldsOf = (form) => [...form.querySelectorAll("input[type=number]")];
  const leftOf = (form) => Number(form.dataset.most) - fieldsOf(form).reduce((sum, field) => sum + (Number(field.value) || 0), 0);
  const showLeft = (form) => {
    const left = leftOf(form);
    find("[data-left]").textContent = String(Math.max(0, left));
    for (const button of form.querySelectorAll("[data-step]")) {
      const field = button.parentElement.querySelector("input");
      const isEnd = button.dataset.step === "1" ? left <= 0 : Number(field.value) <= 0;
      button.setAttribute("aria-disabled", String(isEnd));
    }
  };
  const changed = (form) => {
    showLeft(form);
    clearTimeout(saving);
    saving = setTimeout(() => savePoints(form), 600);
  };
  const savePoints = async (form) => {
    clearTimeout(saving);
    const status = find("[data-points-status]");
    try {
      const response = await post(form.action, Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value])));
      if (response.status === 403) await refresh();
      if (!response.ok && response.status !== 422) throw new Error(String(response.status));
      const answer = await response.json();
      status.textContent = answer.saved ?? answer.problem;
    } catch {
      saving = setTimeout(() => { if (form.isConnected) savePoints(form); }, RETRY_MS[1]);
    }
  };
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const field = button.parentElement.querySelector("input");
    field.value = String(Math.max(0, (Number(field.value) || 0) + Number(button.dataset.step)));
    changed(field.form);
  });

  /* ---- follow the moderator ---- */
  const stage = () => find("[data-stage]").dataset.stage;
  const settle = () => {
    for (const element of root.querySelectorAll("[data-needs-script]")) element.hidden = false;
    const form = find("[data-points]");
    if (form) showLeft(form);
    restoreDraft();
    showQueue();
  };
  const refresh = async () => {
    const response = await fetch(`/b/${code}/?part=1`, { credentials: "same-origin" });
    if (!response.ok) return;
    const text = await response.text();
    const focused = document.activeElement?.id;
    const selection = document.activeElement?.selectionStart;
    root.innerHTML = text;
    settle();
    const field = focused && document.getElementById(focused);
    if (field) {
      field.focus();
      if (field.matches("textarea")) field.setSelectionRange(selection, selection);
    }
  };
  let asking = null;
  const ask = async () => {
    clearTimeout(asking);
    try {
      const response = document.hidden ? null : await fetch(`${root.dataset.liveUrl}?since=${stage()}`);
      if (response?.status === 200 && String((await response.json()).stage) !== stage()) {
        /* Not the whole hall in the same moment. */
        await new Promise((done) => setTimeout(done, SPREAD_MS * Math.random()));
        await refresh();
      }
    } catch { /* The network is away; asked again in a moment. */ }
    asking = setTimeout(ask, POLL_MS * (0.75 + Math.random() / 2));
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

  settle();
  flush();
  asking = setTimeout(ask, POLL_MS * Math.random());
})();
