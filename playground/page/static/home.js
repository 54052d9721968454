// App Home: the app's own page for this person, beside its messages.
import { writeAll } from "./elements.js";
import { replaceKeeping } from "./list.js";
import { refreshMessages } from "./messages.js";
import { $, attempt, fromHTML, get, post, state } from "./state.js";

const tabs = ["home", "messages"];
const tab = (name) => $(`tab-${name}`);
let drawn = "";

/** Show the app's Home or its Messages. */
export function showTab(name) {
  state.tab = name;
  for (const one of tabs) {
    tab(one).setAttribute("aria-selected", String(one === name));
    tab(one).tabIndex = one === name ? 0 : -1;
  }
  $("home").hidden = name !== "home";
  $("talk").hidden = name !== "messages";
}

/** Draw App Home anew; `opened` tells the app that the person came to it. */
export async function refreshHome(opened = false) {
  if (opened) await attempt(() => post("home-opened", { tab: state.tab }));
  const body = await attempt(() => get("home"));
  if (!body || !state.app || body.html === drawn && $("home").firstElementChild) return;
  const fresh = fromHTML(body.html);
  const old = $("home").firstElementChild;
  drawn = body.html;
  if (old) {
    replaceKeeping(old, fresh);
  } else {
    $("home").append(fresh);
    writeAll(fresh, body.values);
  }
}

/** Forget what was drawn: it was somebody else's. */
export function clearHome() {
  drawn = "";
  $("home").replaceChildren();
}

async function switchTo(name) {
  showTab(name);
  tab(name).focus();
  if (name === "home") await refreshHome(true);
  else {
    await attempt(() => post("home-opened", { tab: name }));
    await refreshMessages();
  }
}

for (const name of tabs) {
  tab(name).addEventListener("click", () => switchTo(name));
  tab(name).addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") switchTo(tabs[1 - tabs.indexOf(name)]);
  });
}
