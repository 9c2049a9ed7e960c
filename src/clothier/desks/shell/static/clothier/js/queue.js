/* Where posts wait: {id, url, label, fields, user, at, refused}, in IndexedDB. A browser that denies a frame on another
   site all storage keeps them for as long as the page lives, and asks before the page goes with them. */
const STORE = "posts";
const kept = new Map();
let opening = null;
let last = 0;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("clothier-outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }).catch(() => null);
  return opening;
}

/* `action` in the database; `instead` where there is none. */
async function within(mode, action, instead) {
  const opened = await database();
  if (!opened) return instead();
  const request = action(opened.transaction(STORE, mode).objectStore(STORE));
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export const add = (post) => within("readwrite", (store) => store.add(post), () => kept.set(++last, { ...post, id: last }));
export const put = (post) => within("readwrite", (store) => store.put(post), () => kept.set(post.id, post));
export const remove = (id) => within("readwrite", (store) => store.delete(id), () => kept.delete(id));

/* One person's posts, oldest first: a phone is shared, and nobody speaks in another's name. */
export async function all(user) {
  const posts = await within("readonly", (store) => store.getAll(), () => [...kept.values()]);
  return posts.filter((post) => post.user === user);
}

window.addEventListener("beforeunload", (event) => { if (kept.size) event.preventDefault(); });
