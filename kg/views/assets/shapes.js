// Kinds by colour and by shape: Okabe and Ito's colour-blind safe palette, shapes of equal area.
const Shapes = (() => {
  const regular = (corners, turn, grow = 1) =>
    Array.from({ length: corners }, (_, i) => {
      const angle = turn + (2 * Math.PI * i) / corners;
      return [grow * Math.cos(angle), grow * Math.sin(angle)];
    });
  const star = Array.from({ length: 10 }, (_, i) => {
    const angle = -Math.PI / 2 + (Math.PI * i) / 5, far = i % 2 ? 0.62 : 1.36;
    return [far * Math.cos(angle), far * Math.sin(angle)];
  });
  const box = (w, h) => [[-w, -h], [w, -h], [w, h], [-w, h]];
  const plus = [[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]];
  const sheet = [[-0.76, -1.05], [0.3, -1.05], [0.76, -0.55], [0.76, 1.05], [-0.76, 1.05]];
  const kinds = {
    Member: { colour: "#0072B2", points: null },
    Minister: { colour: "#D55E00", points: box(0.89, 0.89) },
    Person: { colour: "#9AA5B1", points: null },
    Party: { colour: "#56B4E9", points: regular(8, Math.PI / 8, 1.06) },
    Ministry: { colour: "#E69F00", points: regular(5, -Math.PI / 2, 1.15) },
    QuestionSet: { colour: "#009E73", points: sheet },
    Topic: { colour: "#CC79A7", points: regular(4, 0, 1.25) },
    Law: { colour: "#3B3B3B", points: regular(3, -Math.PI / 2, 1.5) },
    Motion: { colour: "#F0E442", points: regular(3, Math.PI / 2, 1.5) },
    Policy: { colour: "#CC79A7", points: star },
    ParliamentaryPaper: { colour: "#C9CED6", points: box(1.15, 0.68) },
    Organisation: { colour: "#56B4E9", points: plus },
    RoundRobin: { colour: "#F0E442", points: regular(6, 0, 1.1) },
    Community: { colour: "#56B4E9", points: null },
  };
  const order = Object.keys(kinds);
  const of = (kind) => kinds[kind] ?? kinds.Person;

  function trace(context, kind, x, y, r) {
    const { points } = of(kind);
    if (!points) {
      context.moveTo(x + r, y);
      context.arc(x, y, r, 0, 2 * Math.PI);
      return;
    }
    context.moveTo(x + r * points[0][0], y + r * points[0][1]);
    for (let i = 1; i < points.length; i++) context.lineTo(x + r * points[i][0], y + r * points[i][1]);
    context.closePath();
  }
  const svgNode = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  function svgShape(kind, x, y, r) {
    const { colour, points } = of(kind);
    const look = { fill: colour, stroke: "#1b2430", "stroke-width": 1 };
    if (!points) return svgNode("circle", { cx: x, cy: y, r, ...look });
    const at = points.map(([px, py]) => `${(x + r * px).toFixed(1)},${(y + r * py).toFixed(1)}`).join(" ");
    return svgNode("polygon", { points: at, ...look });
  }
  function icon(kind) {
    const svg = svgNode("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" });
    svg.append(svgShape(kind, 9, 9, 6));
    return svg;
  }
  return { of, order, trace, svgNode, svgShape, icon };
})();
