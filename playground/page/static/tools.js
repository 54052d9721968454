// What can be done with a message: react, answer in a thread, the app's message shortcuts, dismiss.
import { composers } from "./composer.js";
import { confirmed, openMenu, pickEmoji } from "./menus.js";
import { openThread } from "./thread.js";
import { attempt, post, state, t } from "./state.js";

const place = (message) => ({ channel: message.dataset.channel, ts: message.dataset.ts });
const react = (message, name) => attempt(() => post("react", { ...place(message), name }));

function own(message) {
  const ask = { title: { text: t("Delete message") }, text: { text: message.dataset.typed }, confirm: { text: t("Delete message") }, style: "danger" };
  const remove = async () => {
    if (await confirmed(JSON.stringify(ask))) await attempt(() => post("change", { ...place(message), text: "" }));
  };
  return [
    { name: t("Edit message"), sign: "✎", run: () => composers[state.thread && message.closest("#thread") ? 1 : 0].edit(message) },
    { name: t("Delete message"), sign: "×", run: remove },
  ];
}

function more(button, message) {
  const shortcuts = state.directory.shortcuts.filter((one) => one.type === "message").map((one) => ({
    name: one.name, about: one.description, sign: "⚡",
    run: () => attempt(() => post("message-shortcut", { ...place(message), callback_id: one.callback_id }), { aloud: true }),
  }));
  openMenu(button, [
    { name: t("Reply in thread"), sign: "↩︎", run: () => openThread(message.dataset.channel, message.dataset.ts) },
    { name: t("Add a reaction"), sign: "☺︎", run: () => pickEmoji(button, (name) => react(message, name)) },
    {
      name: message.dataset.pinned ? t("Un-pin from here") : t("Pin to this conversation"), sign: "📌",
      run: () => attempt(() => post("pin", place(message)), { aloud: true }),
    },
    ...(message.dataset.typed === undefined ? [] : own(message)),
    ...(shortcuts.length ? [{ title: t("From the app") }, ...shortcuts] : []),
  ]);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".message [data-do]");
  if (!button) return;
  const message = button.closest(".message");
  const does = {
    react: () => react(message, button.dataset.name),
    pick: () => pickEmoji(button, (name) => react(message, name)),
    thread: () => openThread(message.dataset.channel, message.dataset.ts),
    more: () => more(button, message),
    dismiss: () => attempt(() => post("dismiss", place(message))),
  };
  does[button.dataset.do]?.();
});
