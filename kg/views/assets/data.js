"use strict";
// The page's data: facts and texts that all views share, and one network a view.
const Data = (() => {
  const read = (id) => JSON.parse(document.getElementById("data-" + id).textContent);
  const once = (make) => { let made; return () => (made === undefined ? (made = make()) : made); };
  const meta = read("meta");

  const things = read("things").map(([id, kind, label, aliases, identifiers, links, detail], index) => ({
    index, id, kind, label, aliases: aliases || [], identifiers: identifiers || [], links: links || [], detail: detail || "",
  }));
  const byId = new Map(things.map((thing) => [thing.id, thing]));

  const sets = read("sets").map((row, index) => {
    const [thing, kenmerk, aanhangsel, submitted, answered, submitters, addressees, parties, ministries, subjects, asked, replied] = row;
    const days = submitted && answered ? Math.round((Date.parse(answered) - Date.parse(submitted)) / 864e5) : null;
    return { index, thing: things[thing], kenmerk, aanhangsel, submitted, answered, submitters, addressees, parties, ministries, subjects, asked, replied, days };
  });
  const setOfThing = new Map(sets.map((set) => [set.thing.index, set]));

  const texts = once(() => read("texts").map(([set, kind, numbers, text, cut, confidence], index) => ({
    index, set: sets[set], kind: ["question", "answer", "letter"][kind], numbers, text, cut: Boolean(cut), confidence,
  })));
  const textsOf = once(() => {
    const found = new Map();
    for (const text of texts()) {
      if (!found.has(text.set)) found.set(text.set, []);
      found.get(text.set).push(text);
    }
    return found;
  });

  const views = new Map();
  function view(name) {
    if (!views.has(name)) views.set(name, finish(read("view-" + name), name));
    return views.get(name);
  }

  // Adds to a view's columns what drawing and panel look up: neighbours, and nodes by thing.
  function finish(view, name) {
    view.name = name;
    view.count = view.thing.length;
    view.byThing = new Map(view.thing.map((thing, node) => [thing, node]));
    view.edgesOf = view.thing.map(() => []);
    for (let edge = 0; edge < view.from.length; edge++) {
      view.edgesOf[view.from[edge]].push(edge);
      view.edgesOf[view.to[edge]].push(edge);
    }
    return view;
  }

  // The surroundings of one thing, two steps far: itself, then its sets or neighbours, then theirs.
  function around(centre, most) {
    const all = view("all");
    const middle = all.byThing.get(centre);
    if (middle === undefined) return null;
    const other = (node, edge) => (all.from[edge] === node ? all.to[edge] : all.from[edge]);
    const rings = [[middle], [], []];
    const seen = new Set(rings[0]);
    const angle = new Map();
    let left = 0;
    for (const step of [1, 2]) {
      const touched = new Map();
      for (const node of rings[step - 1]) {
        for (const edge of all.edgesOf[node]) {
          const next = other(node, edge);
          if (seen.has(next)) continue;
          if (!touched.has(next)) touched.set(next, []);
          touched.get(next).push(node);
        }
      }
      const kept = [...touched.keys()].sort((a, b) => touched.get(b).length - touched.get(a).length || a - b);
      const room = Math.max(0, most - seen.size);
      left += Math.max(0, kept.length - room);
      rings[step] = kept.slice(0, room);
      const bearing = (node) => {
        let x = 0, y = 0;
        for (const parent of touched.get(node)) { x += Math.cos(angle.get(parent) ?? 0); y += Math.sin(angle.get(parent) ?? 0); }
        return Math.atan2(y, x);
      };
      const kindOf = (node) => things[all.thing[node]].kind;
      if (step === 1) rings[1].sort((a, b) => (kindOf(a) < kindOf(b) ? -1 : kindOf(a) > kindOf(b) ? 1 : a - b));
      else {
        const bearings = new Map(rings[2].map((node) => [node, bearing(node)]));
        rings[2].sort((a, b) => bearings.get(a) - bearings.get(b) || a - b);
      }
      const turn = step === 2 && rings[2].length ? bearing(rings[2][0]) : -Math.PI / 2;
      rings[step].forEach((node, place) => { seen.add(node); angle.set(node, turn + (2 * Math.PI * place) / rings[step].length); });
    }
    const nodes = [...rings[0], ...rings[1], ...rings[2]];
    const second = Math.max(430, (rings[2].length * 40) / (2 * Math.PI));
    const first = Math.max(200, second * 0.5, (rings[1].length * 60) / (2 * Math.PI));
    const number = new Map(nodes.map((node, n) => [node, n]));
    const edges = [...new Set(nodes.flatMap((node) => all.edgesOf[node]))].sort((a, b) => a - b)
      .filter((edge) => number.has(all.from[edge]) && number.has(all.to[edge]));
    const at = (n, along) => {
      if (n === 0) return 0;
      const far = n <= rings[1].length ? first : second;
      return Math.round(far * (along === "x" ? 1.45 * Math.cos(angle.get(nodes[n])) : Math.sin(angle.get(nodes[n]))));
    };
    const cut = (column) => nodes.map((node) => all[column][node]);
    const cutEdges = (column) => edges.map((edge) => all[column][edge]);
    return finish({
      thing: cut("thing"), x: nodes.map((_, n) => at(n, "x")), y: nodes.map((_, n) => at(n, "y")),
      size: cut("size").map((size, n) => (n === 0 ? 24 : Math.max(8, size * 0.8))), weight: cut("weight"), community: nodes.map(() => 0),
      names: {}, relations: all.relations, from: cutEdges("from").map((n) => number.get(n)), to: cutEdges("to").map((n) => number.get(n)),
      relation: cutEdges("relation"), value: cutEdges("value"), evidence: cutEdges("evidence"), overview: [], aggregatedFrom: 0, leftOut: left, radial: true,
    }, "neighbourhood");
  }

  // The places behind an edge: {set, text, start, end}; text is null where the set as a whole shows it.
  function places(view, edge) {
    const flat = view.evidence[edge];
    const found = [];
    for (let i = 0; i < flat.length; i += 4) {
      found.push({ set: sets[flat[i]] ?? null, text: flat[i + 1] < 0 ? null : texts()[flat[i + 1]], start: flat[i + 2], end: flat[i + 3] });
    }
    return found;
  }

  return { meta, things, byId, sets, setOfThing, texts, textsOf, view, around, places };
})();
