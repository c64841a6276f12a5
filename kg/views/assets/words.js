// Every word the page says, in Dutch and English.
const Words = (() => {
  const nl = {
    views: "Weergaven", language: "Taal", filters: "Zoeken en filteren", found: "Zoekresultaten", drawing: "Tekening", drawer: "Tabel en grafieken", panel: "Toelichting", zoom: "Zoomen",
    surface: "Netwerk. Pijltjestoetsen schuiven, plus en min zoomen, 0 toont alles, Escape wist de keuze. Dezelfde gegevens staan in de tabel.",
    zoomIn: "Inzoomen", zoomOut: "Uitzoomen", zoomFit: "Alles in beeld", save: "Bewaar", savePng: "Bewaar de tekening als PNG", saveSvg: "Bewaar de tekening als SVG", saveCsv: "Bewaar de verbanden als CSV",
    search: "Zoek een naam, wet of onderwerp", searchHint: "bijv. Microsoft", party: "Partij van de indiener", ministry: "Ministerie", from: "Ingediend vanaf", to: "tot en met", undated: "ook zonder datum", reset: "Wis filters", table: "Tabel", charts: "Grafieken", legend: "Legenda: klik om te verbergen",
    anyParty: "alle partijen", anyMinistry: "alle ministeries",
    view_actors: "Wie vraagt wie", view_topics: "Onderwerpen", view_policies: "Wetten en beleid", "view_round-robin": "Rondvragen", view_neighbourhood: "Omgeving", view_all: "Alles",
    about_actors: "Kamerleden (rondjes) stellen vragen aan bewindspersonen (vierkantjes). Een pijl wijst van wie vraagt naar wie gevraagd wordt; dikker is vaker. Een stippellijn verbindt wie samen vraagt.",
    about_topics: "Sets Kamervragen (blaadjes) met hun onderwerpen (ruiten) en de ministeries die ze kregen (vijfhoeken).",
    about_policies: "Wie in vragen of antwoorden een wet, motie, beleidsstuk of Kamerstuk noemt. Klik op een lijn voor de zinnen.",
    "about_round-robin": "Eén tekst die tegelijk aan meer ministeries is gestuurd: elk kreeg een eigen set.",
    about_neighbourhood: "Eén ding in het midden, zijn sets eromheen, en daarbuiten alles waarmee die sets verbonden zijn.",
    about_all: "Alle sets met hun mensen, partijen, ministeries, onderwerpen en alles wat ze noemen. Vragen en antwoorden zitten in hun set.",
    tally: "{sets} sets Kamervragen, {questions} vragen, {answered} beantwoord", tallyPart: "de nieuwste {sets} van {all} sets Kamervragen, {questions} vragen, {answered} beantwoord",
    top_actors: "Wie vraagt wie, en waarover", top_policies: "Wie noemt wat het vaakst", top_nodes: "Meest verbonden",
    Member: "Kamerlid", Minister: "Bewindspersoon", Person: "Persoon", Party: "Partij", Ministry: "Ministerie", Organisation: "Organisatie", Law: "Wet of verordening", Motion: "Motie", Policy: "Beleid", ParliamentaryPaper: "Kamerstuk", Topic: "Onderwerp", QuestionSet: "Set Kamervragen", RoundRobin: "Rondvraag", Community: "Groep",
    asks: "vraagt", asksWith: "vraagt samen met", about: "gaat over", aboutInferred: "gaat naar de tekst te oordelen over", toMinistry: "gericht aan", bringsUp: "noemt in vragen", answersOn: "noemt in antwoorden", inRoundRobin: "hoort bij", submitted: "diende in", askedOf: "gevraagd aan", answeredBy: "beantwoord door", memberOf: "zit in de fractie", names: "noemt", linked: "verbonden met",
    inv_asks: "wordt bevraagd door", inv_asksWith: "vraagt samen met", inv_about: "onderwerp van", inv_aboutInferred: "naar de tekst te oordelen onderwerp van", inv_toMinistry: "kreeg", inv_bringsUp: "genoemd in vragen van", inv_answersOn: "genoemd in antwoorden van", inv_inRoundRobin: "bestaat uit", inv_submitted: "ingediend door", inv_askedOf: "kreeg vragen in", inv_answeredBy: "beantwoordde", inv_memberOf: "fractieleden", inv_names: "genoemd in", inv_linked: "verbonden met",
    sets: "{n} sets", set1: "1 set", links_n: "{n} verbanden", link1: "1 verband", over: "over", also: "Ook bekend als", number: "Nummer", submittedOn: "Ingediend", answeredOn: "Beantwoord", termDays: "{n} dagen", termOver: "{n} dagen; de termijn is 21", submitters: "Indieners", addressees: "Gericht aan", ministries: "Ministeries", subjects: "Waarover",
    questionsAnswered: "{asked} vragen, {replied} met een antwoord in deze documenten", noAnswers: "Geen antwoorden in deze documenten", officials: "Officiële documenten en andere bronnen", why: "Waarom dit hier staat", more: "Toon meer ({n})",
    question: "Vraag", answer: "Antwoord op vraag", answerBare: "Antwoord", letter: "Uitstelbericht", wholeText: "Toon de hele tekst", lessText: "Toon alleen de zin", citeAs: "Citeer als", copy: "Kopieer", copied: "Gekopieerd", copyFailed: "Geselecteerd; kopieer met Ctrl+C",
    noDate: "datum niet in deze documenten", questionsOfSet: "Vragen en antwoorden", noAnswer: "geen antwoord in deze documenten", aligned: "Het document zegt niet bij welke vraag dit antwoord hoort; naar de tekst te oordelen bij deze (zekerheid {n}).", around: "Toon de omgeving", close: "Terug naar het overzicht", textLeftOut: "De tekst hiervan paste niet in dit bestand; de set en zijn bronnen staan erbij.",
    overview: "Overzicht: de {shown} belangrijkste van {all} punten. Klik op een punt om zijn verbanden te openen.", showAll: "Toon alle {all}", showOverview: "Terug naar het overzicht", aggregated: "Dit netwerk telt {all} punten, te veel voor één tekening. Elk punt hier is een groep van wat sterk samenhangt.", leftOut: "{n} punten verder weg zijn weggelaten.", filtered: "{shown} van {all} punten voldoen aan de filters.",
    emptyGraph: "Er staat nog niets in deze graaf", emptyGraphNext: "Bouw een graaf van documenten met Kamervragen: kg build MAP", emptyView: "In deze documenten staat niets voor deze weergave", emptyViewNext: "Kies hierboven een andere weergave.", emptyFilter: "Niets voldoet aan deze filters", emptyFilterNext: "Verruim de periode, of wis de filters.", pickCentre: "Kies eerst wat in het midden staat", pickCentreNext: "Zoek hierboven een naam, of klik ergens op een punt en daarna op ‘Toon de omgeving’.",
    nothingFound: "Niets gevonden", foundCount: "{n} gevonden", things: "Dingen", edges: "Verbanden", colName: "Naam", colKind: "Soort", colSets: "Sets", colLinks: "Verbanden", colFrom: "Van", colRelation: "Verband", colTo: "Naar", colAbout: "Waarover", tableCaption: "{n} rijen; klik op een kop om te sorteren, op een naam om te kiezen.", selected: "Gekozen: {what}", cleared: "Keuze gewist", nowView: "Weergave: {what}, {n} punten",
    chartTime: "Sets per maand", chartTimeNote: "naar de dag van indienen", chartDays: "Dagen tot het antwoord", chartDaysNote: "de streep staat bij de termijn van 21 dagen", chartMinistry: "Sets per ministerie", chartParty: "Sets per partij van de indieners", chartUndated: "{n} sets zonder datum in deze documenten tellen niet mee.", chartNone: "In deze documenten staan hiervoor geen gegevens.", chartData: "Dezelfde gegevens als tabel", month: "Maand", days: "Dagen", count: "Aantal sets", term: "21 dagen",
    cite_by: "Kamervragen van {who}", cite_to: " aan {who}", cite_on: ", ingediend {when}", cite_q: ", vraag {n}", cite_a: ", antwoord {when}", cite_ah: "Aanhangsel Handelingen II {year}, nr. {nr}", and: "en", others: "en {n} anderen", moreTitles: "en nog {n}",
  };
  const en = {
    views: "Views", language: "Language", filters: "Search and filter", found: "Search results", drawing: "Drawing", drawer: "Table and charts", panel: "Explanation", zoom: "Zoom",
    surface: "Network. Arrow keys pan, plus and minus zoom, 0 shows all, Escape clears the choice. The table holds the same data.",
    zoomIn: "Zoom in", zoomOut: "Zoom out", zoomFit: "Fit all", save: "Save", savePng: "Save the drawing as PNG", saveSvg: "Save the drawing as SVG", saveCsv: "Save the links as CSV",
    search: "Search a name, law or topic", searchHint: "e.g. Microsoft", party: "Party of the submitter", ministry: "Ministry", from: "Submitted from", to: "up to", undated: "undated too", reset: "Clear filters", table: "Table", charts: "Charts", legend: "Legend: click to hide",
    anyParty: "all parties", anyMinistry: "all ministries",
    view_actors: "Who asks whom", view_topics: "Topics", view_policies: "Laws and policy", "view_round-robin": "Round robins", view_neighbourhood: "Neighbourhood", view_all: "Everything",
    about_actors: "Members of parliament (circles) put questions to members of the government (squares). An arrow points from who asks to who is asked; thicker is more often. A dashed line joins those who ask together.",
    about_topics: "Sets of questions (sheets) with their topics (diamonds) and the ministries that got them (pentagons).",
    about_policies: "Who names a law, motion, policy or parliamentary paper in questions or answers. Click a line for the sentences.",
    "about_round-robin": "One text sent to several ministries at once: each got a set of its own.",
    about_neighbourhood: "One thing in the middle, its sets around it, and beyond them everything those sets are linked to.",
    about_all: "All sets with their people, parties, ministries, topics and everything they name. Questions and answers sit within their set.",
    tally: "{sets} sets of questions, {questions} questions, {answered} answered", tallyPart: "the newest {sets} of {all} sets of questions, {questions} questions, {answered} answered",
    top_actors: "Who asks whom, and about what", top_policies: "Who names what most", top_nodes: "Most connected",
    Member: "Member of parliament", Minister: "Member of government", Person: "Person", Party: "Party", Ministry: "Ministry", Organisation: "Organisation", Law: "Law or regulation", Motion: "Motion", Policy: "Policy", ParliamentaryPaper: "Parliamentary paper", Topic: "Topic", QuestionSet: "Set of questions", RoundRobin: "Round robin", Community: "Group",
    asks: "asks", asksWith: "asks together with", about: "is about", aboutInferred: "is about, by its text", toMinistry: "addressed to", bringsUp: "names in questions", answersOn: "names in answers", inRoundRobin: "is part of", submitted: "submitted", askedOf: "asked of", answeredBy: "answered by", memberOf: "sits with", names: "names", linked: "linked with",
    inv_asks: "is asked by", inv_asksWith: "asks together with", inv_about: "topic of", inv_aboutInferred: "topic, by its text, of", inv_toMinistry: "received", inv_bringsUp: "named in questions by", inv_answersOn: "named in answers by", inv_inRoundRobin: "consists of", inv_submitted: "submitted by", inv_askedOf: "was asked in", inv_answeredBy: "answered", inv_memberOf: "members", inv_names: "named in", inv_linked: "linked with",
    sets: "{n} sets", set1: "1 set", links_n: "{n} links", link1: "1 link", over: "about", also: "Also known as", number: "Number", submittedOn: "Submitted", answeredOn: "Answered", termDays: "{n} days", termOver: "{n} days; the term is 21", submitters: "Submitted by", addressees: "Addressed to", ministries: "Ministries", subjects: "About",
    questionsAnswered: "{asked} questions, {replied} with an answer in these documents", noAnswers: "No answers in these documents", officials: "Official documents and other sources", why: "Why this is here", more: "Show more ({n})",
    question: "Question", answer: "Answer to question", answerBare: "Answer", letter: "Extension letter", wholeText: "Show the whole text", lessText: "Show the sentence only", citeAs: "Cite as", copy: "Copy", copied: "Copied", copyFailed: "Selected; copy with Ctrl+C",
    noDate: "date not in these documents", questionsOfSet: "Questions and answers", noAnswer: "no answer in these documents", aligned: "The document does not say which question this answers; by its text it is this one (confidence {n}).", around: "Show the neighbourhood", close: "Back to the summary", textLeftOut: "The text of this did not fit in this file; its set and sources are given.",
    overview: "Overview: the {shown} most important of {all} points. Click a point to open its links.", showAll: "Show all {all}", showOverview: "Back to the overview", aggregated: "This network has {all} points, too many for one drawing. Each point here is a group of what hangs together.", leftOut: "{n} points further away are left out.", filtered: "{shown} of {all} points match the filters.",
    emptyGraph: "There is nothing in this graph yet", emptyGraphNext: "Build a graph from documents with parliamentary questions: kg build FOLDER", emptyView: "These documents hold nothing for this view", emptyViewNext: "Choose another view above.", emptyFilter: "Nothing matches these filters", emptyFilterNext: "Widen the period, or clear the filters.", pickCentre: "First choose what stands in the middle", pickCentreNext: "Search a name above, or click a point anywhere and then ‘Show the neighbourhood’.",
    nothingFound: "Nothing found", foundCount: "{n} found", things: "Things", edges: "Links", colName: "Name", colKind: "Kind", colSets: "Sets", colLinks: "Links", colFrom: "From", colRelation: "Link", colTo: "To", colAbout: "About", tableCaption: "{n} rows; click a heading to sort, a name to select.", selected: "Selected: {what}", cleared: "Choice cleared", nowView: "View: {what}, {n} points",
    chartTime: "Sets a month", chartTimeNote: "by day of submission", chartDays: "Days to the answer", chartDaysNote: "the line stands at the term of 21 days", chartMinistry: "Sets by ministry", chartParty: "Sets by party of the submitters", chartUndated: "{n} sets without a date in these documents do not count.", chartNone: "These documents hold no data for this.", chartData: "The same data as a table", month: "Month", days: "Days", count: "Number of sets", term: "21 days",
    cite_by: "Parliamentary questions by {who}", cite_to: " to {who}", cite_on: ", submitted {when}", cite_q: ", question {n}", cite_a: ", answer {when}", cite_ah: "Aanhangsel Handelingen II {year}, no. {nr}", and: "and", others: "and {n} others", moreTitles: "and {n} more",
  };
  const tables = { nl, en };
  let language = "nl";

  function say(key, values) {
    const text = tables[language][key] ?? key;
    if (!values) return text;
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }
  const count = (n) => new Intl.NumberFormat(language).format(n);
  const percent = (part) => new Intl.NumberFormat(language, { style: "percent" }).format(part);
  const sets = (n) => (n === 1 ? say("set1") : say("sets", { n: count(n) }));
  const links = (n) => (n === 1 ? say("link1") : say("links_n", { n: count(n) }));
  const day = (iso) => (iso ? new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(iso + "T00:00:00Z")) : say("noDate"));
  const list = (names) => (names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + " " + say("and") + " " + names[names.length - 1]);

  // Writes the words of `to` into everything that carries data-word or data-label.
  function speak(to) {
    language = to in tables ? to : "nl";
    document.documentElement.lang = language;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  }
  return { say, count, percent, sets, links, day, list, speak, get language() { return language; } };
})();
