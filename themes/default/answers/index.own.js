// Searches the index of the answers, which package search of the generator writes. It says what it offers at its end, for page.js.
//
// A question is read as Candor reads it: words, phrases that mean one thing, stems (Porter's second stemmer, https://snowballstem.org/algorithms/english/stemmer.html,
// as the library that Candor uses does it). A test holds both against each other.
const vowel = letter => "aeiouy".includes(letter);
const special = new Map("skis ski skies sky dying die lying lie tying tie idly idl gently gentl ugly ugli early earli only onli singly singl sky sky news news howe howe atlas atlas cosmos cosmos bias bias andes andes inning inning innings inning outing outing outings outing canning canning cannings canning herring herring herrings herring earring earring earrings earring proceed proceed proceeds proceed proceeded proceed proceeding proceed exceed exceed exceeds exceed exceeded exceed exceeding exceed succeed succeed succeeds succeed succeeded succeed succeeding succeed".split(" ").map((word, i, all) => [word, all[i + 1]]).filter((_, i) => i % 2 === 0));
const kept = new Set("a about above after again against all am an and any are as at be because been before being below between both but by can did do does doing don down during each few for from further had has have having he her here hers herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on once only or other our ours ourselves out over own s same she should so some such t than that the their theirs them themselves then there these they this those through to too under until up very was we were what when where which while who whom why will with you your yours yourself yourselves".split(" "));
const encoder = new TextEncoder();
const bytes = word => encoder.encode(word).length;
const pairs = text => text.split(" ").map(pair => pair.split(">"));
const second = pairs("ational>ate fulness>ful iveness>ive ization>ize ousness>ous biliti>ble lessli>less tional>tion alism>al aliti>al ation>ate entli>ent fulli>ful iviti>ive ousli>ous anci>ance abli>able alli>al ator>ate enci>ence izer>ize bli>ble ogi>og li>");
const third = pairs("ational>ate tional>tion alize>al icate>ic ative> iciti>ic ical>ic ful> ness>");
const fourth = "ement ance ence able ible ment ent ant ism ate iti ous ive ize ion al er ic".split(" ");

// region gives where the part begins that follows the first consonant after a vowel.
const region = (w, from) => {
  for (let i = from + 1; i < w.length; i++) if (vowel(w[i - 1]) && !vowel(w[i])) return i + 1;
  return w.length;
};
const endsShort = w => w.length === 2 ? vowel(w[0]) && !vowel(w[1])
  : w.length > 2 && !vowel(w.at(-1)) && !"wxY".includes(w.at(-1)) && vowel(w.at(-2)) && !vowel(w.at(-3));

// american brings a word to its American spelling, as package wording does.
const spellings = pairs("behaviour>behavior colour>color favour>favor honour>honor labour>labor neighbour>neighbor centre>center datacentre>datacenter defence>defense offence>offense licence>license practise>practice programmes>programs catalogue>catalog artefact>artifact analyse>analyze fulfilm>fulfillm enrolm>enrollm labell>label modell>model cancell>cancel travell>travel judgement>judgment cheque>check grey>gray ageing>aging dialogue>dialog sceptic>skeptic");
const keepsS = "advis exercis enterpris otherwis compromis premis supervis revis expertis precis rais nois promis likewis franchis disguis devis surpris televis improvis merchandis concis pois prais circumcis excis compris wis".split(" ");
const american = word => {
  if (bytes(word) < 5) return word;
  if (word === "programme") return "program";
  for (const [british, other] of spellings) if (word.startsWith(british)) return other + word.slice(british.length);
  const end = "isational isations isation ising ised iser isers ises ise".split(" ").find(e => word.endsWith(e) && bytes(word) > e.length + 2 && !keepsS.some(s => word.startsWith(s)));
  return end ? word.slice(0, -end.length) + "iz" + end.slice(2) : word;
};

