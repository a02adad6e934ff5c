// A link within a sentence to another page of the app opens here, as a link of the menu does: Streamlit gives every such
// link a tab of its own. The page is changed as the browser's own Back does, so the session stays. Help is read beside
// the form that it is about, and keeps its tab; so does what somebody asks a new tab for.
(() => {
  const NAAST = /^(hulp|reglement)(\?|$)/;
  const EIGEN = '[data-testid="stMarkdownContainer"] a[href]';
  const MENU = ':is([data-testid="stPageLink-NavLink"], [data-testid="stSidebarNavLink"])';

  // Our own pages are written without a slash or a scheme before them (onderdelen.adres).
  const hier = (link) => {
    const adres = link.getAttribute("href");
    return /^[a-z][a-z_-]*(\?|$)/.test(adres) && !NAAST.test(adres);
  };

  function mend() {
    for (const link of document.querySelectorAll(`${EIGEN}[target="_blank"]`)) {
      if (hier(link)) link.removeAttribute("target");
    }
  }

  // What runs now would bring this page back. What was typed has been sent before: vasthouden.js.
  const { loopt, wacht, elders } = klachtenRust;
  const tot = async (klaar, ms) => {
    for (const einde = performance.now() + ms; !klaar() && performance.now() < einde;) {
      await wacht(30);
    }
  };
  // The page of the menu that is on its way, and what the server said of its address before it was there.
  let weg = "", vraag = null;
  let keer = 0;
  const vergeet = () => {
    keer += 1;
    weg = "";
    vraag = null;
  };

  // What was pressed last is what is done; and nothing, when the reader went on to another page meanwhile.
  async function ga(naar) {
    vergeet();
    const deze = keer, vandaan = location.pathname;
    const anders = () => deze !== keer || location.pathname !== vandaan;
    await tot(() => !loopt() || anders(), 10_000);
    if (anders()) return;
    if (naar !== location.href) history.pushState(null, "", naar);
    dispatchEvent(new PopStateEvent("popstate"));
  }

  addEventListener("popstate", vergeet);
  // On the window, to be told of a click too that vasthouden.js holds back.
  addEventListener("click", (gebeurtenis) => {
    const geklikt = gebeurtenis.target.closest?.("a[href], button");
    if (geklikt && geklikt.target !== "_blank" && !elders(gebeurtenis)) vergeet();
  }, true);
  document.addEventListener("click", (gebeurtenis) => {
    const link = gebeurtenis.target.closest?.(EIGEN);
    if (!link || !hier(link) || elders(gebeurtenis)) return;
    gebeurtenis.preventDefault();
    ga(link.href);
  }, true);
  // A link that was held back, and left the page before it could be followed.
  addEventListener("klachten:ga", (gebeurtenis) => {
    const link = gebeurtenis.detail;
    if (!hier(link) && !link.matches(MENU)) return;
    gebeurtenis.preventDefault();
    ga(link.href);
  });
  // A link of the menu: what the server puts in the address of the page that comes, Streamlit writes behind the one that is
  // left, as a step of its own; Back then led to a page that had forgotten what it showed. It waits for the page.
  const duw = history.pushState.bind(history);
  history.pushState = (staat, leeg, naar) => {
    const adres = new URL(naar ?? location.href, location.href);
    if (weg && location.pathname !== weg && adres.pathname === location.pathname) { vraag = adres.search; return; }
    if (vraag !== null && adres.pathname === weg) adres.search = vraag;
    weg = "";
    vraag = null;
    duw(staat, leeg, adres.href);
  };
  document.addEventListener("click", (gebeurtenis) => {
    const link = gebeurtenis.target.closest?.(MENU);
    if (!link || elders(gebeurtenis)) return;
    weg = new URL(link.href).pathname;
  }, true);
  let gepland = false;
  new MutationObserver(() => {
    if (gepland) return;
    gepland = true;
    requestAnimationFrame(() => { gepland = false; mend(); });
  }).observe(document.body, { subtree: true, childList: true });
})();
