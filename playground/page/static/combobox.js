// A select with search, single or many: the combobox of the ARIA practices guide, for every source of choices.
import { make, post, state, t, unescapeText, withEmoji } from "./state.js";

const combos = new WeakMap();
let count = 0;

/** The combobox behind a select element, made when it is first needed. */
export function comboOf(element) {
  if (!combos.has(element)) combos.set(element, new Combobox(element));
  return combos.get(element);
}

const label = (one) => (one.id ? one.name : withEmoji(one.text?.text));
const key = (one) => one.id ?? one.value;

class Combobox {
  constructor(element) {
    this.element = element;
    this.many = element.dataset.element.startsWith("multi_");
    this.source = element.dataset.source;
    this.input = element.querySelector("input");
    this.list = element.querySelector(".options");
    this.chips = element.querySelector(".chips");
    this.chosen = JSON.parse(element.dataset.initial);
    this.active = -1;
    this.shown = [];
    this.asked = 0;
    this.query = null; // what was typed into the open list; null while it is closed
    this.list.id = `options-${(count += 1)}`;
    this.list.setAttribute("aria-label", this.input.getAttribute("aria-label"));
    this.input.setAttribute("aria-controls", this.list.id);
    if (this.many) this.list.setAttribute("aria-multiselectable", "true");
    this.listen();
    this.show();
  }

  listen() {
    this.input.addEventListener("focus", () => { if (!this.many) this.input.select(); });
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    document.addEventListener("scroll", (event) => {
      if (!this.list.hidden && event.target !== this.list) this.place();
    }, true);
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("li[role=option]");
      if (item) this.pick(this.shown[Number(item.dataset.index)]);
    });
    this.chips.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.drop(button.dataset.key);
    });
  }

  choose(chosen) {
    this.chosen = chosen;
    this.show();
  }

  show() {
    if (!this.many) {
      this.input.value = this.chosen.length ? label(this.chosen[0]) : "";
      return;
    }
    this.input.value = "";
    this.chips.replaceChildren(...this.chosen.map((one) => {
      const remove = make("button", { type: "button", "data-key": key(one), "aria-label": t("Remove {name}", { name: label(one) }) }, "×");
      return make("span", { class: "chip" }, label(one), remove);
    }));
  }

  changed() {
    this.show();
    this.element.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
  }

  drop(dropped) {
    this.chosen = this.chosen.filter((one) => key(one) !== dropped);
    this.changed();
    this.input.focus();
  }

  pick(one) {
    if (!one) return;
    const most = Number(this.element.dataset.maxItems || Infinity);
    const already = this.chosen.some((other) => key(other) === key(one));
    if (!this.many) this.chosen = [one];
    else if (already) this.chosen = this.chosen.filter((other) => key(other) !== key(one));
    else if (this.chosen.length < most) this.chosen = [...this.chosen, one];
    this.changed();
    if (this.many) this.open("");
    else this.close();
  }

  async groups(query) {
    if (this.source === "static") return JSON.parse(this.element.dataset.options ?? "[]");
    if (this.source === "external") return this.suggested(query);
    const { people, rooms } = state.directory;
    const channels = rooms.filter((room) => room.kind === "public" || (this.source === "conversations" && room.name));
    const list = this.source === "users" ? people : channels;
    return [{ options: list }];
  }

  async suggested(query) {
    const least = Number(this.element.dataset.minQuery ?? 3);
    if (query.length < least) {
      this.note(t("Type {count} or more letters to search.", { count: least }));
      return null;
    }
    const asked = (this.asked += 1);
    this.note(t("Looking…"));
    await new Promise((resolve) => { setTimeout(resolve, 180); });
    if (asked !== this.asked) return null;
    const detail = { element: this.element, query };
    try {
      const found = await post("suggest", whereOf(detail));
      return asked === this.asked ? found.option_groups ?? [{ options: found.options ?? [] }] : null;
    } catch {
      this.note(t("The app could not be asked for choices."));
      return null;
    }
  }

  /** Open again with what had been typed, after the view around it was drawn anew. */
  resume(query) {
    if (query) this.input.value = query;
    this.open(query);
  }

  async open(query) {
    this.query = query;
    const groups = await this.groups(query);
    if (!groups || document.activeElement !== this.input) return;
    const words = query.toLowerCase();
    const fits = (one) => this.source === "external" || label(one).toLowerCase().includes(words);
    this.shown = [];
    const rows = [];
    for (const group of groups) {
      const options = group.options.filter(fits);
      if (group.label && options.length) rows.push(make("li", { class: "group", role: "presentation" }, unescapeText(group.label.text)));
      rows.push(...options.map((one) => this.row(one)));
    }
    if (!this.shown.length) {
      this.note(t("Nothing found."));
      return;
    }
    this.list.replaceChildren(...rows);
    this.place();
    this.move(query ? 0 : Math.max(0, this.shown.findIndex((one) => this.isChosen(one))));
  }

  isChosen(one) {
    return this.chosen.some((other) => key(other) === key(one));
  }

  row(one) {
    const index = this.shown.push(one) - 1;
    const about = one.description ? [make("small", {}, withEmoji(one.description.text))] : [];
    const sign = one.kind === "public" ? "#" : "";
    return make("li", {
      role: "option", id: `${this.list.id}-${index}`, "data-index": index, "aria-selected": String(this.isChosen(one)),
    }, sign + label(one), ...about);
  }

  note(text) {
    this.shown = [];
    this.list.replaceChildren(make("li", { class: "none", role: "option", "aria-disabled": "true" }, text));
    this.place();
  }

  place() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const box = this.input.getBoundingClientRect();
    const below = innerHeight - box.bottom;
    const up = below < 240 && box.top > below;
    Object.assign(this.list.style, {
      left: `${box.left}px`, width: `${box.width}px`, maxHeight: `${Math.min(300, (up ? box.top : below) - 12)}px`,
      top: up ? "auto" : `${box.bottom + 4}px`, bottom: up ? `${innerHeight - box.top + 4}px` : "auto",
    });
  }

  move(index) {
    const rows = [...this.list.querySelectorAll("li[role=option]")];
    if (!rows.length || !this.shown.length) return;
    this.active = (index + rows.length) % rows.length;
    rows.forEach((row, at) => row.classList.toggle("active", at === this.active));
    rows[this.active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", rows[this.active].id);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) this.open("");
      else this.move(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (open) this.pick(this.shown[this.active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Backspace" && this.many && !this.input.value && this.chosen.length) {
      this.drop(key(this.chosen.at(-1)));
    }
  }

  close() {
    this.asked += 1;
    this.query = null;
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (!this.many && !this.input.value && this.chosen.length) {
      this.chosen = [];
      this.changed();
    }
    this.show();
  }
}

/** Where an element stands, as the server asks for it. */
export function whereOf({ element, ...rest }) {
  const view = element.closest("[data-view]");
  const message = element.closest(".message");
  const block = element.closest(".block[data-block-id]");
  const place = view
    ? { view_id: view.dataset.view }
    : { channel: message.dataset.channel, ts: message.dataset.ts };
  return { ...place, block_id: block.dataset.blockId, action_id: element.dataset.actionId, ...rest };
}