const known = new Map();
const stem = word => {
  if (!known.has(word)) known.set(word, stemOf(word));
  return known.get(word);
};
const stemOf = given => {
  if (bytes(given) > 40) return given;
  const word = american(given);
  if (bytes(word) <= 2 || kept.has(word)) return word;
  if (special.has(word)) return special.get(word);
  let w = [...word];
  w.forEach((letter, i) => { if (letter === "y" && (i === 0 || vowel(w[i - 1]))) w[i] = "Y"; });
  const ends = suffix => w.length >= suffix.length && w.slice(w.length - suffix.length).join("") === suffix;
  const first = suffixes => suffixes.find(ends) || "";
  let one = word.startsWith("gener") || word.startsWith("arsen") ? 5 : word.startsWith("commun") ? 6 : region(w, 0);
  let two = region(w, one);
  const trim = () => { one = Math.min(one, w.length); two = Math.min(two, w.length); };
  const put = (suffix, text) => { w = [...w.slice(0, w.length - suffix.length), ...text]; trim(); };

  let suffix = first(["sses", "ied", "ies", "us", "ss", "s"]);
  if (suffix === "sses") put("sses", "ss");
  else if (suffix === "ies" || suffix === "ied") put(suffix, w.length > 4 ? "i" : "ie");
  else if (suffix === "s" && w.slice(0, -2).some(vowel)) put("s", "");

  suffix = first(["eedly", "ingly", "edly", "ing", "eed", "ed"]);
  if (suffix.startsWith("eed")) {
    if (suffix.length <= w.length - one) put(suffix, "ee");
  } else if (suffix && w.slice(0, w.length - suffix.length).some(vowel)) {
    const before = [one, two];
    put(suffix, "");
    if (first(["at", "bl", "iz"])) put("", "e");
    else if (first(["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"])) put(w.at(-1), "");
    else if (one >= w.length && endsShort(w)) {
      put("", "e");
      before.fill(w.length);
    }
    [one, two] = before;
    trim();
  }

  if (w.length > 2 && "yY".includes(w.at(-1)) && !vowel(w.at(-2))) w[w.length - 1] = "i";

  let [from, to] = second.find(pair => ends(pair[0])) || ["", ""];
  if (from && from.length <= w.length - one) {
    if (from === "li") { if (w.length >= 3 && "cdeghkmnrt".includes(w.at(-3))) put("li", ""); }
    else if (from === "ogi") { if (w.length >= 4 && w.at(-4) === "l") put("ogi", "og"); }
    else put(from, to);
  }

  [from, to] = third.find(pair => ends(pair[0])) || ["", ""];
  if (from && from.length <= w.length - one && (from !== "ative" || w.length - two >= 5)) put(from, to);

  suffix = first(fourth);
  if (suffix && suffix.length <= w.length - two && (suffix !== "ion" || w.length >= 4 && "st".includes(w.at(-4)))) put(suffix, "");

  const last = w.length - 1;
  if (one <= last && (w[last] === "e" && (two <= last || !endsShort(w.slice(0, last))) || two <= last && w[last] === "l" && w[last - 1] === "l")) put(w[last], "");
  return w.join("").replaceAll("Y", "y");
};

