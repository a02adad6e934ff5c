// What the scripts of the page share: whether Streamlit is running a page, waiting, and what somebody wants elsewhere.
window.klachtenRust = {
  // The server is at work on the page, or there is none yet.
  loopt: () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning",
  wacht: (ms) => new Promise((verder) => setTimeout(verder, ms)),
  // Who wants a link in another window keeps this page.
  elders: ({ button, ctrlKey, metaKey, shiftKey, altKey }) =>
    Boolean(button || ctrlKey || metaKey || shiftKey || altKey),
};
