// A link is held back until the server has what was typed: Streamlit would forget one of the two, or bring the page back.
// In a field by itself it is sent when that is left. In a form that is followed (stapvolger.py) it is handed over, and
// nobody may follow it yet, because that script is still on its way.
(() => {
  const GENOEG = 10_000; // ms: after that a link is followed, whatever was heard
  const KOMT = 700; // ms that a page is at rest: who has not come to follow a form by then does not come
  const BEGINT = 700; // ms: a page that has not begun to run by then had nothing to be told
  const VELD = '[data-testid="stMain"] :is(textarea, input)';
  const { loopt, wacht: even, elders } = klachtenRust;
  const pauze = () => even(30);
  // Fields in which was typed that nobody follows (yet), and until when the answer to a text is waited for.
  const los = new Set();
  let onderweg = 0, link = null;
  // The field by itself in which was typed last, and which of those that were left is still being sent.
  let alleen = null, keer = 0, gestuurd = 0;

  async function wachtOpVolger() {
    for (let stil = performance.now(); los.size && performance.now() - stil < KOMT;) {
      await pauze();
      if (loopt()) stil = performance.now();
    }
    los.clear();
  }
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.(VELD)) return;
    if (!target.closest('[data-testid="stForm"]')) { alleen = target; return; }
    const eerste = !los.size;
    los.add(target);
    if (eerste) wachtOpVolger();
  }, true);

  document.addEventListener("focusout", ({ target }) => {
    if (target !== alleen) return;
    alleen = null;
    wachtOpAntwoord();
  }, true);
  // What runs first has the text; when that is done no later run has anything of it.
  async function wachtOpAntwoord() {
    const deze = gestuurd = keer += 1, einde = performance.now() + BEGINT;
    let liep = false;
    do {
      await pauze();
      if (loopt()) liep = true;
    } while (gestuurd === deze && (liep ? loopt() : performance.now() < einde));
    if (gestuurd === deze) gestuurd = 0;
  }

  window.klachtenGetypt = {
    // Follow these fields from now on; tells whether was typed in one of them before.
    volgt: (velden) => velden.filter((veld) => los.delete(veld)).length > 0,
    onderweg: () => { onderweg = performance.now() + GENOEG; },
    aangekomen: () => { onderweg = 0; },
  };

  const wacht = () => los.size > 0 || performance.now() < onderweg || gestuurd > 0;
  async function ga() {
    const deze = link, vandaan = location.pathname, einde = performance.now() + GENOEG;
    while (link === deze && wacht() && performance.now() < einde) await pauze();
    if (link !== deze) return;
    link = null;
    los.clear();
    onderweg = 0;
    gestuurd = 0;
    if (location.pathname !== vandaan) return;
    if (deze.isConnected) { deze.click(); return; }
    // It left the page meanwhile: zelfde_tab.js goes there without loading the app again, if it is a page of the app.
    const vraag = new CustomEvent("klachten:ga", { detail: deze, cancelable: true });
    if (dispatchEvent(vraag)) location.assign(deze.href);
  }
  addEventListener("popstate", () => { link = null; });
  // On the window: whoever follows a link hears of the click once, when it is made again.
  addEventListener("click", (gebeurtenis) => {
    const doel = gebeurtenis.target.closest?.("a[href], button");
    if (!doel || doel.target === "_blank" || elders(gebeurtenis)) return;
    // What was pressed last is what is done.
    link = null;
    if (!doel.href || !wacht()) return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
    link = doel;
    ga();
  }, true);
})();
