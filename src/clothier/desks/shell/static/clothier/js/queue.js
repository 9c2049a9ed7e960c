/* Where posts wait in IndexedDB: {id, url, label, fields, user, at, refused}. */
const STORE = "posts";
let opening = null;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("clothier-outbox", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function within(mode, action) {
  const store = (await database()).transaction(STORE, mode).objectStore(STORE);
  const request = action(store);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export const add = (post) => within("readwrite", (store) => store.add(post));
export const put = (post) => within("readwrite", (store) => store.put(post));
export const remove = (id) => within("readwrite", (store) => store.delete(id));

/* One person's posts, oldest first: a phone is shared, and nobody speaks in another's name. */
export async function all(user) {
  return (await within("readonly", (store) => store.getAll())).filter((post) => post.user === user);
}
