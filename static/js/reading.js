// The reading page: how far one has read, the keyboard, and the way back to the shelf one came from.

const root = document.documentElement;
const text = document.getElementById("text");
const line = document.querySelector(".progress");
const left = document.querySelector(".where [data-minutes]");

const shelf = sessionStorage.getItem("shelf");
if (shelf?.startsWith("/")) for (const way of document.querySelectorAll("a.back")) way.href = shelf;

// How far, and how long still: the time left at the top of the page, less what has been read of it.
const shown = [...document.querySelectorAll(".chapter-text")].reduce((sum, part) => sum + Number(part.dataset.minutes), 0);
const total = Number(left.dataset.minutes);

function duration(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!hours) return `${rest} min`;
  return rest && hours < 10 ? `${hours} h ${rest} min` : `${hours} h`;
}

function measure() {
  const box = text.getBoundingClientRect();
  const far = Math.min(1, Math.max(0, (innerHeight - box.top) / box.height));
  const read = box.top >= 0 ? 0 : far;
  line.style.setProperty("--read", read.toFixed(3));
  left.textContent = duration(Math.max(read === 1 ? 0 : 1, Math.round(total - shown * read)));
}

let waiting = false;
addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; measure(); });
}, { passive: true });
line.hidden = false;
measure();

// The keyboard. Never while typing, never with a modifier, never when the reader has turned it off.
const help = document.getElementById("keys");
const go = (rel) => document.querySelector(`.turn a[rel="${rel}"]`)?.click();

function toggle(id) {
  const menu = document.getElementById(id);
  if (!menu) return;
  menu.open = !menu.open;
  if (menu.open) menu.querySelector("summary").focus();
}

const rtl = text.dir === "rtl";
const keys = {
  ArrowLeft: () => go(rtl ? "next" : "prev"),
  ArrowRight: () => go(rtl ? "prev" : "next"),
  h: () => go("prev"),
  l: () => go("next"),
  c: () => toggle("contents"),
  s: () => toggle("look"),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  if (root.dataset.keys === "off") return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
