// Streaming: one open answer for each browser, for the discussions that are in view in any of its pages. Used by live.js.
// The page that holds the lock has it, and passes on what comes. Whoever hides lets go, and another page in view takes over.

const channel = new BroadcastChannel("live");
const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
const pages = new Map(); // what each page has in view: [[thread, place in the journal], …]
const NAMES = ["message", "thread", "reload"];
const AGAIN_MS = 30000;
let take = () => {};
let mine = () => [];
let source = null;
let release = null;

// hear: is given what came; views: says what is in view here.
export function start(hear, views) {
  [take, mine] = [hear, views];
}

export function tell() {
  const seen = mine();
  pages.set(me, seen);
  channel.postMessage({ page: me, seen });
  if (seen.length && !release) lead();
  if (!seen.length && release) release = void release();
  if (source) open();
}

function lead() {
  const waiting = new AbortController();
  release = () => waiting.abort();
  navigator.locks.request("live", { signal: waiting.signal }, () => new Promise((done) => {
    release = () => { source?.close(); source = null; done(); };
    channel.postMessage({ asks: true });
    open();
  })).catch(() => {});
}

function open() {
  const wanted = [...new Map([...pages.values()].flat())];
  const key = wanted.map(([thread]) => thread).sort().join();
  if (source?.key === key && source.readyState !== EventSource.CLOSED) return;
  source?.close();
  if (!wanted.length) return;
  const [[first, after], ...others] = wanted;
  const query = new URLSearchParams([["after", after], ...others.map((each) => ["also", each.join(".")])]);
  source = Object.assign(new EventSource(`/discussion/${first}/stream?${query}`), { key });
  for (const name of NAMES) source.addEventListener(name, ({ data, lastEventId }) => pass({ ...JSON.parse(data), name, place: lastEventId }));
  source.onerror = ({ target }) => target.readyState === EventSource.CLOSED && setTimeout(() => source === target && open(), AGAIN_MS);
}

function pass(told) {
  channel.postMessage({ told });
  take(told);
}

channel.onmessage = ({ data: { page, seen, told, asks } }) => {
  if (told) take(told);
  if (asks) channel.postMessage({ page: me, seen: mine() });
  if (page) seen.length ? pages.set(page, seen) : pages.delete(page);
  if (page && source) open();
};
addEventListener("pagehide", () => { channel.postMessage({ page: me, seen: [] }); if (release) release = void release(); });
