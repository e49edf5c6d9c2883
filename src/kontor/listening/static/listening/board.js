/* The moderator's desk and the screen: what is new appears by itself; ideas can be dragged. Without this script
   the desk is forms, and the screen is what it was when it was opened. */
"use strict";

(() => {
  const POLL_MS = 2000;
  const live = document.querySelector("[data-live]");
  const news = document.querySelector("[data-news]");

  const settle = () => {
    for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
  };
  settle();

  /* ---- copy the ranking into the minutes ---- */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-table]");
    if (!button) return;
    const table = document.getElementById(button.dataset.copyTable).cloneNode(true);
    for (const cell of table.querySelectorAll("[data-no-copy]")) cell.remove();
    const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join("\t"));
    const part = (type, text) => [type, new Blob([text], { type })];
    const parts = Object.fromEntries([part("text/html", table.outerHTML), part("text/plain", rows.join("\n"))]);
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    document.querySelector("[data-copy-status]").textContent = button.dataset.copied;
  });
  if (!live) return;

  /* ---- what is new ---- */
  const revision = () => live.querySelector("[data-revision]")?.dataset.revision ?? "0";
  const ticked = () => [...live.querySelectorAll('input[type="checkbox"]:checked')];
  let isDragging = false;
  const isBusy = () => {
    const here = document.activeElement;
    const isTyping = live.contains(here) && here.matches("input:not([type=checkbox]), select, textarea");
    return isDragging || isTyping || ticked().length > 0;
  };
  const keyOf = (element) => (element ? [element.id, element.name, element.value, element.getAttribute("href"), element.getAttribute("formaction")].join("|") : "");
  const show = (html) => {
    const key = live.contains(document.activeElement) ? keyOf(document.activeElement) : "";
    const open = [...live.querySelectorAll("details")].map((each) => each.open);
    live.innerHTML = html;
    live.querySelectorAll("details").forEach((each, place) => { each.open = open[place] ?? false; });
    settle();
    if (news) news.hidden = true;
    if (key) [...live.querySelectorAll("a, button, input, select")].find((each) => keyOf(each) === key)?.focus();
  };
  const isOurs = (response) => response.ok && !response.redirected && response.status !== 204;
  const ask = async (isForced = false) => {
    try {
      const response = await fetch(`${live.dataset.live}?since=${revision()}`, { credentials: "same-origin" });
      if (isOurs(response)) {
        const html = await response.text();
        if (isForced || !isBusy()) show(html);
        else if (news) news.hidden = false;
      }
    } catch { /* The network is away; asked again in a moment. */ }
  };
  const again = async () => {
    if (!document.hidden) await ask();
    setTimeout(again, POLL_MS);
  };
  setTimeout(again, POLL_MS);
  document.querySelector("[data-take-news]")?.addEventListener("click", () => ask(true));

  /* ---- forms of the desk: the page stays where it is ---- */
  live.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-part]")) return;
    event.preventDefault();
    const by = event.submitter;
    const action = by?.getAttribute("formaction") ?? form.action;
    const body = new URLSearchParams(new FormData(form, by));
    try {
      const response = await fetch(action, { method: "POST", body, headers: { "X-Board-Part": "1" }, credentials: "same-origin" });
      if (!response.redirected && (response.ok || response.status === 422)) show(await response.text());
      else location.reload();
    } catch {
      form.submit();
    }
  });

  /* ---- drag ideas; those that are ticked come along ---- */
  const heapOf = (target) => (target instanceof Element ? target.closest("[data-heap]") : null);
  const mark = (heap) => {
    for (const each of live.querySelectorAll("[data-heap].over")) each.classList.toggle("over", each === heap);
    heap?.classList.add("over");
  };
  live.addEventListener("dragstart", (event) => {
    const card = event.target.closest("[data-idea-card]");
    if (!card) return;
    isDragging = true;
    card.querySelector("input").checked = true;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.textContent.trim());
  });
  live.addEventListener("dragover", (event) => {
    const heap = isDragging && heapOf(event.target);
    if (!heap) return;
    event.preventDefault();
    mark(heap);
  });
  live.addEventListener("dragend", () => { isDragging = false; mark(null); });
  live.addEventListener("drop", (event) => {
    const heap = isDragging && heapOf(event.target);
    if (!heap) return;
    event.preventDefault();
    isDragging = false;
    const form = live.querySelector("[data-sort]");
    form.elements.target.value = heap.dataset.heap;
    form.requestSubmit(form.querySelector("[data-place]"));
  });
})();
