/* The sentences scripts say, in the reader's language: <meta name="word:queued" content="{n} 条待同步">. */
export function word(name, facts = {}) {
  const said = document.querySelector(`meta[name="word:${name}"]`)?.content ?? "";
  return said.replace(/\{(\w+)\}/g, (whole, key) => facts[key] ?? whole);
}
