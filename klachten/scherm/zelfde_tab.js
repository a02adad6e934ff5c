// A link within a sentence to another page of the app opens here, as a link of the menu does: Streamlit gives every such
// link a tab of its own. The page is changed as the browser's own Back does, so the session stays. Help is read beside
// the form that it is about, and keeps its tab; so does what somebody asks a new tab for.
(() => {
  const NAAST = /^(hulp|reglement)(\?|$)/;
  const EIGEN = '[data-testid="stMarkdownContainer"] a[href]';

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

  // Leaving a field sends what was typed: the answer to that would bring this page back.
  const loopt = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning";
  const tot = async (klaar, ms) => {
    for (const einde = performance.now() + ms; !klaar() && performance.now() < einde;) {
      await new Promise((verder) => setTimeout(verder, 30));
    }
  };
  let typte = false;

  document.addEventListener("pointerdown", () => {
    typte = Boolean(document.activeElement?.matches('[data-testid="stMain"] :is(input, textarea)'));
  }, true);
  document.addEventListener("click", async (gebeurtenis) => {
    const link = gebeurtenis.target.closest?.(EIGEN);
    const { button, ctrlKey, metaKey, shiftKey, altKey } = gebeurtenis;
    if (!link || !hier(link) || button || ctrlKey || metaKey || shiftKey || altKey) return;
    gebeurtenis.preventDefault();
    const naar = link.href;
    if (typte) await tot(loopt, 700);
    await tot(() => !loopt(), 10_000);
    history.pushState(null, "", naar);
    dispatchEvent(new PopStateEvent("popstate"));
  }, true);
  let gepland = false;
  new MutationObserver(() => {
    if (gepland) return;
    gepland = true;
    requestAnimationFrame(() => { gepland = false; mend(); });
  }).observe(document.body, { subtree: true, childList: true });
})();
