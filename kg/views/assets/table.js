// The table: the same things and links as the drawing, for reading, sorting and keyboards.
const Table = (() => {
  const { make, plain } = Elements;
  const { say } = Words;
  const STEP = 100;

  function thingRows(view, shown) {
    const links = new Map(), sets = new Map();
    for (const edge of shown.edges) {
      for (const end of [view.from[edge], view.to[edge]]) {
        links.set(end, (links.get(end) ?? 0) + 1);
        if (!sets.has(end)) sets.set(end, new Set());
        const flat = view.evidence[edge];
        for (let i = 0; i < flat.length; i += 4) if (shown.set[flat[i]] !== 0) sets.get(end).add(flat[i]);
      }
    }
    return shown.nodes.map((node) => {
      const thing = Data.things[view.thing[node]];
      return { key: "n" + node, node, cells: [thing.label || thing.id, say(thing.kind), Math.max(sets.get(node)?.size ?? 0, view.aggregatedFrom ? view.weight[node] : 0), links.get(node) ?? 0] };
    });
  }
  function edgeRows(view, shown) {
    return shown.edges.map((edge) => ({
      key: "e" + edge, edge,
      cells: [Panel.nameOf(view.thing[view.from[edge]]), say(view.relations[view.relation[edge]]), Panel.nameOf(view.thing[view.to[edge]]), shown.weights[edge], Panel.subjectsOf(view, edge).join(", ")],
    }));
  }
  const heads = {
    things: () => [["colName"], ["colKind"], ["colSets", true], ["colLinks", true]],
    edges: () => [["colFrom"], ["colRelation"], ["colTo"], ["colSets", true], ["colAbout"]],
  };
  const firstSort = { things: "2-", edges: "3-" };

  function render(drawer, view, shown, state, go, pick) {
    const kind = state.rows === "edges" ? "edges" : "things";
    const rows = kind === "edges" ? edgeRows(view, shown) : thingRows(view, shown);
    const sort = /^\d[+-]$/.test(state.sort) && Number(state.sort[0]) < heads[kind]().length ? state.sort : firstSort[kind];
    const column = Number(sort[0]), sign = sort[1] === "-" ? -1 : 1;
    const compare = new Intl.Collator(Words.language, { numeric: true }).compare;
    rows.sort((a, b) => {
      const [x, y] = [a.cells[column], b.cells[column]];
      return sign * (typeof x === "number" ? x - y : compare(x, y)) || compare(String(a.cells[0]), String(b.cells[0])) || (a.key < b.key ? -1 : 1);
    });
    const choose = (to) => make("button", { type: "button", "aria-pressed": String(kind === to), "data-rows": to, onclick: () => go({ rows: to === "edges" ? "edges" : "", sort: "" }) }, say(to));
    const body = make("tbody");
    const more = make("button", { type: "button" });
    let count = 0;
    const grow = () => {
      for (const row of rows.slice(count, count + STEP)) body.append(line(row, heads[kind](), view, pick, state));
      count = Math.min(rows.length, count + STEP);
      more.hidden = count >= rows.length;
      more.textContent = say("more", { n: Words.count(rows.length - count) });
    };
    more.addEventListener("click", grow);
    grow();
    const header = make("tr", {}, heads[kind]().map(([word, numeric], index) => {
      const on = index === column;
      const button = make("button", { type: "button", "data-column": index, onclick: () => go({ sort: index + (on ? (sign < 0 ? "+" : "-") : numeric ? "-" : "+") }) }, say(word) + (on ? (sign < 0 ? " ▼" : " ▲") : ""));
      return make("th", { scope: "col", class: numeric ? "number" : null, "aria-sort": on ? (sign < 0 ? "descending" : "ascending") : null }, button);
    }));
    drawer.replaceChildren(
      make("div", { class: "head" }, make("h3", {}, say("table")), choose("things"), choose("edges")),
      make("table", {}, make("caption", {}, say("tableCaption", { n: Words.count(rows.length) })), make("thead", {}, header), body), more);
  }
  function line(row, columns, view, pick, state) {
    const chosen = row.node !== undefined ? Data.things[view.thing[row.node]].id === state.focus : false;
    return make("tr", { class: chosen ? "chosen" : null }, row.cells.map((cell, index) => {
      if (index) return make("td", { class: columns[index][1] ? "number" : null }, typeof cell === "number" ? Words.count(cell) : plain(cut(cell)));
      return make("td", {}, make("button", { type: "button", class: "plain", onclick: () => pick(row) }, plain(cut(cell))));
    }));
  }
  const cut = (text) => (text.length > 160 ? Array.from(text).slice(0, 160).join("") + "…" : text);

  return { render };
})();
