// The top bar: the workspace's clock, who one is, light or dark, and the steps to try.
import { clearHome } from "./home.js";
import { openMenu } from "./menus.js";
import { follow } from "./messages.js";
import { hide } from "./modal.js";
import { openRoom, refreshSidebar } from "./rooms.js";
import { reconnect } from "./live.js";
import { closeThread } from "./thread.js";
import { $, announce, attempt, fromHTML, get, post, state, t } from "./state.js";

const dialog = $("clock-dialog");
let persons = [];

/** Draw the clock and who one is. */
export async function refreshTop() {
  const body = await attempt(() => get("top"));
  if (!body) return;
  persons = body.people;
  state.zone = body.zone;
  $("clock-time").textContent = body.clock.short;
  $("clock-tiny").textContent = body.clock.tiny;
  $("clock").classList.toggle("ahead", body.clock.moved);
  dialog.querySelector(".clock-now").textContent = body.clock.long;
  const me = persons.find((one) => one.id === state.me);
  $("who-name").textContent = me.name;
  $("who-avatar").replaceChildren(fromHTML(me.avatar));
  $("who-label").textContent = `${me.name}. ${$("who").title}`;
  if (!dialog.open) $("clock-when").value = body.clock.input;
}

async function become(person) {
  if (person.id === state.me) return;
  state.me = person.id;
  hide();
  closeThread();
  clearHome();
  reconnect();
  await refreshTop();
  await refreshSidebar();
  await openRoom(state.app ? state.bot : state.room, { focus: false });
  announce(t("You are now {name}.", { name: person.name }));
}

$("who").addEventListener("click", () => openMenu($("who"), [
  { title: $("who").title },
  ...persons.map((one) => ({
    name: one.name, about: one.title, sign: fromHTML(one.avatar), picked: one.id === state.me, run: () => become(one),
  })),
]));

$("clock").addEventListener("click", async () => { await refreshTop(); dialog.showModal(); });
dialog.addEventListener("click", async (event) => {
  const jump = event.target.closest("[data-jump]")?.dataset.jump;
  if (!jump) return;
  follow(10);
  const moved = await attempt(() => post("clock", { jump, when: $("clock-when").value }));
  if (!moved) return;
  dialog.close();
  await refreshTop();
  announce(t("The workspace's clock now shows {time}.", { time: $("clock-time").textContent }));
});
setInterval(() => { if (!document.hidden) refreshTop(); }, 20000);

$("theme").addEventListener("click", () => {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  localStorage.setItem("theme", next);
});

const ticks = [...document.querySelectorAll("[data-step]")];
const stepsOpen = () => localStorage.getItem("steps") !== "closed";

function showSteps(open, remember = true) {
  $("steps").hidden = !open;
  $("toggle-steps").setAttribute("aria-expanded", String(open));
  if (remember) localStorage.setItem("steps", open ? "open" : "closed");
}

function countSteps() {
  const done = ticks.filter((tick) => tick.checked);
  $("steps-count").textContent = t("Steps done: {done} of {all}", { done: done.length, all: ticks.length });
  sessionStorage.setItem("steps-done", JSON.stringify(done.map((tick) => tick.dataset.step)));
}

const doneEarlier = JSON.parse(sessionStorage.getItem("steps-done") ?? "[]");
for (const tick of ticks) {
  tick.checked = doneEarlier.includes(tick.dataset.step);
  tick.addEventListener("change", countSteps);
}
countSteps();
showSteps(ticks.length > 0 && stepsOpen() && innerWidth > 1100, false);
$("toggle-steps").addEventListener("click", () => showSteps($("steps").hidden));
$("steps").addEventListener("click", (event) => {
  if (event.target.closest("[data-do=close-steps]")) { showSteps(false); $("toggle-steps").focus(); }
});
$("steps").addEventListener("keydown", (event) => {
  if (event.key === "Escape") { showSteps(false); $("toggle-steps").focus(); }
});
