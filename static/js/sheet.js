// The sheet of filters on a phone is opened by its address, so that Back closes it. Here it keeps the keyboard inside.

const sheet = document.getElementById("filters");

function opened() {
  return getComputedStyle(sheet).display !== "none" && getComputedStyle(sheet).position === "fixed";
}

function settle() {
  const open = opened();
  for (const part of document.querySelectorAll("body > :not(.browse), .browse > main")) part.inert = open;
  if (open) sheet.focus();
  else if (location.hash === "#main") document.querySelector(".filter-button")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && opened()) location.hash = "#main";
});

addEventListener("hashchange", settle);
addEventListener("resize", () => {
  if (!opened()) for (const part of document.querySelectorAll("[inert]")) part.inert = false;
});
if (opened()) settle();
