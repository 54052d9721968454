// Writing: messages, replies and commands, completed from the app's manifest and the people here.
import { Attached } from "./files.js";
import { openMenu } from "./menus.js";
import { follow } from "./messages.js";
import { $, announce, attempt, make, post, state, t } from "./state.js";

class Composer {
  constructor(id, thread) {
    this.form = $(id);
    this.text = $(`${id}-text`);
    this.list = $(`${id}-list`);
    this.thread = thread;
    this.attached = new Attached(this.form, () => this.text.focus());
    this.found = [];
    this.editing = null;
    this.text.addEventListener("input", () => { this.grow(); this.complete(); });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.form.addEventListener("click", (event) => this.tool(event.target.closest("[data-do]")));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li");
      if (item) this.take(Number(item.dataset.index));
    });
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight}px`;
  }

  tool(button) {
    if (!button?.dataset.do) return;
    if (button.dataset.do === "shortcuts") this.shortcuts(button);
    else if (button.dataset.do === "attach") this.attached.choose();
    else this.insert(button.dataset.do === "slash" ? "/" : "@");
  }

  insert(sign) {
    if (sign === "/") this.text.value = "/";
    else this.text.setRangeText(sign, this.text.selectionStart, this.text.selectionEnd, "end");
    this.text.focus();
    this.complete();
  }

  shortcuts(button) {
    const own = state.directory.shortcuts.filter((one) => one.type === "global");
    const items = own.map((one) => ({
      name: one.name, about: one.description, sign: "⚡",
      run: () => attempt(() => post("shortcut", { callback_id: one.callback_id }), { aloud: true }),
    }));
    const commands = state.directory.commands.map((one) => ({
      name: one.name, about: one.about, sign: "/", run: () => { this.set(`${one.name} `); },
    }));
    openMenu(button, [{ title: t("Shortcuts") }, ...items, { title: t("Commands") }, ...commands]);
  }

  set(text) {
    this.text.value = text;
    this.grow();
    this.text.focus();
  }

  /** Write over a message of one's own: Enter saves, Esc leaves it as it was. */
  edit(message) {
    this.editing = { channel: message.dataset.channel, ts: message.dataset.ts };
    this.form.classList.add("editing");
    this.set(message.dataset.typed);
  }

  stopEditing() {
    this.editing = null;
    this.form.classList.remove("editing");
    this.set("");
  }

  candidates() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    if (/^\/\S*$/.test(before)) {
      const fits = state.directory.commands.filter((one) => one.name.startsWith(before.toLowerCase()));
      return { from: 0, rows: fits.map((one) => ({ put: `${one.name} `, name: `${one.name} ${one.hint}`, about: one.about })) };
    }
    const sign = before.match(/(?:^|\s)([@#])([\p{L}\d._-]*)$/u);
    if (!sign) return null;
    const words = sign[2].toLowerCase();
    const from = before.length - words.length - 1;
    if (sign[1] === "@") {
      const people = state.directory.people.filter((one) => `${one.name} ${one.full} ${one.handle}`.toLowerCase().includes(words));
      return { from, rows: people.slice(0, 8).map((one) => ({ put: `@${one.handle} `, name: one.name, about: one.full ? `${one.full} @${one.handle}` : `@${one.handle}` })) };
    }
    const rooms = state.directory.rooms.filter((one) => one.kind === "public" && one.name.includes(words));
    return { from, rooms, rows: rooms.slice(0, 8).map((one) => ({ put: `#${one.name} `, name: `#${one.name}`, about: "" })) };
  }

  complete() {
    const found = this.candidates();
    this.found = found?.rows ?? [];
    this.from = found?.from ?? 0;
    this.active = 0;
    this.list.hidden = !this.found.length;
    this.list.replaceChildren(...this.found.map((row, index) => make(
      "li", { role: "option", id: `${this.list.id}-${index}`, "data-index": index, "aria-selected": String(index === 0) },
      make("strong", {}, row.name), make("small", {}, row.about),
    )));
    if (!this.found.length) {
      this.text.removeAttribute("aria-activedescendant");
      return;
    }
    this.text.setAttribute("aria-activedescendant", `${this.list.id}-0`);
    announce(t("{count} to choose from with the arrow keys, Tab takes one", { count: this.found.length }));
  }

  move(step) {
    this.active = (this.active + step + this.found.length) % this.found.length;
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.active)));
    this.list.children[this.active].scrollIntoView({ block: "nearest" });
    this.text.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  take(index) {
    this.text.setRangeText(this.found[index].put, this.from, this.text.selectionStart, "end");
    this.close();
    this.text.focus();
  }

  close() {
    this.found = [];
    this.list.hidden = true;
    this.text.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (open && (event.key === "Tab" || (event.key === "Enter" && !this.typedWhole()))) {
      event.preventDefault();
      this.take(this.active);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Escape" && this.editing) {
      event.preventDefault();
      this.stopEditing();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  typedWhole() {
    return this.found[this.active].put.trim() === this.text.value.trim();
  }

  async send() {
    const text = this.text.value;
    if (!text.trim() && !this.attached.files.length) return;
    this.close();
    if (this.editing) {
      if (await attempt(() => post("change", { ...this.editing, text }))) this.stopEditing();
      return;
    }
    const thread = this.thread ? { thread_ts: state.thread.ts } : {};
    const channel = this.thread ? state.thread.channel : state.room;
    this.text.value = "";
    this.grow();
    follow();
    const files = this.attached.take();
    const sent = await attempt(() => post("send", { channel, text, files: files.map((one) => one.id), ...thread }));
    if (!sent && !this.text.value) this.set(text);
    if (!sent) this.attached.set(files);
  }
}

export const composers = [new Composer("composer", false), new Composer("reply", true)];
