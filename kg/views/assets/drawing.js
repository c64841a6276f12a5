// The drawing: positions come with the data, so there is nothing to simulate, only to paint.
// Small networks are painted whole on every frame. Large ones keep a picture of their edges,
// which moves along while the reader pans or zooms and is painted afresh when they stop.
const Drawing = (() => {
  const canvas = document.getElementById("canvas");
  const surface = document.getElementById("surface");
  const context = canvas.getContext("2d", { alpha: false });
  const still = document.createElement("canvas");
  const FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
  const LABEL = 12.5, DETAIL = 11, NAME = 14, WRAP = 25, WIDEST = 230;
  const MANY_EDGES = 1200, MANY_NODES = 2500, REST = 140, MOVING_LABELS = 60;
  const DASHED = new Set(["asksWith", "aboutInferred"]);
  const ARROWS = new Set(["asks", "bringsUp", "answersOn"]);

  let view = null, nodeOn = null, edgeOn = null, edgeWeight = null, drawn = [], byKind = [], links = 0;
  let camera = { x: 0, y: 0, k: 1 }, fitted = 1, size = { w: 1, h: 1, dpr: 1 };
  let focus = null, near = null, chosenEdges = null, hover = -1;
  let stillCamera = null, restTimer = 0, asked = false, moving = false, labels = [], named = new Set(), wrapped = new Map(), widths = new Map();
  const listeners = { pick: () => {}, point: () => {} };

  const onScreenX = (x) => (x - camera.x) * camera.k + size.w / 2;
  const onScreenY = (y) => (y - camera.y) * camera.k + size.h / 2;
  let growth = 1, least = 1.5;
  const radius = (node) => Math.max(least, view.size[node] * growth);

  // Shows `next`; `on` and `linked` say which nodes and edges, `weights` how much each edge counts.
  function show(next, on, linked, weights) {
    if (next !== view) { wrapped = new Map(); hover = -1; }
    view = next; nodeOn = on; edgeOn = linked; edgeWeight = weights;
    links = linked.reduce((sum, is) => sum + is, 0);
    drawn = [];
    const groups = new Map();
    for (let node = 0; node < view.count; node++) {
      if (!nodeOn[node]) continue;
      drawn.push(node);
      const { kind } = Data.things[view.thing[node]];
      if (!groups.has(kind)) groups.set(kind, []);
      groups.get(kind).push(node);
    }
    // small enough for many, large enough to tell shapes apart for few
    least = drawn.length <= 350 ? 4.6 : drawn.length <= 1200 ? 3 : 1.5;
    byKind = [...groups].sort((a, b) => Shapes.order.indexOf(a[0]) - Shapes.order.indexOf(b[0]));
  }
  function select(node, edges) {
    focus = node;
    chosenEdges = edges ? new Set(edges) : null;
    near = null;
    if (node !== null && view) {
      near = new Set([node]);
      chosenEdges = new Set();
      for (const edge of view.edgesOf[node]) if (edgeOn[edge]) { chosenEdges.add(edge); near.add(view.from[edge]); near.add(view.to[edge]); }
    } else if (chosenEdges) {
      near = new Set();
      for (const edge of chosenEdges) { near.add(view.from[edge]); near.add(view.to[edge]); }
    }
  }

  // Follows the size of its frame; false where nothing changed, as setting a size wipes a canvas.
  function resize() {
    const box = surface.getBoundingClientRect();
    if (box.width === size.w && box.height === size.h && canvas.width > 1) return false;
    size = { w: Math.max(1, box.width), h: Math.max(1, box.height), dpr: Math.min(2, devicePixelRatio || 1) };
    for (const each of [canvas, still]) { each.width = Math.round(size.w * size.dpr); each.height = Math.round(size.h * size.dpr); }
    stillCamera = null;
    return true;
  }
  function bounds(nodes) {
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
    for (const node of nodes) {
      x0 = Math.min(x0, view.x[node] - view.size[node]); x1 = Math.max(x1, view.x[node] + view.size[node]);
      y0 = Math.min(y0, view.y[node] - view.size[node]); y1 = Math.max(y1, view.y[node] + view.size[node]);
    }
    return { x0, y0, x1, y1 };
  }
  function fit(nodes = drawn) {
    if (!nodes.length) return;
    const { x0, y0, x1, y1 } = bounds(nodes);
    // room for the labels at the edges
    const side = Math.min(84, size.w * 0.1), top = 36, low = 58;
    const k = Math.min(1.6, (size.w - 2 * side) / Math.max(1, x1 - x0), (size.h - top - low) / Math.max(1, y1 - y0));
    camera = { k, x: (x0 + x1) / 2, y: (y0 + y1) / 2 + (low - top) / (2 * k) };
    fitted = k;
  }
  function reveal(node) {
    const x = onScreenX(view.x[node]), y = onScreenY(view.y[node]);
    if (x < 40 || y < 40 || x > size.w - 40 || y > size.h - 40) { camera.x = view.x[node]; camera.y = view.y[node]; }
  }

  // Edges in bundles of equal look: few strokes, many lines.
  function paintEdges(target, only) {
    const bundles = new Map();
    const dense = drawn.length > 400 || links > 1500;
    for (let edge = 0; edge < view.from.length; edge++) {
      if (!edgeOn[edge]) continue;
      const chosen = chosenEdges ? chosenEdges.has(edge) : false;
      if (only !== undefined && only !== chosen) continue;
      const a = view.from[edge], b = view.to[edge];
      const ax = onScreenX(view.x[a]), ay = onScreenY(view.y[a]), bx = onScreenX(view.x[b]), by = onScreenY(view.y[b]);
      if ((ax < 0 && bx < 0) || (ay < 0 && by < 0) || (ax > size.w && bx > size.w) || (ay > size.h && by > size.h)) continue;
      const relation = view.relations[view.relation[edge]];
      const width = Math.min(7, Math.round(Math.sqrt(edgeWeight[edge])));
      const look = `${chosen ? 1 : 0}|${DASHED.has(relation) ? 1 : 0}|${width}`;
      if (!bundles.has(look)) bundles.set(look, { chosen, dashed: DASHED.has(relation), width, lines: [] });
      bundles.get(look).lines.push(ax, ay, bx, by);
    }
    for (const { chosen, dashed, width, lines } of bundles.values()) {
      const dimmed = chosenEdges && !chosen;
      target.strokeStyle = chosen ? "#b8500c" : dashed ? "#7da7c7" : "#7c8896";
      target.globalAlpha = dimmed ? (dense ? 0.05 : 0.13) : chosen ? 0.9 : dense ? (links > 12000 ? 0.12 : 0.28) : 0.62;
      target.lineWidth = dense && !chosen ? 0.6 + width * 0.4 : 0.5 + width * 0.95;
      target.setLineDash(dashed && !dense ? [5, 4] : []);
      for (let i = 0; i < lines.length; ) {
        target.beginPath();
        for (const end = Math.min(lines.length, i + 400); i < end; i += 4) { target.moveTo(lines[i], lines[i + 1]); target.lineTo(lines[i + 2], lines[i + 3]); }
        target.stroke();
      }
    }
    target.setLineDash([]);
    target.globalAlpha = 1;
  }
  function paintArrows(context) {
    for (let edge = 0; edge < view.from.length; edge++) {
      if (!edgeOn[edge] || !ARROWS.has(view.relations[view.relation[edge]])) continue;
      const chosen = chosenEdges ? chosenEdges.has(edge) : false;
      if (!chosen && (drawn.length > 400 || links > MANY_EDGES)) continue;
      const a = view.from[edge], b = view.to[edge];
      const ax = onScreenX(view.x[a]), ay = onScreenY(view.y[a]), bx = onScreenX(view.x[b]), by = onScreenY(view.y[b]);
      const far = Math.hypot(bx - ax, by - ay), r = radius(b) + 2;
      if (far < r + 14) continue;
      const ux = (bx - ax) / far, uy = (by - ay) / far, long = 6 + Math.min(5, Math.sqrt(edgeWeight[edge]) * 1.4);
      const tx = bx - ux * r, ty = by - uy * r;
      context.globalAlpha = chosen ? 0.95 : chosenEdges ? 0.13 : 0.8;
      context.fillStyle = chosen ? "#b8500c" : "#6b7785";
      context.beginPath();
      context.moveTo(tx, ty);
      context.lineTo(tx - ux * long - uy * long * 0.45, ty - uy * long + ux * long * 0.45);
      context.lineTo(tx - ux * long + uy * long * 0.45, ty - uy * long - ux * long * 0.45);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  // Kind by kind, so that the colour changes seldom; in each, the most important on top.
  function paintNodes(target) {
    target.lineWidth = 1;
    target.strokeStyle = "#1b2430";
    for (const faint of near ? [true, false] : [false]) {
      target.globalAlpha = faint ? 0.16 : 1;
      for (const [kind, nodes] of byKind) {
        target.fillStyle = Shapes.of(kind).colour;
        for (let i = nodes.length - 1; i >= 0; i--) {
          const node = nodes[i];
          if (near && near.has(node) === faint) continue;
          const x = onScreenX(view.x[node]), y = onScreenY(view.y[node]), r = radius(node);
          if (x < -r || y < -r || x > size.w + r || y > size.h + r) continue;
          if (r < 2.6) { target.fillRect(x - r, y - r, 2 * r, 2 * r); continue; }
          target.beginPath();
          Shapes.trace(target, kind, x, y, r);
          target.fill();
          if (r > 3.4) target.stroke();
        }
      }
    }
    target.globalAlpha = 1;
  }
  function paintRings() {
    for (const [node, colour] of [[hover, "#1b2430"], [focus ?? -1, "#b8500c"]]) {
      if (node < 0 || !nodeOn[node]) continue;
      context.beginPath();
      context.arc(onScreenX(view.x[node]), onScreenY(view.y[node]), radius(node) + 4, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = 2.5;
      context.stroke();
    }
  }

  // A pale ground under each named cluster.
  function paintGrounds(target) {
    if (drawn.length > 700 || chosenEdges) return;
    for (const [community, nodes] of grouped()) {
      if (!named.has(community)) continue;
      const points = hull(nodes.map((node) => [onScreenX(view.x[node]), onScreenY(view.y[node])]));
      target.beginPath();
      points.forEach(([x, y], i) => (i ? target.lineTo(x, y) : target.moveTo(x, y)));
      target.closePath();
      target.fillStyle = target.strokeStyle = "#f2f5f9";
      target.lineJoin = "round";
      target.lineWidth = 54;
      target.stroke();
      target.fill();
    }
  }
  // Whether a cluster stands on its own: few others within its outline.
  function apart(community, nodes) {
    const outline = hull(nodes.map((node) => [view.x[node], view.y[node]]));
    const inside = (x, y) => outline.every(([ax, ay], i) => {
      const [bx, by] = outline[(i + 1) % outline.length];
      return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0;
    });
    const strangers = drawn.filter((node) => String(view.community[node]) !== community && inside(view.x[node], view.y[node]));
    return strangers.length * 6 <= nodes.length;
  }
  function grouped() {
    const groups = new Map();
    for (const node of drawn) {
      const community = String(view.community[node]);
      if (!groups.has(community)) groups.set(community, []);
      groups.get(community).push(node);
    }
    return groups;
  }
  function hull(points) {
    const sorted = points.slice().sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
    const half = (list) => {
      const found = [];
      for (const point of list) {
        while (found.length > 1 && turn(found[found.length - 2], found[found.length - 1], point) <= 0) found.pop();
        found.push(point);
      }
      found.pop();
      return found;
    };
    return [...half(sorted), ...half(sorted.reverse())];
  }

  function linesOf(node) {
    if (wrapped.has(node)) return wrapped.get(node);
    const thing = Data.things[view.thing[node]];
    const found = wrap(thing.label, WRAP, 2).map((text) => narrowed({ text, px: LABEL, weight: view.size[node] > 15 ? 600 : 400 }));
    if (thing.detail) found.push(narrowed({ text: wrap(thing.detail, WRAP, 1)[0], px: DETAIL, weight: 400 }));
    wrapped.set(node, found);
    return found;
  }
  function wrap(label, most, rows) {
    const characters = Array.from(label.slice(0, 400).replace(/\s+/g, " ").trim());
    const lines = [];
    let rest = characters;
    while (rest.length && lines.length < rows) {
      if (rest.length <= most) { lines.push(rest.join("")); rest = []; break; }
      let cut = rest.lastIndexOf(" ", most);
      if (cut < most * 0.4) cut = rest.indexOf(" ", most);
      if (cut < 0 || cut > most * 1.4) cut = Math.round(Math.min(rest.length, most * 1.4));
      lines.push(rest.slice(0, cut).join("").trim());
      rest = rest.slice(cut);
      while (rest[0] === " ") rest = rest.slice(1);
    }
    if (rest.length && lines.length) lines[lines.length - 1] = lines[lines.length - 1].replace(/[\s,.;:]+$/, "") + "…";
    return lines.length ? lines : [""];
  }
  // Wide characters, such as emoji, take more room than their number tells.
  function narrowed(line) {
    const characters = Array.from(line.text);
    while (characters.length > 1 && widthOf(line) > WIDEST) {
      characters.length = Math.floor(characters.length * 0.85);
      line.text = characters.join("") + "…";
    }
    return line;
  }
  const fontOf = (line) => `${line.weight} ${line.px}px ${FONT}`;
  function widthOf(line) {
    const key = line.weight + "|" + line.px + "|" + line.text;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = fontOf(line);
      width = context.measureText(line.text).width;
      widths.set(key, width);
    }
    return width;
  }

  // Labels where there is room, the most important first; none over another or over a node.
  function placeLabels() {
    labels = [];
    const cell = 48, grid = new Map();
    const cells = (box, visit) => {
      for (let cx = Math.floor(box.x / cell); cx <= Math.floor((box.x + box.w) / cell); cx++)
        for (let cy = Math.floor(box.y / cell); cy <= Math.floor((box.y + box.h) / cell); cy++) if (visit(cx * 4099 + cy)) return true;
      return false;
    };
    const free = (box) => !cells(box, (key) => (grid.get(key) ?? []).some((other) => other.node !== box.node && box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h));
    const take = (box) => { cells(box, (key) => { if (!grid.has(key)) grid.set(key, []); grid.get(key).push(box); return false; }); };
    const inside = (box) => box.x > 2 && box.y > 2 && box.x + box.w < size.w - 2 && box.y + box.h < size.h - 2;
    for (const blocked of obstacles()) take(blocked);
    const wanted = near ? drawn.filter((node) => near.has(node)) : drawn;
    if (focus !== null) wanted.sort((a, b) => Number(b === focus) - Number(a === focus) || a - b);
    const seen = wanted.filter((node) => {
      const x = onScreenX(view.x[node]), y = onScreenY(view.y[node]);
      return x > 0 && y > 0 && x < size.w && y < size.h;
    });
    for (const node of seen.slice(0, 700)) {
      const r = radius(node);
      take({ node, x: onScreenX(view.x[node]) - r, y: onScreenY(view.y[node]) - r, w: 2 * r, h: 2 * r });
    }
    named.clear();
    if (!near) placeNames(free, take, inside);
    let failures = 0;
    for (const node of seen) {
      if (failures > 600 || labels.length > 260) break;
      const whole = linesOf(node);
      if (!whole[0].text) continue;
      const label = spotFor(node, whole, free, inside) ?? (whole.length > 1 && whole.at(-1).px === DETAIL ? spotFor(node, whole.slice(0, -1), free, inside) : null);
      if (!label) { failures++; continue; }
      take(label.box);
      labels.push(label);
    }
  }
  // The first free place beside a node for these lines, or null.
  function spotFor(node, lines, free, inside) {
    const w = Math.max(...lines.map(widthOf)) + 6, h = lines.reduce((sum, line) => sum + line.px * 1.2, 0) + 2;
    const x = onScreenX(view.x[node]), y = onScreenY(view.y[node]), r = radius(node) + 2;
    const [under, right, left, over] = [[x - w / 2, y + r], [x + r, y - h / 2], [x - r - w, y - h / 2], [x - w / 2, y - r - h]];
    const slant = r * 0.72;
    const corners = [[x + slant, y + slant], [x + slant, y - slant - h], [x - slant - w, y + slant], [x - slant - w, y - slant - h]];
    const spots = !view.radial || node === 0 ? [under, right, left, over, ...corners] : [view.x[node] > view.x[0] ? right : left, view.y[node] > view.y[0] ? under : over];
    const box = spots.map(([bx, by]) => ({ node, x: bx, y: by, w, h })).find((spot) => inside(spot) && free(spot));
    return box ? { node, lines, dx: box.x + w / 2 - x, dy: box.y - y, w, h, name: false, box } : null;
  }
  function placeNames(free, take, inside) {
    const groups = [...grouped()].filter(([community, nodes]) => community in view.names && apart(community, nodes)).sort((a, b) => b[1].length - a[1].length);
    const frames = new Map(groups.map(([community, nodes]) => [community, bounds(nodes)]));
    // a name stands with its own cluster, never on another
    const onAnother = (community, { x, y, w, h }) => [...frames].some(([other, { x0, y0, x1, y1 }]) => other !== community &&
      x + w > onScreenX(x0) - 20 && x < onScreenX(x1) + 20 && y + h > onScreenY(y0) - 20 && y < onScreenY(y1) + 20);
    for (const [community, nodes] of groups.slice(0, 24)) {
      const lines = wrap((view.names[community].startsWith("‘") ? "" : Words.say("over") + " ") + view.names[community], 30, 3).map((text) => ({ text, px: NAME, weight: 600 }));
      const w = Math.max(...lines.map(widthOf)) + 8, h = lines.length * NAME * 1.2 + 4;
      const box = bounds(nodes), left = onScreenX(box.x0), right = onScreenX(box.x1), top = onScreenY(box.y0), low = onScreenY(box.y1);
      const across = [0.5, 0.25, 0.75, 0, 1].map((part) => left + part * (right - left)), down = [0.15, 0.4, 0.65, 0.9].map((part) => top + part * (low - top));
      const spots = [...across.map((x) => [x, top - h - 8]), ...across.map((x) => [x, low + 34]), ...down.flatMap((y) => [[left - w / 2 - 12, y], [right + w / 2 + 12, y]]), ...down.flatMap((y) => across.map((x) => [x, y]))];
      const spot = spots.map(([sx, sy]) => ({ node: -2, x: sx - w / 2, y: sy, w, h })).find((each) => inside(each) && free(each) && !onAnother(community, each));
      if (!spot) continue;
      take({ ...spot, node: -3 - labels.length });
      named.add(community);
      const anchor = nodes[0];
      labels.push({ node: anchor, lines, dx: spot.x + w / 2 - onScreenX(view.x[anchor]), dy: spot.y - onScreenY(view.y[anchor]), w, h, name: true });
    }
  }
  // Where the page's own boxes lie over the drawing.
  function obstacles() {
    const frame = surface.getBoundingClientRect();
    return ["notice"].map((id) => document.getElementById(id)).concat([...document.querySelectorAll(".zoom")])
      .map((element) => element.getBoundingClientRect()).filter((box) => box.width > 0)
      .map((box) => ({ node: -1, x: box.left - frame.left, y: box.top - frame.top, w: box.width, h: box.height }));
  }
  function paintLabels() {
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    for (const label of moving ? labels.slice(0, MOVING_LABELS) : labels) {
      if (near && !near.has(label.node)) continue;
      const x = onScreenX(view.x[label.node]) + label.dx;
      let y = onScreenY(view.y[label.node]) + label.dy + 1;
      for (const line of label.lines) {
        context.font = fontOf(line);
        context.lineWidth = 3;
        context.strokeStyle = "rgba(255,255,255,.9)";
        context.strokeText(line.text, x, y);
        context.fillStyle = label.name ? "#56637a" : line.px === DETAIL ? "#4f5b6b" : "#1b2430";
        context.fillText(line.text, x, y);
        y += line.px * 1.2;
      }
    }
  }

  // Heavy: the picture moves with its edges; crowded: with its nodes as well.
  const heavy = () => links > MANY_EDGES || crowded();
  const crowded = () => drawn.length > MANY_NODES;

  function paint() {
    asked = false;
    if (!view) return;
    context.setTransform(size.dpr, 0, 0, size.dpr, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, size.w, size.h);
    growth = Math.min(1.5, Math.pow(camera.k, 0.6));
    if (moving && heavy() && stillCamera) {
      const k = camera.k / stillCamera.k;
      const x = (stillCamera.x - camera.x) * camera.k + (size.w / 2) * (1 - k), y = (stillCamera.y - camera.y) * camera.k + (size.h / 2) * (1 - k);
      context.drawImage(still, x, y, size.w * k, size.h * k);
      if (!crowded()) paintNodes(context);
    } else {
      if (!moving) placeLabels();
      if (heavy()) {
        const target = still.getContext("2d", { alpha: false });
        target.setTransform(size.dpr, 0, 0, size.dpr, 0, 0);
        target.fillStyle = "#fff";
        target.fillRect(0, 0, size.w, size.h);
        paintLinks(target);
        if (crowded()) paintNodes(target);
        stillCamera = { ...camera };
        context.drawImage(still, 0, 0, size.w, size.h);
        if (!crowded()) paintNodes(context);
      } else {
        paintLinks(context);
        paintNodes(context);
      }
    }
    paintRings();
    paintLabels();
  }
  function paintLinks(target) {
    paintGrounds(target);
    if (chosenEdges) { paintEdges(target, false); paintEdges(target, true); } else paintEdges(target);
    paintArrows(target);
  }
  function draw() {
    if (!asked) { asked = true; requestAnimationFrame(paint); }
  }
  // Called on every step of a pan or zoom; the full picture follows when it rests.
  function move() {
    moving = true;
    clearTimeout(restTimer);
    restTimer = setTimeout(() => { moving = false; draw(); }, REST);
    draw();
  }
  function drawNow() { moving = false; clearTimeout(restTimer); paint(); }

  function nodeAt(x, y) {
    let best = -1, nearest = Infinity;
    for (const node of drawn) {
      const far = Math.hypot(onScreenX(view.x[node]) - x, onScreenY(view.y[node]) - y) - radius(node);
      if (far < 5 && far < nearest && !(near && !near.has(node) && far > 0)) { best = node; nearest = far; }
    }
    return best;
  }
  function edgeAt(x, y) {
    let best = -1, nearest = 6;
    for (let edge = 0; edge < view.from.length; edge++) {
      if (!edgeOn[edge] || (chosenEdges && focus !== null && !chosenEdges.has(edge))) continue;
      const ax = onScreenX(view.x[view.from[edge]]), ay = onScreenY(view.y[view.from[edge]]);
      const dx = onScreenX(view.x[view.to[edge]]) - ax, dy = onScreenY(view.y[view.to[edge]]) - ay;
      const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(ax + along * dx - x, ay + along * dy - y);
      if (far < nearest) { best = edge; nearest = far; }
    }
    return best;
  }

  function zoom(factor, x = size.w / 2, y = size.h / 2) {
    if (!view) return;
    const k = Math.max(fitted * 0.4, Math.min(8, camera.k * factor));
    camera.x += (x - size.w / 2) * (1 / camera.k - 1 / k);
    camera.y += (y - size.h / 2) * (1 / camera.k - 1 / k);
    camera.k = k;
    move();
  }
  function pan(dx, dy) {
    camera.x -= dx / camera.k;
    camera.y -= dy / camera.k;
    move();
  }

  const pointers = new Map();
  let travelled = 0;
  const local = (event) => { const box = surface.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  surface.addEventListener("pointerdown", (event) => {
    surface.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, local(event));
    if (pointers.size === 1) travelled = 0;
  });
  surface.addEventListener("pointermove", (event) => {
    if (!view) return;
    const [x, y] = local(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      const node = nodeAt(x, y), edge = node < 0 ? edgeAt(x, y) : -1;
      if (node !== hover) { hover = node; if (!heavy()) draw(); }
      surface.classList.toggle("over", node >= 0 || edge >= 0);
      listeners.point(node, edge, x, y);
      return;
    }
    if (pointers.size === 2) {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const far = Math.hypot(before[0] - other[0], before[1] - other[1]) || 1;
      zoom(Math.hypot(x - other[0], y - other[1]) / far, (x + other[0]) / 2, (y + other[1]) / 2);
      travelled += 10;
    } else {
      travelled += Math.abs(x - before[0]) + Math.abs(y - before[1]);
      if (travelled > 4) { pan(x - before[0], y - before[1]); listeners.point(-1, -1, 0, 0); }
    }
    pointers.set(event.pointerId, [x, y]);
  });
  const lift = (event) => {
    if (!pointers.delete(event.pointerId) || !view || event.type === "pointercancel" || travelled > 4) return;
    const [x, y] = local(event), node = nodeAt(x, y);
    listeners.pick(node, node < 0 ? edgeAt(x, y) : -1);
  };
  surface.addEventListener("pointerup", lift);
  surface.addEventListener("pointercancel", lift);
  surface.addEventListener("pointerleave", () => { hover = -1; listeners.point(-1, -1, 0, 0); });
  surface.addEventListener("dblclick", (event) => zoom(1.6, ...local(event)));
  surface.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), ...local(event));
  }, { passive: false });
  surface.addEventListener("keydown", (event) => {
    const step = 60, keys = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.key in keys) pan(...keys[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") { fit(); draw(); }
    else return;
    event.preventDefault();
  });

  // What is on screen, for saving and for checks: nodes, edges and labels in pixels.
  function picture() {
    return {
      width: size.w, height: size.h,
      nodes: drawn.map((node) => ({ node, kind: Data.things[view.thing[node]].kind, x: onScreenX(view.x[node]), y: onScreenY(view.y[node]), r: radius(node), dim: near !== null && !near.has(node) })),
      edges: Array.from(view.from, (_, edge) => edge).filter((edge) => edgeOn[edge]).map((edge) => ({
        edge, from: view.from[edge], to: view.to[edge], chosen: chosenEdges ? chosenEdges.has(edge) : false, dim: chosenEdges !== null && !chosenEdges.has(edge),
        dashed: DASHED.has(view.relations[view.relation[edge]]), width: 0.5 + Math.min(7, Math.round(Math.sqrt(edgeWeight[edge]))) * 0.95,
      })),
      labels: labels.map((label) => ({
        text: label.lines.map((line) => line.text).join(" "), lines: label.lines, name: label.name, node: label.node, px: Math.min(...label.lines.map((line) => line.px)),
        x: onScreenX(view.x[label.node]) + label.dx - label.w / 2, y: onScreenY(view.y[label.node]) + label.dy, w: label.w, h: label.h,
      })),
    };
  }

  return { show, select, resize, fit, reveal, zoom, pan, draw, drawNow, picture, canvas, listeners, FONT, get size() { return size; } };
})();
