// A small app on Bolt for JavaScript and @slack/web-api, to be tried against the playground. By hand:
//   npm install --prefix /tmp/bolt-js @slack/bolt @slack/web-api
//   firsthand playground --json     (its first line holds what the variables below want)
//   NODE_PATH=/tmp/bolt-js/node_modules SLACK_API_URL=http://127.0.0.1:8765/api/ SLACK_BOT_TOKEN=… \
//     SLACK_APP_TOKEN=… SLACK_CHANNEL=… node tools/bolt_js/app.cjs
// It tries the Web API, says {"ready": true}, then answers /try with a modal; what it hears it prints as JSON lines.
const { App } = require("@slack/bolt");
const { WebClient, ErrorCode } = require("@slack/web-api");

const { SLACK_API_URL: slackApiUrl, SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: appToken, SLACK_CHANNEL: channel } = process.env;
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const plain = (text) => ({ type: "plain_text", text });

async function tryWebApi() {
  const web = new WebClient(token, { slackApiUrl });
  const who = await web.auth.test();
  const posted = [];
  for (const text of ["one", "two", "three"]) posted.push((await web.chat.postMessage({ channel, text })).ts);
  const pages = [];
  for await (const page of web.paginate("conversations.history", { channel, limit: 2 })) pages.push(page.messages.length);
  const refusal = await web.chat.postMessage({ channel: "C0NOWHERE", text: "?" }).catch((error) => error);
  await web.chat.delete({ channel, ts: posted[0] });
  say({ user_id: who.user_id, pages, refusal: refusal.data?.error, is_platform_error: refusal.code === ErrorCode.PlatformError });
}

async function main() {
  await tryWebApi();
  const app = new App({ token, appToken, socketMode: true, clientOptions: { slackApiUrl }, logLevel: "error" });
  app.command("/try", async ({ ack, body, client }) => {
    await ack();
    const name = { type: "input", block_id: "name", label: plain("Name"), element: { type: "plain_text_input", action_id: "x" } };
    const view = { type: "modal", callback_id: "tell", title: plain("Tell"), submit: plain("Send"), blocks: [name] };
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
  app.view("tell", async ({ ack, view, client }) => {
    const name = view.state.values.name.x.value;
    if (name.length < 3) {
      await ack({ response_action: "errors", errors: { name: "Use three letters or more." } });
      return;
    }
    await ack();
    const button = { type: "button", action_id: "like", text: plain("Made me think"), value: "s1" };
    const section = { type: "section", text: { type: "mrkdwn", text: `*${name}*` }, accessory: button };
    await client.chat.postMessage({ channel, text: name, blocks: [section] });
  });
  app.action("like", async ({ ack, action, respond }) => {
    await ack();
    say({ liked: action.value });
    await respond({ text: "Noted", response_type: "ephemeral", replace_original: false });
  });
  app.event("message", async ({ event }) => event.subtype || say({ heard: event.text }));
  await app.start();
  say({ ready: true });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
