// The live connection: the server says what changed, the page draws that part anew.
import { state, t, toast } from "./state.js";

let socket = null;
let told = null;
let wait = 500;
let lost = false;

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const own = new WebSocket(`${scheme}://${location.host}/page/live?as=${encodeURIComponent(state.me)}`);
  socket = own;
  own.addEventListener("open", () => {
    if (lost) toast(t("Connected again."));
    lost = false;
    wait = 500;
    told({ kind: "all" });
  });
  own.addEventListener("message", (event) => told(JSON.parse(event.data)));
  own.addEventListener("close", () => {
    if (socket !== own) return;
    if (!lost) toast(t("The connection to the workspace was lost. Trying again…"));
    lost = true;
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 10000);
  });
}

/** Listen to the workspace; `change` is called with {kind, channel, ts} for each thing this person can see. */
export function listen(change) {
  told = change;
  connect();
}

/** Listen as somebody else from now on. */
export function reconnect() {
  const old = socket;
  socket = null;
  old?.close();
  connect();
}
