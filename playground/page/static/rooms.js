// The sidebar, and opening conversations and the app's own pages.
import { refreshHome, showTab } from "./home.js";
import { openMessages } from "./messages.js";
import { closeThread } from "./thread.js";
import { $, attempt, get, post, state } from "./state.js";

const sidebar = $("sidebar");

function markCurrent() {
  const current = state.app ? state.bot : state.room;
  for (const link of sidebar.querySelectorAll("[data-room]")) {
    if (link.dataset.room === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

export async function refreshSidebar() {
  const body = await attempt(() => get("sidebar"));
  if (!body) return;
  const focused = sidebar.contains(document.activeElement) ? document.activeElement.dataset.room : null;
  const top = sidebar.scrollTop;
  sidebar.innerHTML = body.html;
  sidebar.scrollTop = top;
  state.directory = body.directory;
  state.zone = body.zone;
  markCurrent();
  if (focused) sidebar.querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
}

/** Fold the sidebar away on a phone. */
export function foldSidebar(open = false) {
  sidebar.classList.toggle("open", open);
  $("open-sidebar").setAttribute("aria-expanded", String(open));
}

/** Open a channel, a person's messages or (by the bot's id) the app. */
export async function openRoom(id, { focus = true } = {}) {
  const found = await attempt(() => post("open", { room: id }));
  if (!found) return;
  state.app = Boolean(found.app);
  closeThread();
  foldSidebar();
  history.replaceState(null, "", `?as=${encodeURIComponent(state.me)}#${id}`);
  $("tabs").hidden = !state.app;
  if (state.app) showTab(found.tab);
  else { $("home").hidden = true; $("talk").hidden = false; }
  await openMessages(found.channel, found.read);
  if (state.app && state.tab === "home") await refreshHome(true);
  markCurrent();
  document.title = $("room-head").querySelector("h1")?.textContent ?? document.title;
  if (focus && matchMedia("(hover: hover)").matches && !$("talk").hidden) $("composer-text").focus();
}

sidebar.addEventListener("click", (event) => {
  const link = event.target.closest("[data-room]");
  if (!link) return;
  event.preventDefault();
  openRoom(link.dataset.room);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open-channel]");
  if (!link) return;
  event.preventDefault();
  openRoom(link.dataset.openChannel);
});
$("open-sidebar").addEventListener("click", () => {
  foldSidebar(!sidebar.classList.contains("open"));
  // It can take focus only once it has begun to slide in.
  if (sidebar.classList.contains("open")) setTimeout(() => sidebar.querySelector("a")?.focus(), 40);
});
sidebar.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...sidebar.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  links[(at + (event.key === "ArrowDown" ? 1 : -1) + links.length) % links.length].focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !sidebar.classList.contains("open")) return;
  foldSidebar();
  $("open-sidebar").focus();
});
$("main").addEventListener("click", () => foldSidebar());
