// For who hears the page or uses no mouse: what Streamlit's own markup leaves out. It only adds what is said of a part,
// and gives the focus a place when what had it is gone; it draws nothing and changes no text.
(() => {
  const MENDINGEN = {
    // The menu is a list of sections: the items are listed per section, not in the list around them.
    'ul[data-testid="stSidebarNavItems"]:has(> div)': (deel) => {
      deel.setAttribute("role", "presentation");
      for (const vak of deel.querySelectorAll("li")) vak.parentElement.setAttribute("role", "list");
    },
    // The field for a file has a name: then it is no mere decoration, and its button is heard with that name.
    '[data-testid="stFileUploaderDropzone"][role="presentation"]': (deel) => deel.setAttribute("role", "group"),
  };

  // What a script moves, no style can stop.
  const beweeg = Element.prototype.animate;
  Element.prototype.animate = function (stappen, hoe) {
    const stil = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const rest = typeof hoe === "object" ? hoe : { duration: hoe };
    return beweeg.call(this, stappen, stil ? { ...rest, duration: 1, delay: 0, iterations: 1 } : hoe);
  };

  function mend() {
    for (const [waar, hoe] of Object.entries(MENDINGEN)) document.querySelectorAll(waar).forEach(hoe);
  }

  // --- the focus: what had it is gone after a run, because it was recorded, or because another page is shown ---
  let laatst = null, sleutel = "", kop = "", gezien = new Set();
  const titel = () => document.querySelector('[data-testid="stMain"] h1');
  const meldingen = () => [...document.querySelectorAll('[data-testid="stMain"] [data-testid="stAlertContainer"]')];
  const rust = () => !klachtenRust.loopt();

  // What stood there when somebody pressed a key or a button: what is new afterwards, came of that.
  function onthoud() {
    kop = titel()?.textContent ?? "";
    gezien = new Set(meldingen().map((deel) => deel.textContent));
  }

  function herstel() {
    const nu = document.activeElement;
    if ((nu && nu !== document.body) || !laatst || laatst.isConnected || !rust()) return;
    const h1 = titel();
    const nieuw = meldingen().filter((deel) => !gezien.has(deel.textContent));
    const gelukt = nieuw.find((deel) => deel.querySelector('[data-testid="stAlertContentSuccess"]'));
    const naar = gelukt ?? (h1 && h1.textContent !== kop ? h1 : zelfde() ?? nieuw[0]);
    if (!naar) return; // a browser goes on from where it was
    if (naar.tabIndex < 0) naar.setAttribute("tabindex", "-1");
    naar.focus({ preventScroll: true });
    const { top, bottom } = naar.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) naar.scrollIntoView({ block: "nearest" });
  }

  // A button that looks otherwise now is another one to the browser: that of the same key takes its place.
  function zelfde() {
    const hier = sleutel ? [...document.getElementsByClassName(sleutel)] : [];
    const delen = hier.flatMap((deel) => [...deel.querySelectorAll(laatst.tagName)]);
    return delen.length === 1 ? delen[0] : undefined;
  }

  document.addEventListener("focusin", ({ target }) => {
    laatst = target;
    const vak = target.closest('[class*="st-key-"]');
    sleutel = [...(vak?.classList ?? [])].find((naam) => naam.startsWith("st-key-")) ?? "";
  });
  for (const soort of ["keydown", "pointerdown"]) document.addEventListener(soort, onthoud, true);
  // --- what opens over the page: the focus goes in, stays in, and comes back to what opened it ---
  const STOPPEN = 'a[href], button, input, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const knoppen = () => [...document.querySelectorAll('[data-testid="stPopoverButton"]')];
  const open = () => [...document.querySelectorAll('[data-testid="stPopoverBody"]')].at(-1);
  let opener = -1;

  function overheen() {
    const vak = open();
    if (vak && !vak.hasAttribute("tabindex")) {
      opener = knoppen().findIndex((knop) => knop.getAttribute("aria-expanded") === "true");
      vak.setAttribute("tabindex", "-1");
      if (!vak.contains(document.activeElement)) vak.focus({ preventScroll: true });
    } else if (!vak && opener >= 0) {
      if (!document.activeElement || document.activeElement === document.body) knoppen()[opener]?.focus();
      opener = -1;
    }
  }

  document.addEventListener("keydown", (gebeurtenis) => {
    const vak = open(), nu = document.activeElement;
    if (gebeurtenis.key !== "Tab" || !vak?.contains(nu)) return;
    const stoppen = [...vak.querySelectorAll(STOPPEN)]
      .filter((deel) => deel.tabIndex >= 0 && !deel.disabled && deel.checkVisibility());
    const rand = gebeurtenis.shiftKey ? stoppen[0] : stoppen.at(-1);
    if (nu !== vak && nu !== rand) return;
    gebeurtenis.preventDefault();
    (gebeurtenis.shiftKey ? stoppen.at(-1) : stoppen[0])?.focus();
  }, true);

  // --- the explanation of a box to tick stands in its label: who asks for it has not ticked the box ---
  const vraagteken = '[data-testid="stCheckbox"] label [data-testid="stTooltipIcon"]';
  for (const soort of ["pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend", "click"]) {
    document.addEventListener(soort, (gebeurtenis) => {
      if (gebeurtenis.target.closest?.(vraagteken)) gebeurtenis.stopPropagation();
    }, { capture: true, passive: true });
  }
  for (const soort of ["keydown", "keyup"]) {
    document.addEventListener(soort, (gebeurtenis) => {
      if (["Enter", " "].includes(gebeurtenis.key) && gebeurtenis.target.closest?.(vraagteken)) gebeurtenis.stopPropagation();
    }, true);
  }

  // --- a double click is one: the second would draw the page again, without what it just said that was recorded ---
  document.addEventListener("click", (gebeurtenis) => {
    if (gebeurtenis.detail < 2 || !gebeurtenis.target.closest?.('[data-testid^="stBaseButton-primary"]')) return;
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
  }, true);

  let gepland = false;
  new MutationObserver(() => {
    if (gepland) return;
    gepland = true;
    requestAnimationFrame(() => { gepland = false; mend(); overheen(); herstel(); });
  }).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"],
  });
})();
