// Searches the texts of a static site. Files hold kgSearch(name, value) and are loaded when needed.
const here = document.currentScript.src.replace(/[^/]*$/, '');
const waiting = new Map(), known = new Map();
const TEXTS_A_FILE = 100, SHOWN = 20, ROOM = 220;

window.kgSearch = (name, value) => known.set(name, value);

function load(name) {
  if (!waiting.has(name)) {
    waiting.set(name, new Promise(resolve => {
      const script = document.createElement('script');
      script.src = `${here}${name}.js`;
      script.onload = () => resolve(known.get(name));
      script.onerror = () => resolve(undefined);
      document.head.append(script);
    }));
  }
  return waiting.get(name);
}

const hex = text => [...new TextEncoder().encode(text)].map(byte => byte.toString(16).padStart(2, '0')).join('');
const wordsOf = text => text.match(/[\p{L}\p{N}\p{M}_]+/gu) || [];

// [number, count, …] of the texts that hold a word in any inflection; null where nearly all do.
async function placesOf(word) {
  const found = await load(`words-${hex([...word].slice(0, 3).join(''))}`);
  if (!found) return [];
  if (Object.hasOwn(found, word)) return found[word];
  const longer = Object.keys(found).filter(form => form.startsWith(word)).sort((a, b) => a.length - b.length);
  return longer.length ? found[longer[0]] : [];
}

async function rank(words, total) {
  const lists = (await Promise.all(words.map(placesOf))).filter(places => places !== null);
  const scores = new Map();
  lists.forEach((places, turn) => {
    const weight = Math.log(1 + total / (1 + places.length / 2));
    const hits = new Map();
    for (let at = 0; at < places.length; at += 2) {
      if (turn === 0 || scores.has(places[at])) {
        hits.set(places[at], (scores.get(places[at]) || 0) + weight * places[at + 1] / (places[at + 1] + 1.2));
      }
    }
    scores.clear();
    hits.forEach((score, number) => scores.set(number, score));
  });
  return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number]) => number);
}

function snippet(text, words) {
  const plain = text.toLowerCase();
  const first = Math.min(...words.map(word => plain.indexOf(word.slice(0, 5))).filter(at => at >= 0), text.length);
  const start = first === text.length || first < ROOM * 0.7 ? 0 : text.indexOf(' ', first - 60) + 1;
  const end = start + ROOM < text.length ? text.lastIndexOf(' ', start + ROOM) : text.length;
  return (start ? '…' : '') + text.slice(start, end).replaceAll('\n', ' ') + (end < text.length ? '…' : '');
}

function shown(piece, words) {
  const line = document.createElement('p');
  line.className = 'text';
  for (const part of piece.split(/([\p{L}\p{N}\p{M}_]+)/u)) {
    const marked = words.some(word => part.toLowerCase().startsWith(word.slice(0, Math.max(3, word.length - 2))));
    if (marked) {
      const mark = document.createElement('mark');
      mark.textContent = part;
      line.append(mark);
    } else line.append(part);
  }
  return line;
}

async function search() {
  const asked = new URLSearchParams(location.search);
  const words = wordsOf((asked.get('q') || '').toLowerCase());
  const kind = asked.get('kind') || '';
  document.getElementById('words').value = asked.get('q') || '';
  document.getElementById('kind').value = kind;
  if (!words.length) return;
  const numbers = await rank(words, await load('texts') || 0);
  const hits = [];
  let total = numbers.length;
  for (const number of numbers) {
    const texts = await load(`texts-${Math.floor(number / TEXTS_A_FILE)}`);
    const hit = texts[number % TEXTS_A_FILE];
    if (!kind || hit[0] === kind) hits.push(hit);
    if (hits.length === SHOWN) break;
  }
  if (kind && hits.length < SHOWN) total = hits.length;
  const list = document.getElementById('hits');
  for (const [, label, address, text] of hits) {
    const item = document.createElement('li');
    item.className = 'card';
    const heading = document.createElement('h2');
    heading.style.marginTop = 0;
    const link = document.createElement('a');
    link.href = address;
    link.textContent = label;
    heading.append(link);
    item.append(heading, shown(snippet(text, words), words));
    list.append(item);
  }
  const most = kind && hits.length === SHOWN ? 'minstens ' : '';
  document.getElementById('found').textContent =
    total ? `${most}${most ? hits.length : total} gevonden` : 'Niets gevonden';
}

search();
