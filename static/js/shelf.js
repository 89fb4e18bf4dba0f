// The shelf: reading pages learn the way back to it, and the filter sheet of a phone keeps the keyboard inside.

const sheet = document.getElementById("filters");

sessionStorage.setItem("shelf", location.pathname + location.search);

function opened() {
  return location.hash === "#filters" && getComputedStyle(sheet).position === "fixed";
}

function settle() {
  const open = opened();
  document.querySelectorAll("body > :not(.browse), .browse > main").forEach((part) => { part.inert = open; });
  if (open) sheet.focus();
  else if (location.hash === "#main") document.querySelector(".filter-button")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened()) location.hash = "#main";
});

addEventListener("hashchange", settle);
addEventListener("resize", () => { if (!opened()) document.querySelectorAll("[inert]").forEach((part) => { part.inert = false; }); });
if (opened()) settle();
