// What this page knows: who one is, what is open; and the small helpers every module uses.
const boot = JSON.parse(document.getElementById("boot").textContent);

export const state = {
  me: boot.me,
  room: "",          // the open conversation's id
  app: false,        // whether the app's own pages are open
  tab: "home",
  thread: null,      // {channel, ts} of the open thread
  newAfter: "",      // the read mark when the room was opened
  directory: { people: [], rooms: [], commands: [], shortcuts: [] },
  emoji: boot.emoji,
  common: boot.common,
  bot: boot.bot,
  zone: "UTC",
};

export const $ = (id) => document.getElementById(id);

/** The sentence in the reader's language, its {places} filled. */
export function t(sentence, places = {}) {
  return (boot.words[sentence] ?? sentence).replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

/** One element from the server's own markup (escaped there). */
export function fromHTML(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

/** An element made here: text is always text. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** Undo Slack's three escapes. */
export const unescapeText = (text) =>
  String(text ?? "").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Emoji names to characters, for words that script puts on the page. */
export const withEmoji = (text) =>
  unescapeText(text).replace(/:([a-z0-9_+'-]+):/g, (whole, name) => state.emoji[name] ?? whole);

let hideToast = 0;
export function toast(text) {
  const box = $("toast");
  const dialog = document.querySelector("dialog[open]");
  (dialog ?? document.body).append(box);
  box.textContent = text;
  box.hidden = false;
  clearTimeout(hideToast);
  hideToast = setTimeout(() => { box.hidden = true; }, 6000);
}

/** Say something to a screen reader without moving focus. */
export function announce(text) {
  const box = $("announcer");
  box.textContent = "";
  requestAnimationFrame(() => { box.textContent = text; });
}

async function answer(response) {
  const body = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok || body.error) throw new Error(body.error ?? response.statusText);
  return body;
}

export async function get(path, query = {}) {
  const search = new URLSearchParams({ as: state.me, ...query });
  return answer(await fetch(`/page/${path}?${search}`));
}

export async function post(path, body = {}) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" } };
  return answer(await fetch(`/page/${path}`, { ...options, body: JSON.stringify({ as: state.me, ...body }) }));
}

/** Do something for the person; say plainly when it could not be done, or (`aloud`) what Slack says came of it. */
export async function attempt(work, { aloud = false } = {}) {
  try {
    const done = await work();
    if (aloud && done.notice) toast(done.notice);
    return done;
  } catch (error) {
    toast(error.message);
    return null;
  }
}
