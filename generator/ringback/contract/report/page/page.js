
"use strict";
// The page is whole without this: here are filters, copying, and opening what a link points at.
const byId = (id) => document.getElementById(id);
const cards = [...document.querySelectorAll(".finding")];
const fields = ["text", "severity", "code", "operation"].map(byId).filter(Boolean);
const plain = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));

function fits(card) {
  const words = byId("text").value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => plain.get(card).includes(word))
    && ["severity", "code", "operation"].every((name) => !byId(name).value || card.dataset[name] === byId(name).value);
}
function filter() {
  let shown = 0;
  for (const card of cards) {
    card.hidden = !fits(card);
    if (!card.hidden) shown += 1;
  }
  const chosen = fields.some((field) => field.value);
  byId("clear").hidden = !chosen;
  byId("nothing").hidden = shown > 0;
  byId("shown").textContent = chosen ? shown + " of " + cards.length : "";
}
function unfold() {
  const visible = cards.filter((card) => !card.hidden);
  const open = visible.some((card) => !card.open);
  for (const card of visible) card.open = open;
  byId("unfold").textContent = open ? "Close all" : "Open all";
}
// A link to an exchange leads to wherever the page shows it, a finding's own place among them.
function reveal() {
  const id = decodeURIComponent(location.hash.slice(1));
  const node = byId(id) || document.querySelector(`[id^="${CSS.escape(id)}-f"]`);
  if (!id || !node) return;
  for (let up = node; up; up = up.parentElement) {
    if (up.tagName === "DETAILS") up.open = true;
    if (up.hidden) up.hidden = false;
  }
  node.scrollIntoView();
}
async function copy(button, code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.execCommand("copy");
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1200);
}

if (cards.length) {
  byId("filters").hidden = false;
  for (const field of fields) field.addEventListener("input", filter);
  byId("clear").addEventListener("click", () => { for (const field of fields) field.value = ""; filter(); });
  byId("unfold").addEventListener("click", unfold);
}
for (const link of document.querySelectorAll("[data-choose]")) {
  link.addEventListener("click", () => { byId("operation").value = link.dataset.choose; filter(); });
}
for (const command of document.querySelectorAll(".command")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", () => copy(button, command.querySelector("code")));
  command.append(button);
}
addEventListener("hashchange", reveal);
addEventListener("beforeprint", () => { for (const card of document.querySelectorAll(".finding, .group")) card.open = true; });
reveal();
