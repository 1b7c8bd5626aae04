// The vendor's Node SDK against an emulator; only the base URL is another. Prints what it saw as one JSON object.
//
// node node_client.js URL ACCOUNT TOKEN NUMBER HOOKS

"use strict";

const twilio = require("twilio");

const [url, account, token, number, hooks] = process.argv.slice(2);
const client = twilio(account, token);
client.api.baseUrl = url;

async function until(ask, done) {
  const end = Date.now() + 15000;
  for (;;) {
    const found = await ask();
    if (done(found)) return found;
    if (Date.now() > end) throw new Error(`it did not happen in time: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function refused(promise) {
  try {
    await promise;
  } catch (error) {
    return { status: error.status, code: error.code, message: error.message };
  }
  throw new Error("it was not refused");
}

async function calls() {
  const call = await client.calls.create({
    to: "+14155551212",
    from: number,
    url: `${hooks}/twiml`,
    statusCallback: `${hooks}/status`,
    statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
  });
  const live = await until(() => client.calls(call.sid).fetch(), (one) => one.status === "in-progress");
  const ended = await client.calls(call.sid).update({ status: "completed" });
  const more = [];
  for (let at = 0; at < 5; at += 1) {
    more.push((await client.calls.create({ to: `+1415555200${at}`, from: number, url: `${hooks}/twiml` })).sid);
  }
  const page = await client.calls.page({ pageSize: 2 });
  const next = await page.nextPage();
  return {
    sid: call.sid,
    made: call.status,
    created: call.dateCreated instanceof Date,
    live: live.status,
    ended: ended.status,
    more,
    listed: (await client.calls.list({ limit: 5, pageSize: 2 })).map((one) => one.sid),
    filtered: (await client.calls.list({ to: "+14155552003" })).map((one) => one.sid),
    pages: [page, next].map((one) => one.instances.map((row) => row.sid)),
    removed: await client.calls(call.sid).remove(),
    gone: await refused(client.calls(call.sid).fetch()),
    unknown: await refused(client.calls.create({ to: "+15005550001", from: number, url: `${hooks}/twiml` })),
  };
}

async function conferences() {
  const rooms = client.conferences("Sales").participants;
  const one = await rooms.create({ from: number, to: "+14155553001", label: "one" });
  const room = client.conferences(one.conferenceSid);
  await until(() => room.participants.list(), (rows) => rows.some((row) => row.status === "connected"));
  const muted = await room.participants("one").update({ muted: true });
  const ended = await room.update({ status: "completed" });
  return { label: one.label, muted: muted.muted, ended: ended.status };
}

async function queues() {
  const queue = await client.queues.create({ friendlyName: "support", maxSize: 5 });
  const call = await client.calls.create({ to: "+14155554001", from: number, url: `${hooks}/queue` });
  await until(() => client.queues(queue.sid).fetch(), (found) => found.currentSize === 1);
  const front = await client.queues(queue.sid).members("Front").fetch();
  await client.queues(queue.sid).members(call.sid).update({ url: `${hooks}/twiml` });
  await until(() => client.queues(queue.sid).fetch(), (found) => found.currentSize === 0);
  return { size: queue.maxSize, waited: front.callSid === call.sid, position: front.position };
}

async function recordings() {
  const call = await client.calls.create({ to: "+14155555001", from: number, url: `${hooks}/twiml` });
  await until(() => client.calls(call.sid).fetch(), (one) => one.status === "in-progress");
  const made = await client.calls(call.sid).recordings.create({ recordingChannels: "dual" });
  await client.calls(call.sid).recordings(made.sid).update({ status: "stopped" });
  const done = await until(() => client.recordings(made.sid).fetch(), (one) => one.status === "completed");
  return { channels: made.channels, source: made.source, done: done.status };
}

async function main() {
  const stranger = twilio(account, "wrong");
  stranger.api.baseUrl = url;
  return {
    calls: await calls(),
    conferences: await conferences(),
    queues: await queues(),
    recordings: await recordings(),
    stranger: await refused(stranger.calls.list({ limit: 1 })),
  };
}

main().then(
  (seen) => console.log(JSON.stringify(seen)),
  (error) => {
    console.error(error);
    process.exit(1);
  }
);
