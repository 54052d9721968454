// Puts the page together: opens the first conversation and keeps everything up to date.
import "./actions.js";
import "./composer.js";
import "./tools.js";
import { refreshHome } from "./home.js";
import { listen } from "./live.js";
import { refreshMessages } from "./messages.js";
import { refreshModal } from "./modal.js";
import { openRoom, refreshSidebar } from "./rooms.js";
import { refreshThread } from "./thread.js";
import { refreshTop } from "./top.js";
import { $, state } from "./state.js";

const refreshers = {
  sidebar: refreshSidebar, messages: refreshMessages, thread: refreshThread, modal: refreshModal,
  home: () => (state.app && state.tab === "home" ? refreshHome() : undefined), top: refreshTop,
};
const running = new Set();
const again = new Set();

/** Draw one part anew; asked again while it is being drawn, once more afterwards. */
async function refresh(part) {
  if (running.has(part)) {
    again.add(part);
    return;
  }
  running.add(part);
  try {
    await refreshers[part]();
  } finally {
    running.delete(part);
  }
  if (again.delete(part)) refresh(part);
}

const talk = ["message", "edited", "deleted", "ephemeral", "reaction"];

// Where one is reading, nothing becomes unread.
const isRead = (channel) => channel === state.room && !document.hidden && !$("talk").hidden;

const looksUnread = () => {
  const row = $("sidebar").querySelector(`[data-room="${CSS.escape(state.app ? state.bot : state.room)}"]`);
  return !row || row.matches(".unread") || row.querySelector(".badge");
};

function partsOf({ kind, channel }) {
  if (kind === "all") return Object.keys(refreshers);
  if (kind === "modal" || kind === "home") return [kind];
  if (kind === "clock") return ["top", "messages", "sidebar"];
  if (kind === "read") return isRead(channel) && !looksUnread() ? [] : ["sidebar"];
  const here = channel === state.room ? ["messages"] : [];
  if (talk.includes(kind)) return [...here, ...(state.thread?.channel === channel ? ["thread"] : []), ...(isRead(channel) ? [] : ["sidebar"])];
  return ["sidebar", ...here];
}

// Many pages at once take turns: four milliseconds for each that is open, a second at most.
const crowd = (open = 0) => (open > 20 ? Math.random() * Math.min(open * 4, 1000) : 0);

let due = new Set();
function told(change) {
  if (!partsOf(change).length) return;
  const draw = () => { const parts = due; due = new Set(); parts.forEach(refresh); };
  if (!due.size) setTimeout(draw, 30 + crowd(change.open));
  partsOf(change).forEach((part) => due.add(part));
}

await refreshTop();
await refreshSidebar();
await openRoom(location.hash.slice(1) || JSON.parse($("boot").textContent).start);
listen(told);
document.body.dataset.ready = "1";
