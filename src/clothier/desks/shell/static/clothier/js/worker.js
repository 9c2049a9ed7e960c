/* Registers the service worker and tells it which files this page is made of. */
async function install(address) {
  const { active } = await navigator.serviceWorker.register(address).then(() => navigator.serviceWorker.ready);
  active.postMessage({ files: performance.getEntriesByType("resource").map((entry) => entry.name) });
}

const address = document.body.dataset.worker;
if (address && "serviceWorker" in navigator) install(address);
