// Charts over the sets that the filters leave: drawn as SVG, with the same data as a table.
const Charts = (() => {
  const { make, plain } = Elements;
  const { say } = Words;
  const { svgNode } = Shapes;
  const TERM = 21, MOST = 12;
  const INK = "#1b2430", SOFT = "#4f5b6b", LINE = "#d5dbe3", BLUE = "#0072B2", ORANGE = "#D55E00";

  const words = (x, y, text, more = {}) => { const node = svgNode("text", { x, y, "font-size": 13, fill: INK, ...more }); node.textContent = text; return node; };
  const picture = (w, h, name) => svgNode("svg", { viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": name });
  const shortly = (text, most) => { const all = Array.from(text); return all.length > most ? all.slice(0, most - 1).join("") + "…" : text; };

  function bars(name, rows) {
    const shown = rows.slice(0, MOST), top = Math.max(1, ...shown.map(([, n]) => n));
    const svg = picture(360, shown.length * 24 + 4, name);
    shown.forEach(([label, n], i) => {
      const y = i * 24, long = Math.max(2, (n / top) * 150);
      svg.append(words(166, y + 16, shortly(label, 24), { "text-anchor": "end" }), svgNode("rect", { x: 174, y: y + 4, width: long, height: 16, fill: BLUE, rx: 2 }), words(180 + long, y + 16, Words.count(n)));
    });
    return svg;
  }
  function columns(name, rows, ticks) {
    const w = 360, h = 190, low = 150, top = Math.max(1, ...rows.map(([, n]) => n)), wide = Math.min(64, 318 / rows.length);
    const svg = picture(w, h, name);
    svg.append(svgNode("line", { x1: 34, y1: low, x2: w - 4, y2: low, stroke: SOFT }), words(30, 26, Words.count(top), { "text-anchor": "end", fill: SOFT }), svgNode("line", { x1: 34, y1: 22, x2: w - 4, y2: 22, stroke: LINE }));
    rows.forEach(([label, n, colour], i) => {
      const high = (n / top) * (low - 22);
      if (n) svg.append(svgNode("rect", { x: 36 + i * wide, y: low - high, width: Math.max(1, wide - Math.min(3, wide * 0.2)), height: high, fill: colour ?? BLUE }));
      if (i % ticks === 0) svg.append(words(36 + i * wide + wide / 2, low + 16, label, { "text-anchor": "middle", fill: SOFT, "font-size": 12 }));
    });
    return { svg, low, wide };
  }
  function chart(title, note, svg, header, rows, extra) {
    const box = make("div", { class: "chart" }, make("h4", {}, title), make("p", {}, note));
    if (!rows.length) { box.append(make("p", {}, say("chartNone"))); if (extra) box.append(make("p", {}, extra)); return box; }
    box.append(svg);
    if (extra) box.append(make("p", {}, extra));
    box.append(make("details", {}, make("summary", {}, say("chartData")), make("table", {},
      make("caption", { class: "unseen" }, title), make("thead", {}, make("tr", {}, header.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, typeof cell === "number" ? Words.count(cell) : plain(cell)))))))));
    return box;
  }
  function tally(keys) {
    const counts = new Map();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  }
  const ranked = (counts) => [...counts].map(([index, n]) => [Data.things[index].label, n]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

  function overTime(sets) {
    const counts = tally(sets.filter((set) => set.submitted).map((set) => set.submitted.slice(0, 7)));
    const undated = sets.filter((set) => !set.submitted).length;
    const months = [...counts.keys()].sort();
    const rows = [];
    if (months.length) {
      const [end] = months.slice(-1);
      for (let [year, month] = months[0].split("-").map(Number), key = months[0]; key <= end && rows.length < 1200; month = (month % 12) + 1, year += month === 1 ? 1 : 0, key = `${year}-${String(month).padStart(2, "0")}`) {
        const now = `${year}-${String(month).padStart(2, "0")}`;
        if (now > end) break;
        rows.push([now, counts.get(now) ?? 0]);
      }
    }
    const svg = rows.length ? columns(say("chartTime"), rows, Math.max(1, Math.ceil(rows.length / 5))).svg : null;
    return chart(say("chartTime"), say("chartTimeNote"), svg, [say("month"), say("count")], rows, undated ? say("chartUndated", { n: Words.count(undated) }) : null);
  }
  function daysToAnswer(sets) {
    const days = sets.map((set) => set.days).filter((n) => n !== null && n >= 0);
    const step = Math.max(7, Math.ceil(Math.max(0, ...days) / 20 / 7) * 7);
    // weeks end on the day of the term, so that what came within it stands left of the line
    const bin = (n) => Math.floor(Math.max(0, n - 1) / step);
    const last = days.length ? bin(Math.max(TERM, ...days)) : -1;
    const rows = Array.from({ length: last + 1 }, (_, i) => [`${i ? i * step + 1 : 0}–${(i + 1) * step}`, days.filter((n) => bin(n) === i).length]);
    let svg = null;
    if (rows.length) {
      const drawn = columns(say("chartDays"), rows.map(([label, n], i) => [label.split("–")[1], n, i * step >= TERM ? ORANGE : BLUE]), Math.max(1, Math.ceil(rows.length / 7)));
      const x = 35 + (TERM / step) * drawn.wide;
      drawn.svg.append(svgNode("line", { x1: x, y1: 14, x2: x, y2: drawn.low, stroke: INK, "stroke-dasharray": "4 3" }), words(x + 4, 14, say("term"), { "font-size": 12 }));
      svg = drawn.svg;
    }
    return chart(say("chartDays"), say("chartDaysNote"), svg, [say("days"), say("count")], rows);
  }
  function by(title, sets, column) {
    const rows = ranked(tally(sets.flatMap((set) => set[column])));
    return chart(title, "", bars(title, rows), [title, say("count")], rows);
  }

  function render(drawer, sets) {
    drawer.replaceChildren(make("div", { class: "head" }, make("h3", {}, say("charts"))), make("div", { class: "charts" },
      overTime(sets), daysToAnswer(sets), by(say("chartMinistry"), sets, "ministries"), by(say("chartParty"), sets, "parties")));
  }
  return { render };
})();
