// Searches the names and texts of a static site. Files hold kgSearch(name, value) and are loaded
// when they are needed.
const here = document.currentScript.src.replace(/[^/]*$/, '');
const waiting = new Map(), known = new Map();
const NAMES_SHOWN = 30, TEXTS_SHOWN = 20, ROOM = 220, MOST_FILES = 8;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));

window.kgSearch = (name, value) => known.set(name, value);

function load(name) {
  if (!waiting.has(name)) {
    waiting.set(name, new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${here}${name}.js`;
      script.onload = () => resolve(known.get(name));
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    }));
  }
  return waiting.get(name);
}

const wordsOf = text => text.match(/[\p{L}\p{N}\p{M}_]+/gu) || [];
const fold = word => word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

// What the forms of a Dutch word share: as on the server, the stem of Snowball's algorithm for
// Dutch (snowballstem.org/algorithms/dutch_porter/stemmer.html) with a single, voiceless end.
function stem(word) {
  const plain = fold(word);
  if (/[\p{L}\p{N}_]{4}(?:heid|heden)$/u.test(plain)) return plain.replace(/(?:heid|heden)$/, 'heid');
  const short = porter(plain).replace(/(.)\1$/s, '$1');
  return short.replace(/v$/, 'f').replace(/z$/, 's');
}

const isVowel = letter => letter !== undefined && 'aeiouy'.includes(letter);

function porter(plain) {
  let word = plain.replace(/^y/, 'Y');
  for (let at = 0; at + 1 < word.length; at += 1) {
    if (!isVowel(word[at])) continue;
    if (word[at + 1] === 'i' && isVowel(word[at + 2])) {
      word = `${word.slice(0, at + 1)}I${word.slice(at + 2)}`;
      at += 2;
    } else if (word[at + 1] === 'y') {
      word = `${word.slice(0, at + 1)}Y${word.slice(at + 2)}`;
      at += 1;
    }
  }
  const regionAfter = start => {
    let at = start;
    while (at < word.length && !isVowel(word[at])) at += 1;
    while (at < word.length && isVowel(word[at])) at += 1;
    return at < word.length ? at + 1 : word.length;
  };
  const first = regionAfter(0);
  const r2 = first < word.length ? regionAfter(first) : word.length;
  const r1 = first < word.length ? Math.max(first, 3) : word.length;
  const ends = (...endings) => endings.filter(end => word.endsWith(end)).sort((a, b) => b.length - a.length)[0];
  const before = end => word[word.length - end.length - 1];
  const inRegion = (end, region) => word.length - end.length >= region;
  const cut = count => { word = word.slice(0, word.length - count); };
  const undouble = () => { if (ends('kk', 'dd', 'tt')) cut(1); };
  const cutEn = end => {
    if (inRegion(end, r1) && word.length > end.length && !isVowel(before(end))
        && !word.slice(0, -end.length).endsWith('gem')) {
      cut(end.length);
      undouble();
    }
  };
  let cutE = false;
  const cutFinalE = () => {
    cutE = false;
    if (ends('e') && inRegion('e', r1) && word.length > 1 && !isVowel(before('e'))) {
      cut(1);
      cutE = true;
      undouble();
    }
  };
  const one = ends('heden', 'en', 'ene', 's', 'se');
  if (one === 'heden') {
    if (inRegion(one, r1)) word = `${word.slice(0, -5)}heid`;
  } else if (one === 'en' || one === 'ene') cutEn(one);
  else if (one && inRegion(one, r1) && word.length > one.length && !isVowel(before(one)) && before(one) !== 'j') cut(one.length);
  cutFinalE();
  if (ends('heid') && inRegion('heid', r2) && before('heid') !== 'c') {
    cut(4);
    if (ends('en')) cutEn('en');
  }
  const last = ends('end', 'ing', 'ig', 'lijk', 'baar', 'bar');
  if (last === 'end' || last === 'ing') {
    if (inRegion(last, r2)) {
      cut(3);
      if (ends('ig') && inRegion('ig', r2) && before('ig') !== 'e') cut(2);
      else undouble();
    }
  } else if (last === 'ig') {
    if (inRegion(last, r2) && before(last) !== 'e') cut(2);
  } else if (last === 'lijk') {
    if (inRegion(last, r2)) { cut(4); cutFinalE(); }
  } else if (last === 'baar') {
    if (inRegion(last, r2)) cut(4);
  } else if (last === 'bar') {
    if (inRegion(last, r2) && cutE) cut(3);
  }
  const end = word.at(-1);
  if (word.length > 3 && !isVowel(end) && end !== 'I' && /(?:aa|ee|oo|uu).$/su.test(word) && !isVowel(word.at(-4))) {
    word = word.slice(0, -2) + end;
  }
  return word.replaceAll('Y', 'y').replaceAll('I', 'i');
}

// The last of the sorted values that is not above another; -1 where all are.
function lastUpTo(values, value) {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle + 1; else high = middle;
  }
  return low - 1;
}

// Numbers with their marks from a list of the index.
function* placesIn(list) {
  let number = -1, value = 0, factor = 1;
  for (const digit of list) {
    const part = VALUE.get(digit);
    value += (part % 32) * factor;
    if (part >= 32) { factor *= 32; continue; }
    number += Math.floor(value / 16) + 1;
    yield [number, value % 16];
    value = 0;
    factor = 1;
  }
}

const chunk = (kind, number) => load(`${kind}-words/${Math.floor(number / 1000)}/${number}`);

// The lists of the words that are one of `exact` or begin with `opening`; null is a common word.
async function listsOf(kind, index, exact, opening) {
  const { words } = index[kind];
  const numbers = new Set(exact.map(word => lastUpTo(words, word)));
  if (opening) {
    const first = Math.max(0, lastUpTo(words, opening));
    for (let at = first; at < Math.min(words.length, first + MOST_FILES); at += 1) {
      if (at === first || words[at].startsWith(opening)) numbers.add(at);
    }
  }
  const found = new Map();
  for (const entries of await Promise.all([...numbers].filter(at => at >= 0).map(at => chunk(kind, at)))) {
    for (const word of exact) if (Object.hasOwn(entries, word)) found.set(word, entries[word]);
    if (opening) for (const word of Object.keys(entries)) if (word.startsWith(opening)) found.set(word, entries[word]);
  }
  return [...found];
}

// The numbers of what holds all words and is of the kind asked for, best first; a mark is four times the
// kind of a text, plus how much the word says of it.
async function rank(kind, index, words, asked) {
  const { total } = index[kind];
  const wanted = index.kinds.indexOf(asked);
  const perWord = await Promise.all(words.map(word => kind === 'names'
    ? listsOf(kind, index, [stem(word)], fold(word)) : listsOf(kind, index, [stem(word)])));
  let scores = null;
  perWord.forEach((lists, turn) => {
    if (lists.some(([, list]) => list === null)) return;
    const hits = new Map();
    for (const [word, list] of lists) {
      const places = [...placesIn(list)];
      const rare = kind === 'names' ? (word === fold(words[turn]) ? 2 : 1) : Math.log(1 + total / (1 + places.length));
      for (const [number, mark] of places) {
        if ((wanted >= 0 && mark >> 2 !== wanted) || (scores && !scores.has(number))) continue;
        hits.set(number, Math.max(hits.get(number) || 0, rare * (mark % 4 + 1)));
      }
    }
    if (scores) hits.forEach((score, number) => hits.set(number, score + scores.get(number)));
    scores = hits;
  });
  return [...(scores || [])].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number]) => number);
}

// What is shown of some numbers; a file is loaded only for these.
function shownOf(kind, index, numbers) {
  const { starts, aFile } = index[kind];
  return Promise.all(numbers.map(async number => {
    const batch = lastUpTo(starts, number);
    const place = number - starts[batch];
    return (await load(`${kind}/${batch}/${Math.floor(place / aFile)}`))[place % aFile];
  }));
}

const element = (name, text, properties) =>
  Object.assign(document.createElement(name), { textContent: text, ...properties });

// Things of a kind together, the kind of the best first.
function byKind(rows) {
  const kinds = [...new Set(rows.map(([kind]) => kind))];
  return kinds.flatMap(kind => rows.filter(row => row[0] === kind));
}

function nameLine([kind, label, note, address]) {
  const item = document.createElement('li');
  item.append(element('a', label, { href: address }), ' ',
    element('span', [kind, note].filter(Boolean).join(' · '), { className: 'note' }));
  return item;
}

function textLine([, label, address, text], stems) {
  const item = element('li', '', { className: 'card' });
  const heading = element('h2', '', { className: 'tight' });
  heading.append(element('a', label, { href: address }));
  item.append(heading, marked(snippet(text, stems), stems));
  return item;
}

function snippet(text, stems) {
  let first = text.length;
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}_]+/gu)) {
    if (stems.has(stem(match[0]))) { first = match.index; break; }
  }
  const start = first === text.length || first < ROOM * 0.7 ? 0 : text.indexOf(' ', first - 60) + 1;
  const end = start + ROOM < text.length ? text.lastIndexOf(' ', start + ROOM) : text.length;
  return (start ? '…' : '') + text.slice(start, end).replaceAll('\n', ' ') + (end < text.length ? '…' : '');
}

function marked(piece, stems) {
  const line = element('p', '', { className: 'text' });
  for (const part of piece.split(/([\p{L}\p{N}\p{M}_]+)/u)) {
    line.append(part && stems.has(stem(part)) ? element('mark', part) : part);
  }
  return line;
}

function counted(names, texts) {
  const parts = [];
  if (names) parts.push(`${names} ${names === 1 ? 'naam' : 'namen'}`);
  if (texts) parts.push(`${texts} ${texts === 1 ? 'tekst' : 'teksten'}`);
  return parts.length ? `${parts.join(' en ')} gevonden` : 'Niets gevonden';
}

async function search() {
  const asked = new URLSearchParams(location.search);
  const words = wordsOf(asked.get('q') || '');
  const kind = asked.get('kind') || '';
  document.getElementById('words').value = asked.get('q') || '';
  document.getElementById('kind').value = kind;
  if (!words.length) return;
  const told = document.getElementById('found');
  told.textContent = 'Even geduld…';
  try {
    const index = await load('index');
    const names = !kind || kind === 'name' ? await rank('names', index, words, '') : [];
    const rows = byKind(await shownOf('names', index, names.slice(0, NAMES_SHOWN)));
    const section = document.getElementById('names');
    section.firstElementChild.replaceChildren(...rows.map(nameLine));
    section.hidden = !rows.length;
    const texts = kind === 'name' ? [] : await rank('texts', index, words, kind);
    const stems = new Set(words.map(stem));
    const shown = await shownOf('texts', index, texts.slice(0, TEXTS_SHOWN));
    document.getElementById('hits').replaceChildren(...shown.map(row => textLine(row, stems)));
    told.textContent = counted(names.length, texts.length);
  } catch (error) {
    told.textContent = `Het zoeken lukt niet: ${error.message} ontbreekt. (A file of the index is missing.)`;
  }
}

search();
