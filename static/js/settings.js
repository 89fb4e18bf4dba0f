// Settings act at once and are kept by the server, which writes the cookie. Without this the form has a button.

const root = document.documentElement;
const AT_ONCE = new Set(["theme", "size", "leading", "width", "face", "keys"]);

function apply(input) {
  if ("usual" in input.dataset) delete root.dataset[input.name];
  else if (AT_ONCE.has(input.name)) root.dataset[input.name] = input.value;
}

function keep(form) {
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true });
}

for (const form of document.querySelectorAll("form.look")) {
  form.querySelector(".apply").hidden = true;
  form.addEventListener("change", (event) => {
    apply(event.target);
    keep(form);
  });
}
