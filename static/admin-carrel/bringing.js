// Files dropped or chosen are sent with a bar that shows how far they are. Without this the form is sent as it is.

const form = document.getElementById("bringing");
const drop = document.getElementById("drop");
const inputs = [...form.querySelectorAll("input[type=file]")];
const chosen = document.getElementById("chosen");
const sending = document.getElementById("sending");
const progress = document.getElementById("progress");
const sent = document.getElementById("sent");
const bring = document.getElementById("bring");
const stop = document.getElementById("stop");

let dropped = []; // { file, path }
let request = null;

const count = new Intl.NumberFormat("en-GB");
const files = (number) => `${count.format(number)} ${number === 1 ? "file" : "files"}`;

function size(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  let step = 0;
  while (bytes >= 1024 && step < units.length - 1) [bytes, step] = [bytes / 1024, step + 1];
  return `${step ? bytes.toFixed(1) : bytes} ${units[step]}`;
}

function all() {
  const picked = inputs.flatMap((input) => [...input.files]);
  return [...picked.map((file) => ({ file, path: file.webkitRelativePath || file.name })), ...dropped];
}

const weight = (those) => those.reduce((sum, one) => sum + one.file.size, 0);

function tell() {
  const those = all();
  chosen.textContent = those.length ? `${files(those.length)}, ${size(weight(those))}` : "";
}

function trouble(words) {
  let note = form.previousElementSibling;
  if (!note?.classList.contains("errornote")) {
    note = document.createElement("p");
    note.className = "errornote";
    note.setAttribute("role", "alert");
    form.before(note);
  }
  note.textContent = words;
  note.scrollIntoView({ block: "nearest" });
}

function rest() {
  request = null;
  sending.hidden = stop.hidden = true;
  bring.disabled = false;
}

// What is dropped may be a folder: its files are looked up one folder after the other.

async function below(entry, path = "") {
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    return [{ file, path: path + file.name }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) found.push(...(await below(one, `${path}${entry.name}/`)));
  }
}

async function take(event) {
  event.preventDefault();
  drop.classList.remove("over");
  if (request) return;
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const loose = [...event.dataTransfer.files];
  try {
    for (const entry of entries) dropped.push(...(await below(entry)));
    if (!entries.length) dropped.push(...loose.map((file) => ({ file, path: file.name })));
  } catch {
    trouble("Something that was dropped cannot be read.");
  }
  tell();
}

function over(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  drop.classList.add("over");
}

function arrived() {
  const answer = request.response;
  if (request.status === 200 && answer?.address) return window.location.assign(answer.address);
  const names = Object.keys(answer?.fields ?? {});
  if (names.length) form.querySelector("details").open = true;
  const which = names.length ? ` (${names.join(", ")})` : "";
  trouble((answer?.trouble ?? "The library did not take it. Open this page again, and sign in if you are asked to.") + which);
  rest();
}

function send(event) {
  event.preventDefault();
  if (request) return;
  const those = all();
  if (!those.length) return trouble("Choose files or a folder first.");
  if (those.length > Number(form.dataset.files)) return trouble(`More than ${files(Number(form.dataset.files))} at once; bring them in several goes, or as a zip.`);
  if (weight(those) > Number(form.dataset.limit)) return trouble(`Too much at once: one upload may have ${size(Number(form.dataset.limit))}. Bring the files in several goes.`);
  const data = new FormData(form);
  data.delete("files");
  data.append("paths", JSON.stringify(those.map((one) => one.path)));
  those.forEach((one, number) => data.append("files", one.file, String(number)));
  request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  let quarter = -1;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = total ? (100 * loaded) / total : 0;
    if (Math.floor(progress.value / 25) === quarter && loaded < total) return;
    quarter = Math.floor(progress.value / 25);
    sent.textContent = loaded < total ? `${size(loaded)} of ${size(total)} sent` : "All sent; the library is putting it away.";
  });
  request.addEventListener("load", arrived);
  request.addEventListener("error", () => (trouble("The upload broke off. Nothing of it was kept; send it again."), rest()));
  request.addEventListener("abort", () => (trouble("Stopped. Nothing of it was kept."), rest()));
  sending.hidden = stop.hidden = false;
  bring.disabled = true;
  progress.value = 0;
  sent.textContent = `Sending ${files(those.length)} …`;
  request.send(data);
}

for (const input of inputs) input.addEventListener("change", tell);
document.addEventListener("dragover", over);
document.addEventListener("dragleave", (event) => event.relatedTarget || drop.classList.remove("over"));
document.addEventListener("drop", take);
form.addEventListener("submit", send);
stop.addEventListener("click", () => request?.abort());
drop.querySelector(".dropping").hidden = false;
tell();
