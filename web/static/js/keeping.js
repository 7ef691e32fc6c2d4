// What a browser keeps of meetings: one cache for each, with its particulars. Used by offline.js and kept_list.js.

export const PREFIX = "kept:";
const ABOUT = "/.kept";

export async function about(name) {
  return (await caches.match(ABOUT, { cacheName: name }))?.json() ?? null;
}

export async function all() {
  const names = (await caches.keys()).filter((each) => each.startsWith(PREFIX));
  return (await Promise.all(names.map(about))).filter(Boolean);
}

export async function drop(code) {
  await caches.delete(PREFIX + code);
}

export async function wipe() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}

// What the server says may be kept of a meeting; null when it may not be read any more.
export async function offer(code) {
  const answer = await fetch(`/meeting/${encodeURIComponent(code)}/offline.json`);
  if ([401, 403, 404, 410].includes(answer.status)) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function isNoStore(answer) {
  return (answer.headers.get("cache-control") ?? "").includes("no-store");
}

// Keep a meeting, or bring it up to date: pages are fetched again, files when they changed, the rest is dropped.
export async function keep(told, restricted, tell = () => {}) {
  const cache = await caches.open(PREFIX + told.code);
  const before = (await about(PREFIX + told.code))?.digests ?? {};
  const wanted = told.keep.filter((each) => restricted || !each.restricted);
  const digests = {};
  for (const [n, each] of wanted.entries()) {
    tell(n + 1, wanted.length);
    const same = each.sha256 && before[each.address] === each.sha256 && (await cache.match(each.address, { ignoreVary: true }));
    const answer = same ? null : await fetch(each.address);
    if (answer?.ok && !answer.redirected && !isNoStore(answer)) await cache.put(each.address, answer);
    digests[each.address] = each.sha256;
  }
  for (const request of await cache.keys()) {
    if (!(new URL(request.url).pathname in digests)) await cache.delete(request, { ignoreVary: true });
  }
  const size = wanted.reduce((sum, each) => sum + each.size, 0);
  const { code, title, person, banner } = told;
  const language = document.documentElement.lang;
  const row = { code, title, person, banner, language, restricted, size, digests, checked: Date.now() };
  await cache.put(ABOUT, new Response(JSON.stringify(row)));
}
