// The shelf: reading pages learn the way back to it; filters act at once, and their sheet keeps the keyboard inside.

import { follow } from "./asking.js";
import "./naming.js";
import "./sheet.js";

const remember = () => sessionStorage.setItem("shelf", location.pathname + location.search);

remember();
document.addEventListener("shelf", remember);

// Whatever asks another question of this shelf is asked here; all else goes its own way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("#ask, #turn, .typing form")) return;
  const asked = new FormData(form);
  const pressed = event.submitter;
  if (pressed?.name) asked.append(pressed.name, pressed.value);
  const address = new URL(form.action.split("#")[0]);
  address.search = new URLSearchParams([...asked].filter(([, value]) => value.trim()));
  event.preventDefault();
  follow(address);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href^='?']");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  follow(new URL(link.href), { top: link.closest(".pages") !== null });
});
