// Files: chosen with the paper clip or dropped, sent to the workspace at once, shown to others with the next message.
import { announce, attempt, make, state, t } from "./state.js";

/** Send one file to the workspace; answers Slack's file object, or null after saying what is wrong. */
async function bring(file) {
  const query = new URLSearchParams({ as: state.me, name: file.name });
  const options = { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file };
  return attempt(async () => {
    const response = await fetch(`/page/upload?${query}`, options);
    const body = await response.json();
    if (!response.ok) throw new Error(body.error);
    return body;
  });
}

/** The files waiting in a box: a list of chips, a hidden file input, and a place to drop more. */
export class Attached {
  constructor(box, changed = () => {}) {
    this.box = box;
    this.list = box.querySelector(".attached");
    this.input = box.querySelector("input[type=file]");
    this.files = [];
    this.changed = changed;
    this.input.addEventListener("change", () => { this.add([...this.input.files]); this.input.value = ""; });
    this.zone = box.closest("#talk, #thread") ?? box;
    this.zone.addEventListener("dragover", (event) => this.over(event, true));
    this.zone.addEventListener("dragleave", (event) => this.over(event, false));
    this.zone.addEventListener("drop", (event) => { this.over(event, false); this.add([...event.dataTransfer.files]); });
    this.list.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-file]");
      if (chip && event.target.closest("button")) this.remove(chip.dataset.file);
    });
  }

  over(event, on) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.zone.classList.toggle("dropping", on);
  }

  choose() { this.input.click(); }

  async add(files) {
    for (const file of files) {
      const brought = await bring(file);
      if (brought) this.set([...this.files, brought]);
    }
    if (files.length) announce(t("{count} files are ready to be sent", { count: this.files.length }));
    this.changed();
  }

  remove(id) {
    this.set(this.files.filter((one) => one.id !== id));
    this.changed();
  }

  set(files) {
    this.files = files;
    this.list.replaceChildren(...files.map((one) => make(
      "li", { "data-file": one.id, class: "chip" }, `📄 ${one.name} `,
      make("button", { type: "button", class: "btn-icon", "aria-label": t("Remove {name}", { name: one.name }) }, "×"),
    )));
    this.list.hidden = !files.length;
  }

  take() {
    const files = this.files;
    this.set([]);
    return files;
  }
}

const boxes = new WeakMap();

/** The files of a modal's file input, which is `element`. */
export function filesOf(element) {
  if (!boxes.has(element)) {
    const box = new Attached(element);
    element.querySelector("[data-do=choose-file]").addEventListener("click", () => box.choose());
    boxes.set(element, box);
  }
  return boxes.get(element);
}

// What is dropped beside a box is not opened in place of the page.
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => event.preventDefault());
