// Service worker. The network first; without it, what the person chose to keep. Nothing else is kept. RELEASE comes from the server.

const STATIC = `static:${RELEASE}`;
const PREFIX = "kept:";
const ABOUT = "/.kept";
const LONGEST_MS = 14 * 24 * 3600 * 1000;
const HASHED = /\.[0-9a-f]{10}\.[a-z0-9]+$/;

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([tidy(), self.clients.claim()])));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(asset(event.request, HASHED.test(pathname)));
  else if (mode === "navigate") event.respondWith(fetch(event.request).catch(() => kept(url)));
});

async function prepare() {
  const cache = await caches.open(STATIC);
  const answer = await fetch("/offline", { credentials: "omit" });
  await cache.put("/offline", answer.clone());
  const needed = (await answer.text()).match(/\/static\/[\w./-]+/g) ?? [];
  await cache.addAll([...new Set([...needed, "/static/js/keeping.js"])]);
  await self.skipWaiting();
}

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith("static:") && name !== STATIC) await caches.delete(name);
    if (name.startsWith(PREFIX)) await about(name);
  }
}

// A file with a hash in its name never changes; others (modules that modules name) are asked for first.
async function asset(request, isFixed) {
  const found = await caches.match(request, { cacheName: STATIC });
  if (found && isFixed) return found;
  const answer = await fetch(request).catch(() => found ?? Response.error());
  if (answer.ok && isFixed) await (await caches.open(STATIC)).put(request, answer.clone());
  return answer;
}

// What is known of a kept meeting; what is too old is dropped.
async function about(name) {
  const told = await (await caches.match(ABOUT, { cacheName: name }))?.json();
  if (told && Date.now() - told.checked <= LONGEST_MS) return told;
  await caches.delete(name);
  return null;
}

async function kept(url) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(PREFIX))) {
    const told = await about(name);
    const answer = told && (await caches.match(url.split("#")[0], { cacheName: name, ignoreVary: true }));
    if (answer) return marked(answer, told);
  }
  return caches.match("/offline", { cacheName: STATIC });
}

// A page says of when it is.
async function marked(answer, told) {
  if (!answer.headers.get("content-type")?.startsWith("text/html")) return answer;
  const words = `${told.banner} ${new Date(told.checked).toLocaleString(told.language, { dateStyle: "medium", timeStyle: "short" })}.`.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  const note = `<p class="banner is-needs" role="status"><span>${words}</span></p>`;
  return new Response((await answer.text()).replace(/<main[^>]*>/, (tag) => tag + note), { headers: answer.headers });
}