const words = text => text.toLowerCase().replace(/’/g, "'").split(/[^\p{L}\p{Nd}']+/u)
  .map(word => word.replace(/^'+/, "").replace(/'.*/, "")).filter(Boolean);

// near tells whether two words differ by one letter: one too many, one too few, another one, or two that changed places.
const near = (a, b) => {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let i = 0, end = 0;
  while (i < a.length && a[i] === b[i]) i++;
  while (end < Math.min(a.length, b.length) - i && a.at(-1 - end) === b.at(-1 - end)) end++;
  const left = [a.length - i - end, b.length - i - end];
  return Math.max(...left) === 1 || left[0] === 2 && left[1] === 2 && a[i] === b[i + 1] && a[i + 1] === b[i];
};

const endings = 60;
const digits = "#$%()*+,-./0123456789:;?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~!";
const value = new Map([...digits].map((digit, i) => [digit, i]));
const decode = text => {
  const numbers = [];
  let lead = 0;
  for (const digit of text) {
    const n = value.get(digit);
    if (n < endings) { numbers.push(lead * endings + n); lead = 0; }
    else lead = lead * (digits.length - endings) + n - endings + 1;
  }
  return numbers;
};

// read makes an index of the file's JSON.
const read = data => {
  const plain = new Set(data.plain.split(" "));
  const terms = data.terms.split("|");
  const number = new Map(terms.map((term, i) => [term, i]));
  const at = data.at.split(" ");
  const heads = new Map(), within = new Map(); // phrases by their first stem, names of groups by the stems in their phrases
  for (const group of data.groups) {
    const [name, ...phrases] = group.split("\t");
    for (const phrase of phrases) {
      const stems = phrase.split(" ");
      if (!heads.has(stems[0])) heads.set(stems[0], []);
      heads.get(stems[0]).push({stems, name});
      for (const s of stems.length > 1 ? stems : []) within.set(s, (within.get(s) || new Set()).add(name));
    }
  }
  for (const phrases of heads.values()) phrases.sort((a, b) => b.stems.length - a.stems.length);
  const starts = [];
  let total = 0;
  for (const text of at) {
    starts.push(total);
    for (const digit of text) if (value.get(digit) < endings) total++;
  }

  // phraseAt gives the longest phrase that begins at a word, and how many words it takes: small words may stand in between.
  const phraseAt = (list, stems, from) => {
    for (const phrase of heads.get(stems[from]) || []) {
      let at = from;
      const begins = phrase.stems.every((wanted, i) => {
        for (let skip = 0; i > 0 && skip < 2 && at < stems.length && stems[at] !== wanted && plain.has(list[at]); skip++) at++;
        return stems[at++] === wanted;
      });
      if (begins && (at - from > 1 || !plain.has(list[from]))) return {name: phrase.name, length: at - from, single: phrase.stems.length === 1};
    }
  };
  // parts gives what a text asks for: its terms in order, each with the word that it comes from where it comes from one.
  const parts = text => {
    const list = words(text), stems = list.map(stem), all = [];
    for (let i = 0; i < list.length;) {
      const phrase = phraseAt(list, stems, i), next = i + (phrase?.length || 1), last = next === list.length;
      if (phrase) all.push({term: "=" + phrase.name, last, word: phrase.single ? list[i] : ""});
      else if (!plain.has(list[i])) all.push({term: stems[i], last, word: list[i]});
      i = next;
    }
    return all;
  };

  // postings gives the answers that have a term, each with its weight.
  const decoded = new Map();
  const postings = i => {
    if (!decoded.has(i)) {
      let answer = -1;
      decoded.set(i, decode(at[i]).map((gap, k) => [answer += gap + 1, +data.weights[starts[i] + k]]));
    }
    return decoded.get(i);
  };
  const rarity = n => Math.log(1 + (Math.max(0, data.answers - n) + .5) / (n + .5));

  // like gives the terms that a word may mean beside its own: what it is the beginning of while it is being typed, else what differs from it by one letter.
  const like = (part, typing) => {
    const {word, term} = part, found = new Map();
    const begins = (t, word) => t.startsWith(word) || t.length > 3 && word.startsWith(t);
    const alike = t => near(term, t) || near(word, t) || t.length > 4 && word.startsWith(t) && word.length < t.length + 5;
    const add = (name, share) => { if (number.has(name) && name !== term && !(found.get(name) >= share)) found.set(name, share); };
    if (typing && word.length > 1) {
      for (const t of terms) if (t[0] !== "=" && t[0] !== "#" && begins(t, word)) add(t, .8);
      for (const [head, phrases] of heads) if (begins(head, word)) for (const p of phrases) {
        if (p.stems.length === 1) add("=" + p.name, .8);
        else if (!number.has(term)) add("=" + p.name, .4); // a phrase that has only begun
      }
    }
    if (found.size || number.has(term) || word.length < 5) return found;
    for (const t of terms) if (t[0] !== "=" && t[0] !== "#" && alike(t)) add(t, .6);
    for (const [head, phrases] of heads) if (alike(head)) for (const p of phrases) if (p.stems.length === 1) add("=" + p.name, .6);
    return found;
  };

  // find gives the answers that a text asks for, the best first, as numbers, with the terms by which they were found.
  const find = text => {
    const asked = [];
    let rest = " " + text + " ";
    for (const token of text.toLowerCase().split(/\s+/)) {
      const id = "#" + token.replace(/[,;.?!]+$/, "");
      if (!/\d/.test(id)) continue;
      const open = /[a-z.-]/.test(token) && !text.endsWith(" ") && text.toLowerCase().endsWith(token);
      const ids = terms.filter(t => t === id || open && t.startsWith(id) && !number.has(id));
      if (!ids.length) continue;
      asked.push(ids.map(t => [number.get(t), 2]));
      rest = rest.toLowerCase().replace(" " + token + " ", " ");
    }
    const typing = /[\p{L}\p{Nd}]$/u.test(rest.trimEnd()) && !text.endsWith(" ");
    const wanted = parts(rest);
    for (const part of wanted) {
      const ways = number.has(part.term) ? [[number.get(part.term), 1]] : [];
      if (part.word) for (const [name, share] of like(part, typing && part.last)) ways.push([number.get(name), share]);
      // Who gives a word or two may mean whatever is called by them: "train" stands in "model training".
      if (part.word && wanted.length < 3) for (const name of within.get(part.term) || []) if (number.has("=" + name)) ways.push([number.get("=" + name), .35]);
      if (ways.length) asked.push(ways);
    }
    const score = new Float64Array(data.answers);
    for (const ways of asked) {
      // What a word may mean is not told by how rare that is, but by how rare the word is.
      const exact = ways.filter(way => way[1] >= 1), rare = rarity((exact.length ? exact : ways).reduce((sum, way) => sum + postings(way[0]).length, 0));
      const best = new Float64Array(data.answers);
      for (const [i, share] of ways) for (const [answer, weight] of postings(i)) best[answer] = Math.max(best[answer], rare * share * weight);
      best.forEach((gain, answer) => { score[answer] += gain; });
    }
    // What says less than a third of what the best one says is about something else.
    const least = score.reduce((a, b) => Math.max(a, b), 0) * .3;
    const answers = [...score.keys()].filter(i => score[i] > 0 && score[i] >= least).sort((a, b) => score[b] - score[a] || a - b);
    return {answers, terms: new Set(asked.flat().filter(way => way[1] > .5).map(way => terms[way[0]]))};
  };

  // marks gives the places of words in a text that are why it was found, as pairs of beginning and end.
  const marks = (text, wanted) => {
    const found = [...text.matchAll(/[\p{L}\p{Nd}]+/gu)], list = found.map(m => m[0].toLowerCase()), stems = list.map(stem), places = [];
    for (let i = 0; i < list.length;) {
      const phrase = phraseAt(list, stems, i), last = i + (phrase?.length || 1) - 1;
      if (phrase ? wanted.has("=" + phrase.name) : wanted.has(stems[i]) && !plain.has(list[i])) places.push([found[i].index, found[last].index + list[last].length]);
      i = last + 1;
    }
    return places;
  };
  return {answers: data.answers, terms: text => parts(text).map(part => part.term), find, marks};
};

globalThis.answerIndex = {stem, words, read};
