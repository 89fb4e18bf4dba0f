// The page of a run that is under way keeps itself up to date; once the run has ended, it is fetched whole.

const run = document.getElementById("run");
const part = (name) => document.getElementById(name);
const FIRST = 1000;
const SLOWEST = 10000;

let quarter = null;
let pause = FIRST;

function show(now) {
  // Who listens to the page is told when the state changes and at every quarter, not each second.
  const said = part("standing");
  const words = now.quarter && now.state === "running" ? `${now.words} ${now.files}.` : now.words;
  if (quarter !== `${now.words}${now.quarter}`) said.textContent = words;
  quarter = `${now.words}${now.quarter}`;
  part("progress").max = now.total;
  part("progress").value = now.done;
  part("files").textContent = now.files;
  part("left").textContent = now.left;
  part("lines").replaceChildren(
    ...now.lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }),
  );
}

async function look() {
  try {
    const answer = await fetch(run.dataset.standing, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return part("look").hidden = false;
    const now = await answer.json();
    if (!now.live) return window.location.reload();
    show(now);
    pause = document.hidden ? SLOWEST : Math.min(SLOWEST, pause * 1.1);
  } catch {
    pause = SLOWEST; // the library does not answer just now
  }
  setTimeout(look, pause);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) pause = FIRST; });
part("look").hidden = true;
setTimeout(look, FIRST);
