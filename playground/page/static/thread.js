// A thread in the pane beside the conversation.
import { reconcile } from "./list.js";
import { $, attempt, get, state } from "./state.js";

let opener = null;

export async function refreshThread() {
  if (!state.thread) return;
  const { channel, ts } = state.thread;
  const body = await attempt(() => get("thread", { channel, ts }));
  if (!body || state.thread?.ts !== ts) return;
  const box = $("thread").querySelector(".scroll");
  const stick = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  reconcile($("replies"), body.items);
  $("reply-text").placeholder = body.placeholder;
  if (stick) box.scrollTop = box.scrollHeight;
}

export async function openThread(channel, ts) {
  opener = document.activeElement;
  state.thread = { channel, ts };
  $("replies").replaceChildren();
  $("thread").hidden = false;
  await refreshThread();
  $("reply-text").focus();
}

export function closeThread() {
  if (!state.thread) return;
  state.thread = null;
  $("thread").hidden = true;
  if (opener?.isConnected) opener.focus();
}

$("thread").addEventListener("click", (event) => {
  if (event.target.closest("[data-do=close-thread]")) closeThread();
});
$("thread").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) closeThread();
});
