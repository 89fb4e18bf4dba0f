// Asking the shelf another question in place: the same address is fetched as a page, and its parts are laid over
// those that stand here. What is slow or fails is left to the browser, which simply goes there.

const PATIENCE = 4000;
const PARTS = ["#filters", "#main", ".seek", ".ways"];
const told = document.getElementById("told");
let here = place(location);
let asking = null;

function place(address) {
  return address.pathname + address.search;
}

/** Show the shelf at an address of this page. `top`: begin at the top of the works. `back`: it is in the history. */
export async function follow(address, { top = false, back = false, scroll = null } = {}) {
  asking?.abort();
  const mine = asking = new AbortController();
  const late = setTimeout(() => mine.abort("late"), PATIENCE);
  document.getElementById("main").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, signal: mine.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const answered = new URL(response.url);
    if (!response.ok || answered.pathname !== location.pathname || !page.getElementById("filters")) throw answered;
    if (mine !== asking) return;
    show(page, answered, { top, back, scroll });
  } catch {
    if (mine === asking) location.assign(address);
  } finally {
    clearTimeout(late);
    if (mine === asking) asking = null;
  }
}

function show(page, address, { top, back, scroll }) {
  const held = holding(document.activeElement);
  const [x, y] = [scrollX, scrollY];
  const sheet = document.getElementById("filters").scrollTop;
  if (!back) {
    history.replaceState({ scroll: y }, "");
    history.pushState({}, "", place(address) + location.hash);
  }
  here = place(address);
  keepOpen(page);
  for (const part of PARTS) lay(document.querySelector(part), page.querySelector(part));
  document.title = page.title;
  document.getElementById("main").removeAttribute("aria-busy");
  document.getElementById("filters").scrollTop = sheet;
  take(held, top);
  if (top) document.getElementById("main").scrollIntoView();
  else scrollTo(x, scroll ?? y);
  const total = document.querySelector(".said b")?.textContent ?? "0";
  told.textContent = total === "1" ? "1 work" : `${total} works`;
  document.dispatchEvent(new Event("shelf"));
}

/** Lay new contents into a part that stays: the sheet keeps its place, and what stands outside keeps its focus. */
function lay(part, fresh) {
  if (!part || !fresh || part.contains(document.activeElement) && part.matches(".seek")) return;
  part.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
}

/** What the reader opened stays open, what they closed stays closed, unless something in it has been chosen. */
function keepOpen(page) {
  for (const old of document.querySelectorAll("details[data-side]")) {
    const side = page.querySelector(`details[data-side="${old.dataset.side}"]`);
    if (!side) continue;
    const chosen = (one) => Number.parseInt(one.querySelector(".held")?.textContent ?? "0", 10);
    side.open = old.open || chosen(side) > chosen(old);
  }
}

/** How to find again what has the focus: its form, its name, its value. */
function holding(element) {
  if (!element || element === document.body) return null;
  const part = PARTS.find((one) => element.closest(one));
  const side = element.closest("details[data-side]")?.dataset.side;
  const chips = element.closest(".chips") !== null;
  return { part, side, chips, id: element.id, tag: element.localName, name: element.name ?? "", value: element.value ?? "",
    from: element.selectionStart, to: element.selectionEnd };
}

/** Give the focus to what had it before, or to what stands in its place. */
function take(held, top) {
  if (!held?.part || held.part === ".seek") return;
  if (top) return document.getElementById("main").focus({ preventScroll: true });
  const found = again(document.querySelector(held.part), held) ?? document.getElementById("main");
  found.focus({ preventScroll: true });
  if (held.tag === "input" && found.value === held.value) found.setSelectionRange?.(held.from, held.to);
}

function again(part, { side, chips, id, tag, name, value }) {
  if (id && document.getElementById(id)) return document.getElementById(id);
  const within = (side && part.querySelector(`details[data-side="${side}"]`)) || (chips && part.querySelector(".chips")) || part;
  if (tag === "input" || tag === "textarea") return within.querySelector(`${tag}[name="${name}"]`);
  if (tag === "summary") return within.querySelector("summary");
  const buttons = [...within.querySelectorAll("button[value]")];
  const same = buttons.find((one) => one.name === name && one.value === value);
  const meant = (said) => said.replace(/^([\w-]+)\.\w+:/, "$1:").replace(/^primary:/, "relationship:");
  return same ?? buttons.find((one) => meant(one.value) === meant(value)) ?? within.querySelector("summary, button.remove");
}

addEventListener("popstate", (event) => {
  if (place(location) !== here) follow(new URL(location.href), { back: true, scroll: event.state?.scroll ?? null });
});
