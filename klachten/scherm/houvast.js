// Nothing jumps: after a button was pressed, what stands above it stays where it was on the screen, whatever came, went or
// got longer higher up. A browser would hold on to any part; Streamlit puts another one in its place, and the page leaps.
(() => {
  const LANG = 4000; // ms: a run that takes longer is not waited for
  const blad = () => document.querySelector('[data-testid="stMain"]');
  const kop = () => document.querySelector('[data-testid="stMain"] h1')?.textContent ?? "";
  const naam = (deel) => [...deel.classList].find((een) => een.startsWith("st-key-"));
  let houvast = null;

  // The parts with a name of their own above a button, the nearest first: they are the same ones after the run.
  function begin(knop) {
    const deel = blad();
    if (!deel?.contains(knop)) return;
    const hoog = knop.getBoundingClientRect().top;
    const delen = [...deel.querySelectorAll('[class*="st-key-"]')]
      .filter((een) => !een.contains(knop) && een.compareDocumentPosition(knop) & Node.DOCUMENT_POSITION_FOLLOWING)
      .map((een) => ({ naam: naam(een), top: een.getBoundingClientRect().top, hoogte: een.offsetHeight }))
      .filter((een) => een.naam && een.hoogte && een.top <= hoog && een.top > hoog - 1.5 * innerHeight)
      .reverse();
    houvast = { delen, kop: kop(), tot: performance.now() + LANG, ruimte: [] };
    deel.style.overflowAnchor = "none";
  }

  function einde() {
    if (!houvast) return;
    houvast = null;
    blad()?.style.removeProperty("overflow-anchor");
  }

  // Another page, or another part of it, begins at its top (boven.py).
  function elders() {
    for (const deel of houvast?.ruimte ?? []) deel.style.removeProperty("margin-top");
    einde();
  }

  function blijf() {
    if (!houvast) return;
    if (kop() !== houvast.kop) return elders();
    if (performance.now() > houvast.tot) return einde();
    const delen = houvast.delen.map((een) => ({ ...een, deel: document.getElementsByClassName(een.naam)[0] }))
      .filter((een) => een.deel?.offsetHeight);
    const weg = (een) => een.deel.getBoundingClientRect().top - een.top;
    if (!delen.length || Math.abs(weg(delen[0])) < 1) return;
    blad().scrollTop += weg(delen[0]);
    // At the top of the page nothing can be scrolled back: what went away above keeps its room, right where it was.
    for (const een of delen.reverse()) {
      const op = weg(een);
      if (op > -1) continue;
      een.deel.style.marginTop = `${parseFloat(een.deel.style.marginTop || 0) - op}px`;
      houvast.ruimte.push(een.deel);
    }
  }

  document.addEventListener("click", ({ target }) => {
    const knop = target.closest?.("button");
    einde();
    if (knop) begin(knop);
  }, true);
  for (const soort of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(soort, einde, { capture: true, passive: true });
  }
  addEventListener("klachten:elders", elders);
  let gepland = false;
  new MutationObserver(() => {
    if (gepland || !houvast) return;
    gepland = true;
    requestAnimationFrame(() => { gepland = false; blijf(); });
  }).observe(document.body, { subtree: true, childList: true });
})();
