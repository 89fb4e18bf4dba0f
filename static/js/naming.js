// The boxes that take a name: typing narrows the values that are shown, and names that are not are suggested.

const PAUSE = 120;
const MOST = 10;
const sheet = document.getElementById("filters");
let waiting = 0;
let asked = null;

const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
const box = (event) => event.target.closest?.("input[data-kind]");
const list = (input) => document.getElementById(`names-${input.dataset.kind}`);

sheet.addEventListener("input", (event) => {
  const input = box(event);
  if (!input) return;
  narrow(input);
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(input), PAUSE);
});

function narrow(input) {
  const typed = folded(input.value);
  for (const value of input.closest("details").querySelectorAll("li:not([role])")) {
    if (!value.querySelector("bdi")) continue;
    value.hidden = typed !== "" && !value.className && !folded(value.querySelector("bdi").textContent).includes(typed);
  }
}

async function suggest(input) {
  asked?.abort();
  const typed = input.value.trim();
  if (!typed) return shut(input);
  asked = new AbortController();
  const kind = input.dataset.kind === "tag" ? "" : input.dataset.kind;
  try {
    const response = await fetch(`/suggest/?${new URLSearchParams({ kind, q: typed })}`, { signal: asked.signal });
    if (response.ok && input.isConnected) open(input, (await response.json()).slice(0, MOST));
  } catch {
    // No suggestions: what was typed can be added all the same.
  }
}

function open(input, names) {
  shut(input);
  if (!names.length) return;
  const options = document.createElement("ul");
  options.id = `names-${input.dataset.kind}`;
  options.className = "names";
  options.setAttribute("role", "listbox");
  options.setAttribute("aria-label", input.getAttribute("aria-label"));
  names.forEach((one, number) => options.append(option(one, `${options.id}-${number}`)));
  input.parentElement.append(options);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-controls", options.id);
}

function option(one, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.slug = one.slug;
  item.dataset.kind = one.kind;
  const name = document.createElement("bdi");
  name.textContent = one.name;
  const count = document.createElement("span");
  count.className = "n";
  count.textContent = one.count.toLocaleString("en");
  item.append(name, " ", count);
  return item;
}

function leave(input) {
  clearTimeout(waiting);
  asked?.abort();
  shut(input);
}

function shut(input) {
  list(input)?.remove();
  if (input.hasAttribute("aria-expanded")) input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-controls");
  input.removeAttribute("aria-activedescendant");
}

function pick(input, chosen) {
  const button = document.createElement("button");
  button.name = "put";
  button.value = `${input.dataset.kind === "tag" ? chosen.dataset.kind : input.dataset.kind}:${chosen.dataset.slug}`;
  button.hidden = true;
  input.value = "";
  input.form.append(button);
  input.form.requestSubmit(button);
  button.remove();
  shut(input);
}

function move(input, options, by) {
  const now = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = (now + by + options.length + (now < 0 && by < 0 ? 1 : 0)) % options.length;
  options.forEach((one, number) => one.setAttribute("aria-selected", String(number === next)));
  options[next].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[next].id);
}

sheet.addEventListener("keydown", (event) => {
  const input = box(event);
  if (input && event.key === "Escape") {
    if (list(input)) event.preventDefault();
    return leave(input);
  }
  const options = input && list(input) ? [...list(input).children] : [];
  if (!options.length) return;
  const chosen = options.find((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(input, options, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && chosen) pick(input, chosen);
  else return;
  event.preventDefault();
});

sheet.addEventListener("pointerdown", (event) => {
  const chosen = event.target.closest?.(".names [role=option]");
  if (!chosen) return;
  event.preventDefault();
  pick(chosen.closest(".box").querySelector("input"), chosen);
});

sheet.addEventListener("focusout", (event) => {
  const input = box(event);
  if (input) leave(input);
});
