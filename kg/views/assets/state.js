// What is being looked at, kept in the address's hash so that it can be shared and walked back.
const State = (() => {
  const names = ["view", "focus", "edge", "party", "ministry", "from", "to", "undated", "hide", "all", "pane", "rows", "sort", "lang"];
  const start = { view: Data.meta.views[0] ?? "", focus: "", edge: "", party: "", ministry: "", from: "", to: "", undated: "", hide: "", all: "", pane: "", rows: "", sort: "", lang: "nl" };
  let now = { ...start };
  let watcher = () => {};

  function parse(hash) {
    const found = new URLSearchParams(hash.replace(/^#/, ""));
    const next = { ...start };
    for (const name of names) if (found.has(name)) next[name] = found.get(name);
    return next;
  }
  function format(state) {
    const found = new URLSearchParams();
    for (const name of names) if (state[name] !== start[name]) found.set(name, state[name]);
    return "#" + found.toString();
  }
  // Moves on; `step` true makes a step that the browser's back button undoes.
  function go(change, step = true) {
    const next = { ...now, ...change };
    const hash = format(next);
    if (hash === format(now)) return;
    const before = now;
    now = next;
    try {
      history[step ? "pushState" : "replaceState"](null, "", hash);
    } catch {
      // a sandboxed frame may refuse; the page itself still works
    }
    watcher(now, before);
  }
  function arrive() {
    const before = now;
    now = parse(location.hash);
    if (format(now) !== format(before)) watcher(now, before);
  }
  function watch(callback) {
    watcher = callback;
    now = parse(location.hash);
    addEventListener("popstate", arrive);
    addEventListener("hashchange", arrive);
  }
  return { go, watch, get now() { return now; } };
})();
