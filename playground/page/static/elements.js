// What stands in Block Kit's inputs, in the shape of Slack's state.values; read from the page and put back into it.
import { comboOf } from "./combobox.js";
import { filesOf } from "./files.js";
import { fromZone, toZone } from "./zone.js";
import { state } from "./state.js";

const TEXTS = ["plain_text_input", "number_input", "email_text_input", "url_text_input"];
const MOMENTS = { datepicker: "selected_date", timepicker: "selected_time" };

const richText = (text) => text && {
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
};
const spoken = (part) => (part.elements ?? []).map((e) => e.text ?? e.url ?? spoken(e)).join("");
const plainText = (rich) => (rich?.elements ?? []).map(spoken).join("\n");

function choices(element, many) {
  const ticked = [...element.querySelectorAll("input:checked")].map((input) => JSON.parse(input.dataset.option));
  return many ? { selected_options: ticked } : { selected_option: ticked[0] ?? null };
}

function picked(element) {
  const chosen = comboOf(element).chosen;
  const source = element.dataset.source;
  const many = element.dataset.element.startsWith("multi_");
  if (source === "static" || source === "external") {
    return many ? { selected_options: chosen } : { selected_option: chosen[0] ?? null };
  }
  const ids = chosen.map((one) => one.id);
  return many ? { [`selected_${source}`]: ids } : { [`selected_${source.slice(0, -1)}`]: ids[0] ?? null };
}

function fields(element) {
  const type = element.dataset.element;
  if (TEXTS.includes(type)) return { value: element.value || null };
  if (type === "rich_text_input") return { rich_text_value: richText(element.value) || null };
  if (type === "checkboxes" || type === "radio_buttons") return choices(element, type === "checkboxes");
  if (type === "file_input") return { files: filesOf(element).files };
  if (type in MOMENTS) return { [MOMENTS[type]]: element.value || null };
  if (type === "datetimepicker") {
    return { selected_date_time: element.value ? fromZone(element.value, state.zone) : null };
  }
  return element.dataset.source ? picked(element) : null;
}

// Selects show what is chosen in them as soon as they are on the page.
new MutationObserver((changes) => {
  for (const node of changes.flatMap((change) => [...change.addedNodes])) {
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    if (node.matches(".combo")) comboOf(node);
    node.querySelectorAll(".combo").forEach(comboOf);
    node.querySelectorAll(".files").forEach(filesOf);
  }
}).observe(document.body, { childList: true, subtree: true });

/** What stands in one input; null for things that hold nothing, such as buttons. */
export function readElement(element) {
  const found = fields(element);
  return found && { type: element.dataset.element, ...found };
}

function tick(element, options) {
  const values = options.map((option) => option.value);
  for (const input of element.querySelectorAll("input")) {
    input.checked = values.includes(JSON.parse(input.dataset.option).value);
  }
}

/** Put a value of Slack's shape back into an input of the same type. */
export function writeElement(element, value) {
  const type = element.dataset.element;
  if (!value || value.type !== type) return;
  if (TEXTS.includes(type)) element.value = value.value ?? "";
  else if (type === "rich_text_input") element.value = plainText(value.rich_text_value);
  else if (type === "checkboxes") tick(element, value.selected_options ?? []);
  else if (type === "radio_buttons") tick(element, value.selected_option ? [value.selected_option] : []);
  else if (type === "file_input") filesOf(element).set(value.files ?? []);
  else if (type in MOMENTS) element.value = value[MOMENTS[type]] ?? "";
  else if (type === "datetimepicker") {
    element.value = value.selected_date_time ? toZone(value.selected_date_time, state.zone) : "";
  } else if (element.dataset.source) writePicked(element, value);
}

function writePicked(element, value) {
  const found = Object.entries(value).find(([name]) => name.startsWith("selected_"))?.[1];
  const list = found == null ? [] : [found].flat();
  comboOf(element).choose(list.map((one) => (typeof one === "string" ? named(one) : one)));
}

function named(id) {
  const { people, rooms } = state.directory;
  return { id, name: [...people, ...rooms].find((one) => one.id === id)?.name ?? id };
}

export const elementsIn = (root) => [...root.querySelectorAll("[data-element]")];
export const blockOf = (element) => element.closest(".block[data-block-id]");

/** All inputs under a root: {block_id: {action_id: value}}. */
export function readAll(root) {
  const values = {};
  for (const element of elementsIn(root)) {
    const value = readElement(element);
    if (value) (values[blockOf(element).dataset.blockId] ??= {})[element.dataset.actionId] = value;
  }
  return values;
}

/** Put values back where block and action ids are still the same; the rest keep their first values. */
export function writeAll(root, values) {
  for (const element of elementsIn(root)) {
    writeElement(element, values?.[blockOf(element).dataset.blockId]?.[element.dataset.actionId]);
  }
}
