// Brings the parts together: state in, drawing, panel, table and charts out.
(() => {
  const { make, plain } = Elements;
  const { say } = Words;
  const $ = (id) => document.getElementById(id);
  const pseudo = "neighbourhood";
  const viewNames = [...Data.meta.views];
  if (viewNames.includes("all") && !viewNames.includes(pseudo)) viewNames.splice(viewNames.indexOf("all"), 0, pseudo);
  let view = null, shown = null, layoutKey = "";

  const currentView = (state) => (viewNames.includes(state.view) ? state.view : viewNames[0]);
  // The neighbourhood is cut out of the view of everything, around what is chosen.
  const isEgo = (name) => name === pseudo && !Data.meta.views.includes(pseudo);
  const hiddenKinds = (state) => new Set(state.hide.split(" ").filter(Boolean));

  function setsThatMatch(state) {
    const party = Data.byId.get(state.party)?.index ?? -1, ministry = Data.byId.get(state.ministry)?.index ?? -1;
    return Data.sets.map((set) => Number(
      (party < 0 || set.parties.includes(party)) && (ministry < 0 || set.ministries.includes(ministry)) &&
      (set.submitted ? (!state.from || set.submitted >= state.from) && (!state.to || set.submitted <= state.to) : state.undated !== "no")));
  }
  const filtersOn = (state) => Boolean(state.party || state.ministry || state.from || state.to || state.undated === "no");

  // Which nodes and edges the filters leave, and how much each edge then weighs.
  function filterView(state) {
    const set = setsThatMatch(state), hidden = hiddenKinds(state), filtered = filtersOn(state);
    const kindOn = view.thing.map((thing) => !hidden.has(Data.things[thing].kind));
    const on = new Uint8Array(view.from.length), weights = view.value.slice(), touched = new Uint8Array(view.count);
    for (let edge = 0; edge < on.length; edge++) {
      if (!kindOn[view.from[edge]] || !kindOn[view.to[edge]]) continue;
      if (filtered) {
        const flat = view.evidence[edge], found = new Set();
        for (let i = 0; i < flat.length; i += 4) if (flat[i] >= 0 && set[flat[i]]) found.add(flat[i]);
        if (!found.size) continue;
        weights[edge] = found.size;
      }
      on[edge] = 1;
      touched[view.from[edge]] = touched[view.to[edge]] = 1;
    }
    const nodeOn = new Uint8Array(view.count);
    for (let node = 0; node < view.count; node++) {
      const own = Data.setOfThing.get(view.thing[node]);
      nodeOn[node] = Number(kindOn[node] && (!filtered || touched[node] || (own ? set[own.index] : 0)));
    }
    const nodes = [], edges = [];
    nodeOn.forEach((is, node) => { if (is) nodes.push(node); });
    on.forEach((is, edge) => { if (is) edges.push(edge); });
    const places = (edge) => Data.places(view, edge).filter((place) => !filtered || (place.set && set[place.set.index]));
    return { set, on, nodeOn, nodes, edges, weights, places, filtered };
  }

  // A large network opens on its most important nodes; what is chosen always comes with its neighbours.
  function opened(state) {
    if (!view.overview.length || state.all || shown.filtered) return { nodeOn: shown.nodeOn, on: shown.on, partial: false };
    const nodeOn = new Uint8Array(view.count);
    for (const node of view.overview) nodeOn[node] = shown.nodeOn[node];
    const focus = focusNode(state);
    if (focus !== null) {
      nodeOn[focus] = 1;
      for (const edge of view.edgesOf[focus]) if (shown.on[edge]) nodeOn[view.from[edge]] = nodeOn[view.to[edge]] = 1;
    }
    for (const edge of chosenEdges(state)) nodeOn[view.from[edge]] = nodeOn[view.to[edge]] = 1;
    return { nodeOn, on: shown.on.map((is, edge) => Number(is && nodeOn[view.from[edge]] && nodeOn[view.to[edge]])), partial: true };
  }
  function focusNode(state) {
    const thing = Data.byId.get(state.focus);
    const node = thing ? view.byThing.get(thing.index) : undefined;
    return node !== undefined && shown.nodeOn[node] ? node : null;
  }
  // All links between the two ends that the hash names, in both directions.
  function chosenEdges(state) {
    if (!state.edge) return [];
    const [a, b] = state.edge.split("|").map((id) => view.byThing.get(Data.byId.get(id)?.index));
    if (a === undefined || b === undefined) return [];
    return view.edgesOf[a].filter((edge) => shown.on[edge] && (view.from[edge] === b || view.to[edge] === b) && a !== b);
  }
  const edgeKey = (edge) => [view.from[edge], view.to[edge]].map((node) => Data.things[view.thing[node]].id).join("|");

  function update(state, before) {
    const name = currentView(state);
    const fresh = !before;
    if (fresh || state.lang !== before.lang) speak(state);
    const centre = isEgo(name) ? Data.byId.get(state.focus) : null;
    const key = name + "|" + (centre?.id ?? "");
    const moved = key !== layoutKey;
    if (moved) {
      layoutKey = key;
      view = isEgo(name) ? (centre ? Data.around(centre.index, 80) : null) : Data.view(name);
      if (!view) view = { ...nothing(), name };
    }
    shown = filterView(state);
    const part = opened(state);
    const focus = focusNode(state), edges = chosenEdges(state);
    $("legend").hidden = !view.count;
    if (moved || fresh || state.lang !== before.lang || filtersChanged(state, before)) { fillLegend(state); fillControls(state); }
    fillNotice(state, part);
    Drawing.resize();
    Drawing.show(view, part.nodeOn, part.on, shown.weights);
    Drawing.select(edges.length || isEgo(name) ? null : focus, edges.length ? edges : null);
    if (moved || fresh || filtersChanged(state, before) || state.all !== before.all) Drawing.fit();
    if (state.pane !== before?.pane) { layOutPane(state); if (Drawing.resize()) Drawing.fit(); }
    if (focus !== null && !moved && !fresh) Drawing.reveal(focus);
    Drawing.drawNow();
    if (edges.length) Panel.showEdges(view, edges, shown);
    else if (focus !== null) Panel.showNode(view, focus, shown);
    else if (view.count) Panel.showSummary(view, shown);
    else Panel.showNothing();
    fillPane(state);
    if (!fresh) announce(state, before, focus, edges);
  }
  const filtersChanged = (a, b) => ["party", "ministry", "from", "to", "undated", "hide"].some((name) => a[name] !== b?.[name]);
  const nothing = () => ({ count: 0, thing: [], x: [], y: [], size: [], weight: [], community: [], names: {}, relations: [], from: [], to: [], relation: [], value: [], evidence: [], overview: [], aggregatedFrom: 0, byThing: new Map(), edgesOf: [] });

  function announce(state, before, focus, edges) {
    let text = "";
    if (currentView(state) !== currentView(before)) text = say("nowView", { what: say("view_" + view.name), n: Words.count(shown.nodes.length) });
    else if (focus !== null && state.focus !== before.focus) text = say("selected", { what: Panel.nameOf(view.thing[focus]).slice(0, 120) });
    else if (edges.length && state.edge !== before.edge) text = say("selected", { what: Panel.nameOf(view.thing[view.from[edges[0]]]).slice(0, 80) + " – " + Panel.nameOf(view.thing[view.to[edges[0]]]).slice(0, 80) });
    else if (before.focus || before.edge) text = say("cleared");
    if (text) $("said").textContent = text;
  }

  function speak(state) {
    Words.speak(state.lang);
    document.title = "Kamergraaf";
    $("tally").textContent = say(Data.meta.allSets > Data.meta.sets ? "tallyPart" : "tally", { all: Words.count(Data.meta.allSets), sets: Words.count(Data.meta.sets), questions: Words.count(Data.meta.questions), answered: Words.count(Data.meta.answered) });
    $("search").placeholder = say("searchHint");
    for (const lang of ["nl", "en"]) $("lang-" + lang).setAttribute("aria-pressed", String(Words.language === lang));
    for (const kind of ["png", "svg", "csv"]) $("save-" + kind).setAttribute("aria-label", `${kind.toUpperCase()}: ${say("save" + kind[0].toUpperCase() + kind.slice(1))}`);
  }
  function fillControls(state) {
    $("views").replaceChildren(...viewNames.map((name) => make("button", { type: "button", "data-view": name, "aria-current": name === view.name ? "page" : null, onclick: () => State.go({ view: name, edge: "", all: "", focus: name === pseudo ? State.now.focus : keepFocus(name) }) }, say("view_" + name))));
    $("view-title").textContent = say("view_" + view.name);
    $("canvas").setAttribute("aria-label", `${say("drawing")}: ${say("view_" + view.name)}. ${say("about_" + view.name)}`);
    choices($("party"), "anyParty", Data.sets.flatMap((set) => set.parties), state.party);
    choices($("ministry"), "anyMinistry", Data.sets.flatMap((set) => set.ministries), state.ministry);
    const days = Data.sets.map((set) => set.submitted).filter(Boolean).sort();
    for (const id of ["from", "to"]) {
      $(id).value = state[id];
      if (days.length) { $(id).min = days[0]; $(id).max = days[days.length - 1]; }
    }
    $("undated").checked = state.undated !== "no";
  }
  const keepFocus = (name) => {
    const thing = Data.byId.get(State.now.focus);
    return thing && Data.meta.views.includes(name) && Data.view(name).byThing.has(thing.index) ? thing.id : "";
  };
  function choices(select, any, indexes, value) {
    const counts = new Map();
    for (const index of indexes) counts.set(index, (counts.get(index) ?? 0) + 1);
    const sorted = [...counts].sort((a, b) => Data.things[a[0]].label.localeCompare(Data.things[b[0]].label, Words.language));
    select.replaceChildren(make("option", { value: "" }, say(any)), ...sorted.map(([index, n]) => make("option", { value: Data.things[index].id, selected: Data.things[index].id === value }, `${Data.things[index].label.slice(0, 120)} (${n})`)));
    select.disabled = !sorted.length;
  }
  function fillLegend(state) {
    const counts = new Map(), hidden = hiddenKinds(state);
    for (const thing of view.thing) counts.set(Data.things[thing].kind, (counts.get(Data.things[thing].kind) ?? 0) + 1);
    const rows = [...counts].sort((a, b) => Shapes.order.indexOf(a[0]) - Shapes.order.indexOf(b[0]));
    const active = document.activeElement?.dataset?.kind;
    $("kinds").replaceChildren(...rows.map(([kind, n]) => {
      const box = make("input", { type: "checkbox", "data-kind": kind });
      box.checked = !hidden.has(kind);
      box.addEventListener("change", () => {
        const next = hiddenKinds(State.now);
        if (box.checked) next.delete(kind); else next.add(kind);
        State.go({ hide: [...next].sort().join(" ") });
      });
      return make("label", {}, box, Shapes.icon(kind), say(kind), make("span", { class: "count" }, Words.count(n)));
    }));
    if (active) document.querySelector(`#kinds input[data-kind="${CSS.escape(active)}"]`)?.focus();
  }
  function fillNotice(state, part) {
    const box = $("notice"), parts = [];
    if (view.aggregatedFrom) parts.push(make("p", {}, say("aggregated", { all: Words.count(view.aggregatedFrom) })));
    if (part.partial) parts.push(make("p", {}, say("overview", { shown: Words.count(part.nodeOn.reduce((a, b) => a + b, 0)), all: Words.count(shown.nodes.length) })), make("button", { type: "button", id: "show-all", onclick: () => State.go({ all: "1" }) }, say("showAll", { all: Words.count(shown.nodes.length) })));
    else if (view.overview.length && state.all) parts.push(make("button", { type: "button", id: "show-overview", onclick: () => State.go({ all: "" }) }, say("showOverview")));
    if (view.leftOut) parts.push(make("p", {}, say("leftOut", { n: Words.count(view.leftOut) })));
    if (shown.filtered && view.count && shown.nodes.length) parts.push(make("p", {}, say("filtered", { shown: Words.count(shown.nodes.length), all: Words.count(view.count) })));
    box.replaceChildren(...parts);
    const lead = !Data.things.length && !Data.meta.sets ? "emptyGraph" : !view.count ? (view.name === pseudo ? "pickCentre" : "emptyView") : !shown.nodes.length ? "emptyFilter" : "";
    $("empty").hidden = !lead;
    $("empty-lead").textContent = lead ? say(lead) : "";
    $("empty-next").textContent = lead ? say(lead + "Next") : "";
  }
  function layOutPane(state) {
    $("drawer").hidden = !state.pane;
    for (const pane of ["table", "charts"]) $("show-" + pane).setAttribute("aria-expanded", String(state.pane === pane));
  }
  function fillPane(state) {
    if (state.pane === "table") Table.render($("drawer"), view, shown, state, (change) => { State.go(change, false); }, (row) => (row.node !== undefined ? pickNode(row.node) : pickEdge(row.edge)));
    else if (state.pane === "charts") Charts.render($("drawer"), Data.sets.filter((set) => shown.set[set.index]));
  }

  const pickNode = (node) => State.go({ focus: Data.things[view.thing[node]].id, edge: "" });
  const pickEdge = (edge) => State.go({ edge: edgeKey(edge), ...unfocused() });
  // The neighbourhood keeps its middle when something in it is let go.
  const unfocused = () => (isEgo(view.name) ? {} : { focus: "" });
  const letGo = () => State.go({ edge: "", ...unfocused() });
  // A thing may stand in another view than this one: then that view comes along.
  function pickThing(thing) {
    const has = (name) => Data.meta.views.includes(name) && Data.view(name).byThing.has(thing.index);
    if (view.byThing.has(thing.index)) return State.go({ focus: thing.id, edge: "", hide: visibleWith(thing) });
    const other = ["all", ...Data.meta.views].find(has);
    if (other) State.go({ view: other, focus: thing.id, edge: "", hide: visibleWith(thing) });
  }
  const visibleWith = (thing) => [...hiddenKinds(State.now)].filter((kind) => kind !== thing.kind).join(" ");

  Drawing.listeners.pick = (node, edge) => {
    if (node >= 0) pickNode(node);
    else if (edge >= 0) pickEdge(edge);
    else letGo();
  };
  Drawing.listeners.point = (node, edge, x, y) => {
    const hint = $("hint");
    hint.hidden = node < 0 && edge < 0;
    if (hint.hidden) return;
    if (node >= 0) {
      const thing = Data.things[view.thing[node]];
      hint.textContent = `${thing.label.slice(0, 200) || thing.id}\n${say(thing.kind)}${thing.detail ? ", " + thing.detail : ""}`;
    } else {
      const titles = Panel.titlesOf(view, edge);
      hint.textContent = `${Panel.nameOf(view.thing[view.from[edge]]).slice(0, 90)} ${say(view.relations[view.relation[edge]])} ${Panel.nameOf(view.thing[view.to[edge]]).slice(0, 90)}\n${Words.sets(shown.weights[edge])}${titles ? ": " + titles : ""}`;
    }
    const left = Math.min(x + 14, Drawing.size.w - 250);
    hint.style.left = Math.max(4, left) + "px";
    hint.style.top = (y + 70 > Drawing.size.h ? y - 58 : y + 16) + "px";
  };
  Panel.connect({ node: pickNode, edge: pickEdge, thing: pickThing, clear: letGo, around: (thing) => State.go({ view: pseudo, focus: thing.id, edge: "" }) });

  // Search by label, alias and number; what is in this view comes first.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null, options = [], active = -1;
  function find(text) {
    index ??= Data.things.map((thing) => ({ thing, label: fold(thing.label), rest: "\n" + fold([...thing.aliases, ...thing.identifiers, thing.id].join("\n")) + "\n" }));
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const score = ({ thing, label, rest }) => {
      const at = label.indexOf(wanted);
      if (at < 0 && !rest.includes(wanted)) return 0;
      return (at === 0 ? 40 : at > 0 && /\s|-|\(/.test(label[at - 1]) ? 30 : at > 0 ? 15 : 10) + (label === wanted || rest.includes("\n" + wanted + "\n") ? 35 : 0) + (view.byThing.has(thing.index) ? 20 : 0) + (thing.kind === "QuestionSet" ? 0 : 4);
    };
    const everywhere = (thing) => view.byThing.has(thing.index) || Data.meta.views.some((name) => Data.view(name).byThing.has(thing.index));
    return index.map((entry) => ({ entry, points: score(entry) })).filter(({ points }) => points).sort((a, b) => b.points - a.points || a.entry.label.length - b.entry.label.length)
      .map(({ entry }) => entry.thing).filter(everywhere).slice(0, 12);
  }
  function listFound() {
    const box = $("search"), list = $("found"), text = box.value;
    options = find(text);
    active = options.length ? 0 : -1;
    list.replaceChildren(...options.map((thing, n) => {
      const item = make("li", { role: "option", id: "found-" + n }, make("span", { class: "main" }, plain(thing.label.slice(0, 160) || thing.id)), make("span", { class: "kind" }, say(thing.kind)));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(n); });
      return item;
    }));
    const open = Boolean(options.length);
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    $("said").textContent = text.trim() ? (open ? say("foundCount", { n: options.length }) : say("nothingFound")) : "";
    mark();
  }
  function mark() {
    [...$("found").children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    if (active >= 0) { $("search").setAttribute("aria-activedescendant", "found-" + active); $("found").children[active].scrollIntoView({ block: "nearest" }); }
    else $("search").removeAttribute("aria-activedescendant");
  }
  function closeFound() { $("found").hidden = true; $("search").setAttribute("aria-expanded", "false"); $("search").removeAttribute("aria-activedescendant"); active = -1; }
  function take(n) {
    const thing = options[n];
    if (!thing) return;
    $("search").value = thing.label.slice(0, 160);
    closeFound();
    if (isEgo(view.name)) State.go({ focus: thing.id, edge: "" });
    else pickThing(thing);
  }

  function listen() {
    $("search").addEventListener("input", listFound);
    $("search").addEventListener("keydown", (event) => {
      if (event.key === "Escape") { if ($("found").hidden) $("search").value = ""; closeFound(); event.stopPropagation(); }
      else if (event.key === "Enter" && active >= 0) take(active);
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
        if ($("found").hidden) listFound();
        else active = (active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
        mark();
        event.preventDefault();
      }
    });
    $("search").addEventListener("blur", closeFound);
    for (const id of ["party", "ministry"]) $(id).addEventListener("change", () => State.go({ [id]: $(id).value }));
    for (const id of ["from", "to"]) $(id).addEventListener("change", () => State.go({ [id]: $(id).value }));
    $("undated").addEventListener("change", () => State.go({ undated: $("undated").checked ? "" : "no" }));
    $("reset").addEventListener("click", () => { $("search").value = ""; State.go({ party: "", ministry: "", from: "", to: "", undated: "", hide: "" }); });
    for (const pane of ["table", "charts"]) $("show-" + pane).addEventListener("click", () => State.go({ pane: State.now.pane === pane ? "" : pane }, false));
    for (const lang of ["nl", "en"]) $("lang-" + lang).addEventListener("click", () => State.go({ lang }, false));
    $("zoom-in").addEventListener("click", () => Drawing.zoom(1.3));
    $("zoom-out").addEventListener("click", () => Drawing.zoom(1 / 1.3));
    $("zoom-fit").addEventListener("click", () => { Drawing.fit(); Drawing.drawNow(); });
    $("save-png").addEventListener("click", () => Downloads.png(view));
    $("save-svg").addEventListener("click", () => Downloads.svg(view, "Kamergraaf: " + say("view_" + view.name)));
    $("save-csv").addEventListener("click", () => Downloads.csv(view, shown));
    addEventListener("keydown", (event) => { if (event.key === "Escape") letGo(); });
    new ResizeObserver(() => { if (Drawing.resize()) { Drawing.fit(); Drawing.drawNow(); } }).observe($("surface"));
  }

  State.watch(update);
  Drawing.resize();
  update(State.now, null);
  listen();
  // For pages that embed the explorer: what is on screen, and moving through it.
  window.kamergraaf = { picture: Drawing.picture, go: State.go, zoom: Drawing.zoom, pan: Drawing.pan };
  performance.mark("kg-ready");
})();
