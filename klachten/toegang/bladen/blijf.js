// Warns before a sign-in ends, on every page of the app, and lets one stay. Nothing on the page is touched by it.
(() => {
  let klok = null, balk = null, getypt = 0;

  async function vraag(methode, pad) {
    const antwoord = await fetch(`/mijn-aanmelding/${pad}`, { method: methode, cache: "no-store" });
    if (antwoord.status === 401) return null; // it has ended: the page is told so on its own line
    if (!antwoord.ok) throw new Error(antwoord.status);
    return antwoord.json();
  }

  async function kijk(methode = "GET", pad = "rest") {
    clearTimeout(klok);
    let stand;
    try {
      stand = await vraag(methode, pad);
    } catch {
      klok = setTimeout(kijk, 60_000);
      return;
    }
    if (!stand) return weg();
    if (stand.rest > stand.vooraf) {
      weg();
      klok = setTimeout(kijk, (stand.rest - stand.vooraf) * 1000);
    } else if (stand.blijven && methode === "GET" && Date.now() - getypt < stand.vooraf * 1000) {
      // A field of a form says nothing before it is sent: who is typing is not idle.
      kijk("POST", "blijf");
    } else {
      toon(stand);
      // In another tab something may be done.
      klok = setTimeout(kijk, Math.min(20, Math.max(1, stand.rest)) * 1000);
    }
  }

  function toon(stand) {
    weg();
    balk = document.createElement("div");
    balk.id = "klachten-blijf";
    balk.setAttribute("role", "alert");
    balk.style.cssText = "position:fixed;left:0;right:0;bottom:0;z-index:1000000;display:flex;flex-wrap:wrap;gap:1rem;" +
      "align-items:center;justify-content:center;padding:1rem;background:#FFF2E0;color:#5A2D00;" +
      "border-top:2px solid #8A4600;font:1rem/1.5 system-ui,sans-serif";
    balk.append(Object.assign(document.createElement("span"), { textContent: stand.zin }));
    if (stand.blijven) {
      const knop = Object.assign(document.createElement("button"), { type: "button", textContent: "Aangemeld blijven" });
      knop.style.cssText = "font:inherit;font-weight:600;padding:.5rem 1rem;border:0;border-radius:8px;cursor:pointer;" +
        "background:#0F6B66;color:#fff";
      knop.addEventListener("click", () => kijk("POST", "blijf"));
      balk.append(knop);
    }
    document.body.append(balk);
  }

  function weg() {
    balk?.remove();
    balk = null;
  }

  document.addEventListener("input", () => { getypt = Date.now(); }, true);
  kijk();
})();
