// Saving what is shown: the drawing as PNG or SVG, its links as CSV.
const Downloads = (() => {
  function hand(blob, name) {
    const anchor = document.createElement("a");
    anchor.href = URL.createObjectURL(blob);
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
  }
  const png = (view) => Drawing.canvas.toBlob((blob) => hand(blob, `kamergraaf-${view.name}.png`), "image/png");

  // What XML cannot hold is left out: control characters and halves of surrogate pairs.
  const clean = (text) => text.toWellFormed?.().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "") ?? text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, "");

  function svgText(title) {
    const { svgNode, svgShape } = Shapes;
    const shown = Drawing.picture();
    const svg = svgNode("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${shown.width} ${shown.height}`, width: shown.width, height: shown.height, "font-family": Drawing.FONT });
    const name = svgNode("title", {});
    name.textContent = clean(title);
    svg.append(name, svgNode("rect", { width: "100%", height: "100%", fill: "#fff" }));
    const at = new Map(shown.nodes.map((node) => [node.node, node]));
    for (const edge of shown.edges) {
      const [a, b] = [at.get(edge.from), at.get(edge.to)];
      svg.append(svgNode("line", {
        x1: a.x.toFixed(1), y1: a.y.toFixed(1), x2: b.x.toFixed(1), y2: b.y.toFixed(1), "stroke-width": edge.width, stroke: edge.chosen ? "#b8500c" : edge.dashed ? "#7da7c7" : "#7c8896",
        "stroke-opacity": edge.dim ? 0.13 : edge.chosen ? 0.9 : shown.edges.length > 1500 ? 0.25 : 0.62, ...(edge.dashed ? { "stroke-dasharray": "5 4" } : {}),
      }));
    }
    for (const node of shown.nodes) {
      const shape = svgShape(node.kind, node.x, node.y, node.r);
      if (node.dim) shape.setAttribute("opacity", "0.16");
      svg.append(shape);
    }
    for (const label of shown.labels) {
      let y = label.y + 1;
      for (const line of label.lines) {
        const text = svgNode("text", { x: (label.x + label.w / 2).toFixed(1), y: (y + line.px * 0.86).toFixed(1), "font-size": line.px, "font-weight": line.weight, "text-anchor": "middle", fill: label.name ? "#56637a" : "#1b2430" });
        text.textContent = clean(line.text);
        svg.append(text);
        y += line.px * 1.2;
      }
    }
    return new XMLSerializer().serializeToString(svg);
  }
  const svg = (view, title) => hand(new Blob([svgText(title)], { type: "image/svg+xml" }), `kamergraaf-${view.name}.svg`);

  // Fields that a spreadsheet would take for a formula get an apostrophe in front.
  function field(value) {
    const text = String(value);
    const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== "number" ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }
  function csvText(view, shown) {
    const rows = [["source", "source_id", "source_kind", "relation", "target", "target_id", "target_kind", "sets"]];
    for (const edge of shown.edges) {
      const [a, b] = [Data.things[view.thing[view.from[edge]]], Data.things[view.thing[view.to[edge]]]];
      rows.push([a.label, a.id, a.kind, view.relations[view.relation[edge]], b.label, b.id, b.kind, shown.weights[edge]]);
    }
    return "\uFEFF" + rows.map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
  }
  const csv = (view, shown) => hand(new Blob([csvText(view, shown)], { type: "text/csv;charset=utf-8" }), `kamergraaf-${view.name}.csv`);

  return { png, svg, csv };
})();
