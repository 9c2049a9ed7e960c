/* The service worker: pages of the floor and of a member open without a network, and everything static comes from the phone. */
const VERSION = "{{ version }}";
const SHELL = {{ shell|safe }};
const OFFLINE = "{{ offline }}";
const STATIC = "{{ static }}";
const KEPT = ["/floor/", "/me/"];
const MOST_PAGES = 30;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(`shell-${VERSION}`).then((cache) => cache.addAll([...SHELL, OFFLINE])).then(() => self.skipWaiting()));
});

/* The page that brought this worker was loaded before it could see it, so it is fetched once more and kept. */
async function keepOpenPages() {
  for (const client of await self.clients.matchAll({ type: "window" })) {
    if (!isKept(new URL(client.url))) continue;
    const response = await fetch(client.url);
    if (response.ok && !response.redirected) await keep(client.url, response);
  }
}

/* A page says which files it is made of, so that they are here when the network is not. */
self.addEventListener("message", (event) => {
  const files = (event.data?.files ?? []).filter((file) => new URL(file).pathname.startsWith(STATIC));
  event.waitUntil(Promise.all(files.map((file) => fromStatic(new Request(file)))));
});

async function clean() {
  const old = (name) => name.startsWith("shell-") && name !== `shell-${VERSION}`;
  const names = await caches.keys();
  await Promise.all(names.filter(old).map((name) => caches.delete(name)));
}

self.addEventListener("activate", (event) => {
  event.waitUntil(clean().then(() => self.clients.claim()).then(keepOpenPages));
});

function isKept(url) {
  return KEPT.some((path) => url.pathname.startsWith(path));
}

async function fromStatic(request) {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) (await caches.open(`shell-${VERSION}`)).put(request, response.clone());
  return response;
}

/* Pages are kept for the person signed in only: leaving deletes them. What they vary on is hidden from a worker, so
   it does not decide whether a kept page is found. */
async function keep(request, response) {
  const cache = await caches.open("pages");
  await cache.put(request, response);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST_PAGES))) await cache.delete(key);
}

async function fromNetwork(request, url) {
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected && isKept(url)) await keep(request, response.clone());
    return response;
  } catch (error) {
    const kept = await caches.match(url.pathname === "/" ? KEPT[0] : request, { cacheName: "pages", ignoreVary: true });
    return kept ?? (await caches.match(OFFLINE)) ?? Promise.reject(error);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname.startsWith("/accounts/log") || url.pathname === "/me/leaving/") event.waitUntil(caches.delete("pages"));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(STATIC)) event.respondWith(fromStatic(request));
  else if (request.mode === "navigate") event.respondWith(fromNetwork(request, url));
});
