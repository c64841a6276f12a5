// The panel: what is chosen and why it is there; with nothing chosen, what the view shows.
const Panel = (() => {
  const { make, link, plain } = Elements;
  const { say } = Words;
  const panel = document.getElementById("panel");
  const FEW = 8;
  let act = { node: () => {}, edge: () => {}, thing: () => {}, clear: () => {}, around: () => {} };

  const nameOf = (index) => Data.things[index].label || Data.things[index].id;
  const named = (indexes, most = 4) => {
    const names = indexes.slice(0, most).map((index) => nameOf(index) + (Data.things[index].detail ? ` (${Data.things[index].detail})` : ""));
    return indexes.length > most ? names.join(", ") + " " + say("others", { n: indexes.length - most }) : Words.list(names);
  };
  const shortly = (text, most) => { const all = Array.from(text); return all.length > most ? all.slice(0, most - 1).join("").trimEnd() + "…" : text; };

  const kindLine = (thing) => make("p", { class: "kindline" }, Shapes.icon(thing.kind), say(thing.kind), thing.detail ? [", ", plain(thing.detail)] : null);

  // The subjects that the sets behind an edge have most in common.
  function subjectsOf(view, edge) {
    const counts = new Map();
    const seen = new Set();
    for (const { set } of Data.places(view, edge)) {
      if (!set || seen.has(set)) continue;
      seen.add(set);
      set.subjects.forEach((subject, place) => counts.set(subject, (counts.get(subject) ?? 0) + 1 / (1 + place)));
    }
    return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3).map(([subject]) => nameOf(subject));
  }

  // What the sets behind an edge ask about, by their titles: the most common ones first.
  function titlesOf(view, edge, most = 2) {
    const counts = new Map();
    for (const set of new Set(Data.places(view, edge).map((place) => place.set))) {
      if (set) counts.set(set.thing.label, (counts.get(set.thing.label) ?? 0) + 1);
    }
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const shown = ranked.slice(0, most).map(([title, n]) => `‘${shortly(title, 90)}’` + (n > 1 ? ` (${n})` : ""));
    return shown.join(", ") + (ranked.length > most ? " " + say("moreTitles", { n: ranked.length - most }) : "");
  }

  function showSummary(view, shown) {
    const parts = [make("h3", {}, say("view_" + view.name)), make("p", {}, say("about_" + view.name))];
    const edges = shown.edges.slice().sort((a, b) => shown.weights[b] - shown.weights[a] || a - b);
    const byEdge = view.name === "actors" || view.name === "policies";
    if (byEdge) {
      const wanted = edges.filter((edge) => view.relations[view.relation[edge]] !== "asksWith");
      parts.push(make("h4", {}, say("top_" + view.name)), listOf(wanted, FEW, (edge) => edgeItem(view, edge, shown.weights[edge])));
    } else {
      const degree = new Map();
      for (const edge of edges) for (const end of [view.from[edge], view.to[edge]]) degree.set(end, (degree.get(end) ?? 0) + 1);
      const nodes = [...degree].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([node]) => node);
      const kindOf = (node) => Data.things[view.thing[node]].kind;
      const leading = view.name !== "topics" ? nodes : [...nodes.filter((node) => kindOf(node) === "Topic"), ...nodes.filter((node) => kindOf(node) === "Ministry")];
      parts.push(make("h4", {}, say("top_nodes")), listOf(leading, FEW, (node) => nodeItem(view, node, degree.get(node))));
    }
    fill(parts);
  }
  function edgeItem(view, edge, weight) {
    const [from, to] = [view.thing[view.from[edge]], view.thing[view.to[edge]]];
    const titles = view.name === "actors" ? titlesOf(view, edge) : "";
    return make("button", { type: "button", onclick: () => act.edge(edge) },
      make("b", {}, plain(shortly(nameOf(from), 80))), make("span", { class: "arrow" }, " → "), make("b", {}, plain(shortly(nameOf(to), 80))),
      make("span", { class: "sub" }, Words.sets(weight), titles ? [": ", plain(titles)] : null));
  }
  function nodeItem(view, node, links) {
    const thing = Data.things[view.thing[node]];
    return make("button", { type: "button", onclick: () => act.node(node) },
      make("b", {}, plain(shortly(thing.label || thing.id, 120))), make("span", { class: "sub" }, say(thing.kind), thing.detail ? [", ", plain(thing.detail)] : null, " · " + Words.links(links)));
  }

  // A list that shows its first items, and the rest on demand.
  function listOf(items, few, render, as = "links") {
    const list = make("ul", { class: as });
    let shown = 0;
    const more = make("button", { type: "button", class: "plain" });
    const grow = (by) => {
      for (const item of items.slice(shown, shown + by)) list.append(make("li", {}, render(item)));
      shown = Math.min(items.length, shown + by);
      more.textContent = say("more", { n: Words.count(items.length - shown) });
      more.hidden = shown >= items.length;
    };
    more.addEventListener("click", () => grow(40));
    grow(few);
    return make("div", {}, list, more);
  }

  function showNode(view, node, shown) {
    const thing = Data.things[view.thing[node]];
    const set = Data.setOfThing.get(thing.index);
    const parts = [backButton(), make("h3", {}, plain(thing.label || thing.id)), kindLine(thing)];
    parts.push(set ? factsOfSet(set) : factsOfThing(thing));
    if (view.name !== "neighbourhood" && Data.meta.views.includes("all")) parts.push(make("p", {}, make("button", { type: "button", onclick: () => act.around(thing) }, say("around"))));
    parts.push(...sources(thing));
    if (set) parts.push(...questionsOf(set));
    parts.push(...linksOf(view, node, shown));
    if (!set) {
      const quotes = shown.edges.filter((edge) => view.from[edge] === node || view.to[edge] === node).flatMap((edge) => shown.places(edge));
      parts.push(...quotesOf(distinct(quotes)));
    }
    parts.push(make("h4", {}, say("citeAs")), citation(set ? citeSet(set) : `${thing.label} (Kamergraaf) ${Data.meta.base}${thing.id}`));
    fill(parts);
  }
  function distinct(places) {
    const seen = new Set();
    return places.filter(({ set, text, start }) => {
      const key = `${set?.index}|${text?.index}|${start}`;
      return !seen.has(key) && seen.add(key);
    });
  }
  const backButton = () => make("p", {}, make("button", { type: "button", class: "plain", onclick: () => act.clear() }, "← " + say("close")));
  function facts(rows) {
    const list = make("dl", { class: "facts" });
    for (const [name, value] of rows) if (value && value.length !== 0) list.append(make("dt", {}, name), make("dd", {}, value));
    return list.children.length ? list : null;
  }
  function factsOfThing(thing) {
    return facts([[say("also"), thing.aliases.length ? plain(thing.aliases.join(", ")) : null], [say("number"), thing.identifiers.join(", ")]]);
  }
  function factsOfSet(set) {
    const days = set.days === null ? "" : ` (${say(set.days > 21 ? "termOver" : "termDays", { n: set.days })})`;
    const people = (indexes) => (indexes.length ? indexes.flatMap((index, n) => [n ? ", " : null, thingButton(index)]) : null);
    return facts([
      [say("number"), set.kenmerk], [say("submittedOn"), Words.day(set.submitted)], [say("answeredOn"), set.answered ? Words.day(set.answered) + days : null],
      [say("submitters"), people(set.submitters)], [say("addressees"), people(set.addressees)], [say("ministries"), people(set.ministries)], [say("subjects"), people(set.subjects)],
    ]);
  }
  const thingButton = (index) => make("button", { type: "button", class: "plain", onclick: () => act.thing(Data.things[index]) }, plain(shortly(nameOf(index), 120)));
  function sources(thing) {
    if (!thing.links.length) return [];
    return [make("h4", {}, say("officials")), make("ul", { class: "links" }, thing.links.map((url) => make("li", {}, link(url))))];
  }

  function questionsOf(set) {
    const texts = Data.textsOf().get(set) ?? [];
    const heading = make("h4", {}, say("questionsOfSet"));
    if (!texts.length) return set.asked ? [heading, make("p", {}, say("questionsAnswered", { asked: set.asked, replied: set.replied }))] : [];
    const answers = new Map();
    for (const text of texts) if (text.kind === "answer") for (const number of text.numbers) { if (!answers.has(number)) answers.set(number, []); answers.get(number).push(text); }
    const items = texts.filter((text) => text.kind === "question").map((text) => {
      const replies = text.numbers.flatMap((number) => answers.get(number) ?? []);
      return make("details", { class: "qa" }, make("summary", {}, text.numbers.join(", ") + ". ", plain(text.text)),
        replies.length ? replies.map((reply) => make("p", { class: "answer" }, plain(reply.text), unsure(reply))) : make("p", { class: "answer open" }, say("noAnswer")));
    });
    const letters = texts.filter((text) => text.kind === "letter").map((text) => make("details", { class: "qa" }, make("summary", {}, say("letter")), make("p", { class: "answer" }, plain(text.text))));
    const tally = set.replied ? say("questionsAnswered", { asked: set.asked, replied: set.replied }) : say("noAnswers");
    return [heading, make("p", {}, tally), ...letters, ...items];
  }

  const unsure = (text) => (text.confidence < 1 ? make("span", { class: "unsure" }, say("aligned", { n: Words.percent(text.confidence) })) : null);

  function linksOf(view, node, shown) {
    const groups = new Map();
    for (const edge of view.edgesOf[node]) {
      if (!shown.on[edge]) continue;
      const out = view.from[edge] === node;
      const key = (out ? "" : "inv_") + view.relations[view.relation[edge]];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push({ edge, other: out ? view.to[edge] : view.from[edge] });
    }
    return [...groups].flatMap(([key, found]) => {
      found.sort((a, b) => shown.weights[b.edge] - shown.weights[a.edge] || a.other - b.other);
      return [make("h4", {}, say(key)), listOf(found, FEW, ({ edge, other }) => linkItem(view, edge, other, shown.weights[edge]))];
    });
  }
  function linkItem(view, edge, other, weight) {
    const thing = Data.things[view.thing[other]];
    const titles = view.relations[view.relation[edge]].startsWith("asks") ? titlesOf(view, edge) : "";
    return make("button", { type: "button", onclick: () => act.edge(edge) }, make("b", {}, plain(shortly(thing.label || thing.id, 120))),
      make("span", { class: "sub" }, thing.detail ? [plain(thing.detail), thing.kind === "QuestionSet" ? null : " · "] : null, thing.kind === "QuestionSet" ? null : Words.sets(weight), titles ? [": ", plain(titles)] : null));
  }

  function showEdges(view, edges, shown) {
    const first = edges[0];
    const [from, to] = [view.thing[view.from[first]], view.thing[view.to[first]]];
    const relation = (edge) => say(view.relations[view.relation[edge]]);
    const parts = [backButton(), make("h3", {}, plain(nameOf(from)), make("span", { class: "arrow" }, " → "), plain(nameOf(to)))];
    parts.push(make("p", { class: "kindline" }, [...new Set(edges.map(relation))].join("; "), " · ", Words.sets(Math.max(...edges.map((edge) => shown.weights[edge])))));
    parts.push(make("p", {}, thingButton(from), " · ", thingButton(to)));
    parts.push(...quotesOf(distinct(edges.flatMap((edge) => shown.places(edge)))));
    fill(parts);
  }

  // The sentences behind an edge or node: who said it, when, where it stands, how to cite it.
  function quotesOf(places) {
    if (!places.length) return [];
    return [make("h4", {}, `${say("why")} (${Words.count(places.length)})`), listOf(places, 6, quote, "quotes")];
  }
  function quote({ set, text, start, end }) {
    if (!set) return make("p", {}, say("textLeftOut"));
    const shownText = text ?? (Data.textsOf().get(set) ?? []).find((each) => each.kind === "question");
    const card = make("div", { class: "quote" }, make("button", { type: "button", class: "plain", onclick: () => act.thing(set.thing) }, plain(shortly(set.thing.label, 120))));
    if (shownText) card.append(...sentenceOf(shownText, start, end));
    else card.append(make("p", {}, say("textLeftOut")));
    const answer = shownText?.kind === "answer";
    const who = answer ? set.addressees : set.submitters;
    const when = answer ? set.answered : set.submitted;
    const where = !shownText ? "" : shownText.kind === "letter" ? say("letter") : answer ? `${say(shownText.numbers.length ? "answer" : "answerBare")} ${shownText.numbers.join(", ")}` : `${say("question")} ${shownText.numbers.join(", ")}`;
    card.append(make("p", { class: "by" }, who.length ? [plain(named(who)), ". "] : null, where ? where + ", " : null, Words.day(when), "."));
    if (shownText && unsure(shownText)) card.append(unsure(shownText));
    if (set.thing.links.length) card.append(make("div", { class: "acts" }, set.thing.links.slice(0, 2).map((url) => link(url))));
    const cite = make("details", {}, make("summary", { class: "by" }, say("citeAs")));
    cite.addEventListener("toggle", () => { if (cite.open && cite.children.length === 1) cite.append(citation(citeSet(set, shownText))); });
    card.append(cite);
    return card;
  }
  // The sentence around a place, the place marked; the whole text on demand.
  function sentenceOf(text, start, end) {
    const all = Array.from(text.text);
    let low = 0, high = all.length;
    if (start >= 0 && all.length > 260) {
      const stops = /[.?!…]["”’)]*\s|\n/;
      for (let i = start - 1; i > 0; i--) if (stops.test(all.slice(i - 1, i + 1).join("")) ) { low = i + 1; break; }
      for (let i = end; i < all.length; i++) if (stops.test(all.slice(i, i + 2).join("")) ) { high = i + 1; break; }
      if (high - low > 600) { low = Math.max(low, start - 250); high = Math.min(high, end + 250); }
    } else if (start < 0 && all.length > 320) high = 300;
    const body = make("blockquote", { lang: "nl", dir: "auto" });
    const piece = (from, to) => all.slice(from, to).join("");
    const fillBody = (from, to) => {
      body.replaceChildren();
      if (from > 0) body.append("… ");
      if (start >= from && end <= to && start >= 0) body.append(piece(from, start).trimStart(), make("mark", {}, piece(start, end)), piece(end, to).trimEnd());
      else body.append(piece(from, to).trim());
      if (to < all.length || text.cut) body.append(" …");
    };
    fillBody(low, high);
    if (low === 0 && high === all.length) return [body];
    let whole = false;
    const toggle = make("button", { type: "button", class: "plain", onclick: () => {
      whole = !whole;
      if (whole) fillBody(0, all.length); else fillBody(low, high);
      toggle.textContent = say(whole ? "lessText" : "wholeText");
    } }, say("wholeText"));
    return [body, make("div", { class: "acts" }, toggle)];
  }

  function citeSet(set, text) {
    const parts = [say("cite_by", { who: named(set.submitters, 6) }), set.addressees.length ? say("cite_to", { who: named(set.addressees, 6) }) : ""];
    let cited = parts.join("") + `, ‘${set.thing.label}’`;
    if (set.kenmerk) cited += `, ${set.kenmerk}`;
    if (set.submitted) cited += say("cite_on", { when: Words.day(set.submitted) });
    if (text?.kind === "question" && text.numbers.length) cited += say("cite_q", { n: text.numbers.join(", ") });
    if (text?.kind === "answer") cited += say("cite_a", { when: set.answered ? Words.day(set.answered) : text.numbers.join(", ") });
    const official = /^(\d{4})(\d{4})-(\d+)$/.exec(set.aanhangsel);
    if (official) cited += "; " + say("cite_ah", { year: `${official[1]}/${official[2].slice(2)}`, nr: official[3] });
    return cited + ". " + (set.thing.links[0] ?? Data.meta.base + set.thing.id);
  }
  function citation(text) {
    const body = make("p", { class: "cite" }, plain(text, "span"));
    const button = make("button", { type: "button", class: "plain", onclick: async () => {
      try { await navigator.clipboard.writeText(text); button.textContent = say("copied"); }
      catch { getSelection().selectAllChildren(body.firstChild); button.textContent = say("copyFailed"); }
    } }, say("copy"));
    return make("div", {}, body, button);
  }

  function showNothing() { fill([]); }
  function fill(parts) { panel.replaceChildren(...parts.filter(Boolean)); panel.scrollTop = 0; }

  return { showSummary, showNode, showEdges, showNothing, titlesOf, subjectsOf, nameOf, connect(actions) { act = { ...act, ...actions }; } };
})();
