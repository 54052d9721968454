// Brings a list on the page up to date with what the server drew, touching only what changed.
import { elementsIn, readAll, writeAll } from "./elements.js";
import { fromHTML } from "./state.js";

const drawn = new WeakMap();

function focusMark(root) {
  const focused = document.activeElement;
  if (!root.contains(focused)) return null;
  const element = focused.closest("[data-element]");
  if (element) return `[data-action-id="${CSS.escape(element.dataset.actionId)}"]`;
  return focused.dataset.do ? `[data-do="${CSS.escape(focused.dataset.do)}"]` : null;
}

/** Put `fresh` where `old` is, keeping what was typed and chosen, what was folded open, and the focus. */
export function replaceKeeping(old, fresh) {
  const mark = focusMark(old);
  const values = elementsIn(old).length ? readAll(old) : null;
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  old.replaceWith(fresh);
  if (values) writeAll(fresh, values);
  fresh.querySelectorAll("details").forEach((one, at) => { if (at in open) one.open = open[at]; });
  if (mark) {
    const target = fresh.querySelector(mark);
    (target?.matches("input, textarea, button, a") ? target : target?.querySelector("input, button"))?.focus();
  }
}

/**
 * Make `list` hold these items ({key, html}) in this order; answers the keys that are new. With `keys` they are the
 * whole list's, and an item that is not among `items` stays as it is.
 */
export function reconcile(list, items, keys = items.map((item) => item.key)) {
  const known = new Map(items.map((item) => [item.key, item.html]));
  const have = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const fresh = [];
  let at = list.firstElementChild;
  for (const key of keys) {
    let node = have.get(key);
    const html = known.get(key) ?? drawn.get(node);
    have.delete(key);
    if (html === undefined) continue;
    if (!node || drawn.get(node) !== html) {
      const made = fromHTML(html);
      drawn.set(made, html);
      if (!node) {
        fresh.push(key);
      } else {
        if (at === node) at = node.nextElementSibling;
        replaceKeeping(node, made);
        if (made.nextElementSibling === at) { node = made; continue; }
      }
      node = made;
    }
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
  }
  for (const node of have.values()) node.remove();
  return fresh;
}
