// Nothing jumps: after a button was pressed, what stands above it stays where it was on the screen, whatever came, went or
// got longer higher up. A browser would hold on to any part; Streamlit puts another one in its place, and the page leaps.
(() => {
  const LANG = 4000; // ms: a run that takes longer is not waited for
  const blad = () => document.querySelector('[data-testid="stMain"]');
  const kop = () => document.querySelector('[data-testid="stMain"] h1')?.textContent ?? "";
  const naam = (deel) => [...deel.classList].find((een) => een.startsWith("st-key-"));
  let houvast = null;
  // Every part that was given room and still has it, with the margin of its own; and the page that they are on.
  const ruimte = new Map();
  let ruimteVan = "";

  function ontruim() {
    for (const [deel, eigen] of ruimte) deel.style.marginTop = eigen;
    ruimte.clear();
  }

  // The parts with a name of their own above a button, the nearest first: they are the same ones after the run.
  // And what has room above it, around the button too: that is given back.
  function begin(knop) {
    const deel = blad();
    if (!deel?.contains(knop)) return;
    const hoog = knop.getBoundingClientRect().top;
    const delen = [...deel.querySelectorAll('[class*="st-key-"]')]
      .filter((een) => !een.contains(knop) || ruimte.has(een))
      .filter((een) => een.compareDocumentPosition(knop) & Node.DOCUMENT_POSITION_FOLLOWING)
      .map((een) => ({ naam: naam(een), top: een.getBoundingClientRect().top, hoogte: een.offsetHeight }))
      .filter((een) => een.naam && een.hoogte && een.top <= hoog && een.top > hoog - 1.5 * innerHeight)
      .reverse();
    houvast = { delen, kop: kop(), tot: performance.now() + LANG };
    deel.style.overflowAnchor = "none";
  }

  function einde() {
    if (!houvast) return;
    houvast = null;
    blad()?.style.removeProperty("overflow-anchor");
  }

  // Another page, or another part of it, begins at its top (boven.py).
  function elders() {
    ontruim();
    einde();
  }

  // Streamlit does not always begin another page at its top: on a busy machine what is left still stands there when it comes.
  let laatsteKop = "";
  function nieuweKop() {
    const nu = kop();
    if (!nu || nu === laatsteKop) return;
    if (laatsteKop && !location.hash) blad().scrollTo({ top: 0, behavior: "instant" });
    laatsteKop = nu;
  }

  function blijf() {
    if (ruimte.size && kop() !== ruimteVan) return elders();
    if (!houvast) return;
    if (kop() !== houvast.kop) return elders();
    if (performance.now() > houvast.tot) return einde();
    const delen = houvast.delen.map((een) => ({ ...een, deel: document.getElementsByClassName(een.naam)[0] }))
      .filter((een) => een.deel?.offsetHeight);
    if (!delen.length) return;
    // Room that was given before is asked back first: nothing is painted yet, and only what is still needed is given.
    ontruim();
    const weg = (een) => een.deel.getBoundingClientRect().top - een.top;
    if (Math.abs(weg(delen[0])) < 1) return;
    blad().scrollTop += weg(delen[0]);
    // At the top of the page nothing can be scrolled back: what went away above keeps its room, right where it was.
    for (const een of delen.reverse()) {
      const op = weg(een);
      if (op > -1) continue;
      ruimte.set(een.deel, een.deel.style.marginTop);
      ruimteVan = houvast.kop;
      een.deel.style.marginTop = `${parseFloat(getComputedStyle(een.deel).marginTop) - op}px`;
    }
  }

  document.addEventListener("click", ({ target }) => {
    const knop = target.closest?.("button");
    einde();
    if (!knop) return;
    begin(knop);
    blijf();
  }, true);
  for (const soort of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(soort, einde, { capture: true, passive: true });
  }
  addEventListener("klachten:elders", elders);
  let gepland = false;
  new MutationObserver(() => {
    if (gepland) return;
    gepland = true;
    requestAnimationFrame(() => { gepland = false; nieuweKop(); blijf(); });
  }).observe(document.body, { subtree: true, childList: true });
})();
