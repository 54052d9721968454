// The open conversation: its messages, its heading, and what has been read.
import { reconcile } from "./list.js";
import { $, announce, attempt, fromHTML, get, post, state, t } from "./state.js";

const scroll = $("scroll");
const list = $("messages");
const AT_FIRST = 40;
const below = $("below");
let limit = AT_FIRST;
let drawnRoom = "";
let drawnLimit = 0;
let version = "";
let empty = "";
let lastSeen = "";
let followed = 0;

const nearBottom = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 30;
const toBottom = () => { scroll.scrollTop = scroll.scrollHeight; };
const messageOf = (key) => list.querySelector(`[data-key="${CSS.escape(key)}"]`);

/** Go down as far as this message's beginning stays in sight. */
function downTo(message) {
  toBottom();
  const above = message ? message.getBoundingClientRect().top - scroll.getBoundingClientRect().top : 0;
  if (above < 0) scroll.scrollTop += above - 8;
}

/** Show where unread messages, or a long last one, begin. */
function toFirstUnread() {
  const marks = [...list.querySelectorAll(state.newAfter ? ".new-line" : ".day")];
  downTo(marks.at(-1)?.closest(".message") ?? list.lastElementChild);
}

/** Who has just asked for something wants to see it: what comes within these seconds is scrolled to. */
export function follow(seconds = 6) {
  followed = Date.now() + seconds * 1000;
}

/** Show what came in, or say that it did to somebody who reads further up. */
function meet(fresh, atBottom) {
  if (!fresh.length) {
    if (atBottom) toBottom();
  } else if (atBottom || Date.now() < followed) {
    downTo(messageOf(fresh[0]));
  } else {
    below.dataset.key = below.hidden ? fresh[0] : below.dataset.key;
    below.hidden = false;
  }
}

function speak(fresh) {
  const nodes = fresh.map(messageOf).filter(Boolean);
  for (const node of nodes.slice(-2)) {
    announce(`${t("New message from {name}", { name: node.dataset.author })}: ${node.querySelector(".message-body").innerText}`);
  }
}

async function markRead(last) {
  if (!last || last === lastSeen || document.hidden) return;
  lastSeen = last;
  await post("read", { channel: state.room, ts: last }).catch(() => {});
}

/** Draw what stands around the messages: the heading, and whether one may write. */
function drawAround(body) {
  $("room-head").innerHTML = body.head;
  $("join").hidden = !body.join;
  $("join").querySelector("p").textContent = body.join ?? "";
  $("composer").hidden = !body.may_write;
  $("composer-text").placeholder = body.placeholder;
  $("composer-text").setAttribute("aria-label", body.placeholder);
  empty = body.empty;
}

/** Draw what changed in the open conversation. */
export async function refreshMessages() {
  const room = state.room;
  if (!room) return;
  const first = drawnRoom !== room;
  const since = first || drawnLimit !== limit ? "" : version;
  const body = await attempt(() => get("messages", { channel: room, limit, new_after: state.newAfter, since }));
  if (!body || room !== state.room) return;
  version = body.version;
  drawnLimit = limit;
  const atBottom = nearBottom();
  if (first) {
    list.replaceChildren();
    below.hidden = true;
  }
  const fresh = reconcile(list, body.items, body.keys);
  $("earlier").hidden = !body.more;
  if (body.head !== undefined) drawAround(body);
  list.querySelector(".empty")?.remove();
  if (!body.keys.length && empty) list.append(fromHTML(empty));
  drawnRoom = room;
  if (first) toFirstUnread();
  else {
    meet(fresh, atBottom);
    speak(fresh);
  }
  if (!$("talk").hidden) await markRead(body.last);
}

/** Open a conversation from the top: nothing of the former one stays. */
export async function openMessages(room, readMark) {
  limit = AT_FIRST;
  lastSeen = "";
  state.room = room;
  state.newAfter = readMark;
  drawnRoom = "";
  await refreshMessages();
}

$("earlier").addEventListener("click", async () => {
  const from = scroll.scrollHeight - scroll.scrollTop;
  limit += 100;
  await refreshMessages();
  scroll.scrollTop = scroll.scrollHeight - from;
});
$("join").querySelector("button").addEventListener("click", () => attempt(() => post("join", { channel: state.room })));
document.addEventListener("visibilitychange", () => { if (!document.hidden) refreshMessages(); });
below.addEventListener("click", () => {
  below.hidden = true;
  downTo(messageOf(below.dataset.key));
});
scroll.addEventListener("scroll", () => { if (nearBottom()) below.hidden = true; });
scroll.addEventListener("load", () => { if (nearBottom()) toBottom(); }, true);
