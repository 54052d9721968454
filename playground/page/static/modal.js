// Modals: opened, updated, pushed and closed by the app; what was typed stays with its block and action ids.
import { comboOf } from "./combobox.js";
import { readAll, writeAll } from "./elements.js";
import { $, attempt, fromHTML, get, post, toast } from "./state.js";

const dialog = $("modal");
const typed = new Map(); // view id → values, for views under the one on top
let shown = null;        // {id, html}
let opener = null;
let sending = false;

const form = () => dialog.querySelector(".view");

function showErrors(errors) {
  let first = null;
  for (const [blockId, words] of Object.entries(errors ?? {})) {
    const block = form().querySelector(`.block-input[data-block-id="${CSS.escape(blockId)}"]`);
    if (!block) { toast(words); continue; }
    const line = block.querySelector(".error");
    line.textContent = words;
    line.hidden = false;
    line.id = `error-${blockId}`;
    block.querySelector(".input").classList.add("wrong");
    for (const input of block.querySelectorAll("input, textarea")) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", line.id);
    }
    first ??= block.querySelector("input, textarea");
  }
  first?.focus();
}

function focusFirst(fresh) {
  const wanted = fresh.querySelector("[data-focus]");
  const first = fresh.querySelector(".view-body :is(input, textarea)");
  const target = wanted ?? (first?.matches("[type=text], textarea") ? first : null);
  const inner = target?.matches("input, textarea, button") ? target : target?.querySelector("input");
  (inner ?? fresh.querySelector(".view-body")).focus({ preventScroll: !wanted });
}

function keep() {
  if (shown && form()) typed.set(shown.id, readAll(form()));
}

function draw(body) {
  const same = shown?.id === body.view_id;
  const focused = same && dialog.contains(document.activeElement) ? focusMark() : null;
  const top = same ? form()?.querySelector(".view-body").scrollTop : 0;
  keep();
  const fresh = fromHTML(body.html);
  dialog.replaceChildren(fresh);
  writeAll(fresh, body.values);
  writeAll(fresh, typed.get(body.view_id));
  shown = { id: body.view_id, html: body.html };
  if (!dialog.open) { opener = document.activeElement; dialog.showModal(); }
  fresh.querySelector(".view-body").scrollTop = top;
  const target = focused && fresh.querySelector(focused.place);
  if (target) refocus(target, focused);
  else focusFirst(fresh);
}

/** Where somebody is in the view: the element, the caret in it, and what they typed into an open list. */
function focusMark() {
  const active = document.activeElement;
  const element = active.closest("[data-element]");
  const block = active.closest("[data-block-id]");
  if (!element || !block) return null;
  return {
    place: `[data-block-id="${CSS.escape(block.dataset.blockId)}"] [data-action-id="${CSS.escape(element.dataset.actionId)}"]`,
    caret: active.matches("textarea, input[type=text]") ? [active.selectionStart, active.selectionEnd] : null,
    query: element.matches(".combo") ? comboOf(element).query : null,
  };
}

function refocus(target, { caret, query }) {
  const input = target.matches("input, textarea, button") ? target : target.querySelector("input");
  input?.focus();
  if (query !== null) comboOf(target).resume(query);
  else if (caret && input?.matches("textarea, input[type=text]")) input.setSelectionRange(...caret);
}

/** Show whatever modal is open for this person, or none. */
export async function refreshModal() {
  const body = await attempt(() => get("modal"));
  if (!body) return;
  if (!body.view_id) {
    hide();
    return;
  }
  if (shown?.id !== body.view_id || shown.html !== body.html) draw(body);
  if (Object.keys(body.errors).length) showErrors(body.errors);
}

/** Take the modal off the page, as when it is closed or one becomes somebody else. */
export function hide() {
  typed.clear();
  shown = null;
  if (dialog.open) {
    dialog.close();
    if (opener?.isConnected) opener.focus();
  }
  dialog.replaceChildren();
}

function clearErrors() {
  for (const line of form().querySelectorAll(".error")) { line.hidden = true; line.textContent = ""; }
  for (const wrong of form().querySelectorAll(".wrong")) wrong.classList.remove("wrong");
  for (const input of form().querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

async function submit() {
  const button = form().querySelector("button[type=submit]");
  if (!button || sending) return;
  sending = true;
  clearErrors();
  button.setAttribute("aria-busy", "true");
  const view = shown.id;
  const answer = await attempt(() => post("submit", { view_id: view, values: readAll(form()) }));
  sending = false;
  button.removeAttribute("aria-busy");
  if (answer) await refreshModal();
}

async function close(clear) {
  if (!shown) return;
  const view = shown.id;
  typed.delete(view);
  shown = null;
  await attempt(() => post("close", { view_id: view, clear }));
  await refreshModal();
}

dialog.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
dialog.addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "back") close(false);
  if (what === "clear") close(true);
});
dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(true); });
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); submit(); }
  if (event.key === "Enter" && event.target.matches("input[type=checkbox], input[type=radio]")) event.preventDefault();
});
dialog.addEventListener("input", (event) => {
  const wrong = event.target.closest(".wrong");
  if (!wrong) return;
  wrong.classList.remove("wrong");
  wrong.querySelector(".error").hidden = true;
  event.target.removeAttribute("aria-invalid");
});
