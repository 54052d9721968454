// What people do with blocks, wherever they stand: press, tick, choose, pick a day.
import { whereOf } from "./combobox.js";
import { blockOf, readAll, readElement } from "./elements.js";
import { confirmed, openMenu } from "./menus.js";
import { attempt, post, withEmoji } from "./state.js";

const BUTTONS = ["button", "workflow_button", "icon_button", "feedback_buttons"];
const selector = BUTTONS.map((type) => `[data-element=${type}]`).join(",");

const rootOf = (element) => element.closest("[data-view], .message, .home-body");

/** Whether a change of this input is told to the app at once. */
function dispatches(element) {
  const block = blockOf(element);
  return block.dataset.blockType !== "input" || Boolean(block.querySelector("[data-dispatch='1']"));
}

async function tell(element, value, busy = element) {
  if (!(await confirmed(element.dataset.confirm))) return false;
  busy.setAttribute("aria-busy", "true");
  const detail = { element, type: element.dataset.element, value, values: readAll(rootOf(element)) };
  await attempt(() => post("click", whereOf(detail)), { aloud: true });
  busy.removeAttribute("aria-busy");
  return true;
}

async function press(button) {
  if (button.getAttribute("aria-busy") === "true") return;
  const text = JSON.parse(button.dataset.text);
  await tell(button, { text, ...(button.dataset.value ? { value: button.dataset.value } : {}) });
}

function overflow(button) {
  openMenu(button, JSON.parse(button.dataset.options).map((option) => ({
    name: withEmoji(option.text.text),
    about: option.description && withEmoji(option.description.text),
    run: () => {
      if (/^https?:/.test(option.url ?? "")) open(option.url, "_blank", "noopener");
      tell(button, { selected_option: option });
    },
  })));
}

async function changed(element) {
  if (!dispatches(element)) return;
  const before = element.dataset.before ?? "";
  const { type, ...value } = readElement(element);
  if (JSON.stringify(value) === before) return;
  element.dataset.before = JSON.stringify(value);
  await tell(element, value);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(selector);
  if (button) press(button);
  const more = event.target.closest("[data-element=overflow]");
  if (more) overflow(more);
});

document.addEventListener("change", (event) => {
  const element = event.target.closest("[data-element]");
  if (element?.matches(".choices, .when")) changed(element);
});

document.addEventListener("chosen", (event) => changed(event.target));

document.addEventListener("keydown", (event) => {
  const element = event.target.closest("input[data-element$=_input], textarea[data-element]");
  if (!element || event.key !== "Enter" || event.isComposing) return;
  if (element.matches("textarea") && !(event.ctrlKey || event.metaKey)) return;
  const triggers = element.dataset.triggers ?? "on_enter_pressed";
  if (blockOf(element).querySelector("[data-dispatch='1']") && triggers.includes("on_enter_pressed")) {
    event.preventDefault();
    changed(element);
  }
});

let typing = 0;
document.addEventListener("input", (event) => {
  const element = event.target.closest("[data-element$=_input]");
  if (!element || !element.dataset.triggers?.includes("on_character_entered")) return;
  clearTimeout(typing);
  typing = setTimeout(() => changed(element), 300);
});

// Nothing on this page is a plain form that goes anywhere by itself.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "dialog") event.preventDefault();
});
document.addEventListener("error", (event) => {
  if (event.target.matches?.("img")) event.target.classList.add("broken");
}, true);
