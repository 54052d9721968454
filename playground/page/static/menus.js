// One small menu at a time, with arrow keys; the emoji picker; and the question before a risky button.
import { $, make, state, t, unescapeText, withEmoji } from "./state.js";

const menu = $("menu");
let anchor = null;

function place() {
  const box = anchor.getBoundingClientRect();
  const own = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, innerWidth - own.width - 8));
  const below = box.bottom + 6;
  const top = below + own.height > innerHeight - 8 ? Math.max(8, box.top - own.height - 6) : below;
  Object.assign(menu.style, { left: `${left}px`, top: `${top}px` });
}

export function closeMenu({ refocus = true } = {}) {
  if (menu.hidden) return;
  menu.hidden = true;
  menu.replaceChildren();
  anchor?.setAttribute("aria-expanded", "false");
  anchor?.closest(".message-tools")?.classList.remove("open");
  if (refocus && anchor?.isConnected) anchor.focus();
  anchor = null;
}

function show(from, role, ...content) {
  closeMenu({ refocus: false });
  anchor = from;
  anchor.setAttribute("aria-expanded", "true");
  anchor.closest(".message-tools")?.classList.add("open");
  menu.setAttribute("role", role);
  menu.setAttribute("aria-label", anchor.getAttribute("aria-label") ?? anchor.title);
  menu.replaceChildren(...content);
  (anchor.closest("dialog") ?? document.body).append(menu);
  menu.hidden = false;
  place();
  (menu.querySelector("input") ?? menu.querySelector("button"))?.focus();
}

/** Open a menu at a button. Items: {name, about?, sign?, picked?, run} or {title}. */
export function openMenu(from, items) {
  show(from, "menu", ...items.map((item) => {
    if (item.title) return make("p", { class: "menu-title", role: "presentation" }, item.title);
    const about = item.about ? [make("small", {}, item.about)] : [];
    const words = make("span", {}, item.name, ...about);
    const sign = item.sign ? [item.sign] : [];
    const picked = item.picked ? [make("span", { class: "picked" }, "✓")] : [];
    const role = item.picked === undefined ? "menuitem" : "menuitemradio";
    const button = make("button", { type: "button", role, "aria-checked": item.picked === undefined ? null : String(item.picked) }, ...sign, words, ...picked);
    button.addEventListener("click", () => { closeMenu(); item.run(); });
    return button;
  }));
}

/** Let the person pick an emoji at a button. */
export function pickEmoji(from, picked) {
  const search = make("input", { class: "text emoji-search", type: "text", "aria-label": t("Find an emoji"), placeholder: "tada, heart, eyes…" });
  const grid = make("div", { class: "emoji-grid" });
  const fill = () => {
    const words = search.value.trim().replaceAll(":", "");
    const names = words ? Object.keys(state.emoji).filter((name) => name.includes(words)).slice(0, 40) : state.common;
    grid.replaceChildren(...names.map((name) => {
      const button = make("button", { type: "button", title: `:${name}:`, "aria-label": name }, state.emoji[name]);
      button.addEventListener("click", () => { closeMenu(); picked(name); });
      return button;
    }));
  };
  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); grid.querySelector("button")?.click(); }
  });
  fill();
  show(from, "dialog", search, grid);
}

menu.addEventListener("keydown", (event) => {
  const buttons = [...menu.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
  } else if (event.key === "Tab") {
    closeMenu();
  } else if (step && !(event.target.matches("input") && event.key !== "ArrowDown")) {
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  }
});
document.addEventListener("pointerdown", (event) => {
  if (!menu.hidden && !menu.contains(event.target) && !anchor?.contains(event.target)) closeMenu({ refocus: false });
});
addEventListener("resize", () => closeMenu({ refocus: false }));

/** Ask what a confirm object asks; true when the person says yes. */
export function confirmed(json) {
  if (!json) return Promise.resolve(true);
  const ask = JSON.parse(json);
  const dialog = $("confirm");
  $("confirm-title").textContent = withEmoji(ask.title?.text);
  $("confirm-text").textContent = withEmoji(ask.text?.text);
  $("confirm-yes").textContent = unescapeText(ask.confirm?.text ?? t("Yes"));
  $("confirm-no").textContent = unescapeText(ask.deny?.text ?? t("Cancel"));
  $("confirm-yes").className = `btn btn-${ask.style === "danger" ? "danger" : "primary"}`;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
