/* The service worker: pages of the floor open without a network, and everything static comes from the phone. */
const VERSION = "{{ version }}";
const SHELL = {{ shell|safe }};
const OFFLINE = "{{ offline }}";
const STATIC = "{{ static }}";
const KEPT = ["/floor/"];
const MOST_PAGES = 30;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(`shell-${VERSION}`).then((cache) => cache.addAll([...SHELL, OFFLINE])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("shell-") && name !== `shell-${VERSION}`;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

async function fromStatic(request) {
  const found = await caches.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) (await caches.open(`shell-${VERSION}`)).put(request, response.clone());
  return response;
}

/* Pages are kept for the person signed in only: leaving deletes them. */
async function keep(request, response) {
  const cache = await caches.open("pages");
  await cache.put(request, response);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST_PAGES))) await cache.delete(key);
}

async function fromNetwork(request, url) {
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected && KEPT.some((path) => url.pathname.startsWith(path))) await keep(request, response.clone());
    return response;
  } catch (error) {
    return (await caches.match(request, { cacheName: "pages" })) ?? (await caches.match(OFFLINE)) ?? Promise.reject(error);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname.startsWith("/accounts/log")) event.waitUntil(caches.delete("pages"));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(STATIC)) event.respondWith(fromStatic(request));
  else if (request.mode === "navigate") event.respondWith(fromNetwork(request, url));
});
