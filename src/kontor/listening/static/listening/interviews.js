/* Marking passages of a transcript: the form is filled from what is selected, by mouse or by keyboard.
   Offsets are counted in UTF-16 units from the beginning of the transcript; the server turns them into characters.
   Without this script the words are pasted into the form and looked for. */
"use strict";

(() => {
  const text = document.querySelector("[data-transcript]");
  const form = document.querySelector("form[data-mark]");
  if (!text || !form) return;
  const { start, end, words, topic, statement } = form.elements;
  const needFields = form.querySelector("[data-need-fields]");

  /* ---- from the selection into the form ---- */
  const offsetOf = (node, offset) => {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, offset);
    return range.toString().length;
  };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    return { from: offsetOf(range.startContainer, range.startOffset), to: offsetOf(range.endContainer, range.endOffset) };
  };
  let filled = statement.value;
  const take = () => {
    const found = selected();
    if (!found) return;
    start.value = found.from;
    end.value = found.to;
    words.value = text.textContent.slice(found.from, found.to);
    if (statement.value === filled) {
      statement.value = words.value.trim().replace(/\s+/g, " ").slice(0, 2000);
      filled = statement.value;
    }
  };
  text.addEventListener("mouseup", () => setTimeout(take, 0));
  text.addEventListener("touchend", () => setTimeout(take, 0));
  document.addEventListener("selectionchange", () => { if (document.activeElement !== words) take(); });
  /* Words typed by hand are looked for, wherever the old place was. */
  words.addEventListener("input", () => { start.value = ""; end.value = ""; });

  /* ---- the keyboard: sentences and words ---- */
  const cuts = (granularity, fallback) => {
    const all = text.textContent;
    if (typeof Intl !== "undefined" && Intl.Segmenter) {
      const segmenter = new Intl.Segmenter(document.documentElement.lang || "en", { granularity });
      return [...segmenter.segment(all)].map((each) => each.index).concat(all.length);
    }
    return [0, ...[...all.matchAll(fallback)].map((each) => each.index + each[0].length), all.length];
  };
  let sentences = null;
  let wordCuts = null;
  const placeAt = (offset) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let left = offset;
    let node = walker.nextNode();
    let last = node;
    while (node) {
      if (left <= node.length) return [node, left];
      left -= node.length;
      last = node;
      node = walker.nextNode();
    }
    return [last, last.length];
  };
  const choose = (from, to) => {
    getSelection().setBaseAndExtent(...placeAt(from), ...placeAt(to));
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    const frame = text.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) text.scrollTop += box.top - frame.top - frame.height / 3;
    take();
  };
  const before = (points, offset) => points.filter((each) => each < offset).at(-1) ?? 0;
  const after = (points, offset) => points.find((each) => each > offset) ?? points.at(-1);
  const move = (key, isMore) => {
    sentences ??= cuts("sentence", /[.!?…]+\s+|\n+/gu);
    wordCuts ??= cuts("word", /\s+/gu);
    const now = selected();
    const isDown = key === "ArrowDown" || key === "ArrowRight";
    const points = key === "ArrowLeft" || key === "ArrowRight" ? wordCuts : sentences;
    if (!now) return choose(0, after(sentences, 0));
    if (isMore) return choose(now.from, isDown ? after(points, now.to) : Math.max(before(points, now.to), after(wordCuts, now.from)));
    if (points === wordCuts) return choose(isDown ? Math.min(after(points, now.from), before(points, now.to)) : before(points, now.from), now.to);
    const from = isDown ? (sentences.includes(now.to) ? now.to : after(sentences, now.from)) : before(sentences, now.from);
    return from >= sentences.at(-1) ? undefined : choose(from, after(sentences, from));
  };
  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      move(event.key, event.shiftKey);
    } else if (event.key === "Enter" && selected()) {
      event.preventDefault();
      take();
      topic.focus();
    }
  });

  /* ---- only a need has country and urgency ---- */
  const showNeed = () => { needFields.hidden = !topic.value; };
  topic.addEventListener("change", showNeed);
  showNeed();
})();
