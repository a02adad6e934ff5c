// Fetches ahead what draws a first chart or table (voorladen.py), once the page is at rest and the browser idle.
(() => {
  const WAT = "WAT";
  const RUST = 300; // ms that the page must have been at rest
  const { loopt, wacht } = klachtenRust;
  const vrij = () => new Promise((verder) => (window.requestIdleCallback ?? setTimeout)(verder));

  // Who pays for each byte fetches only what is shown.
  if (navigator.connection?.saveData) return;
  addEventListener("load", async () => {
    const eerste = document.querySelector('script[type="module"][src]').src;
    for (const naam of WAT) {
      do await wacht(RUST); while (loopt());
      await vrij();
      // What fails here is asked for again, and said, by the part that needs it.
      await import(new URL(naam, eerste)).catch(() => {});
    }
  });
})();
