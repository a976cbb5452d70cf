// Turns the pages of a file in place; its links do the same without this script.

const KEYS = { ArrowLeft: "previous", ArrowRight: "next", "+": "larger", "-": "smaller" };

function prepare(viewer) {
  viewer.addEventListener("click", (event) => {
    const link = event.target.closest("[data-viewer-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(viewer, link);
  });
  viewer.addEventListener("keydown", (event) => {
    const wish = KEYS[event.key];
    const link = wish && viewer.querySelector(`[data-viewer-go=${wish}]`);
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(viewer, link);
  });
}

async function go(viewer, link) {
  const wish = link.dataset.viewerGo;
  viewer.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const html = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && !answer.redirected && html.querySelector("[data-viewer]");
    if (!fresh) throw new Error();
    const wasOnSheet = document.activeElement?.classList.contains("app-viewer__sheet");
    viewer.replaceWith(fresh);
    prepare(fresh);
    const same = wasOnSheet ? null : fresh.querySelector(`[data-viewer-go=${wish}]`);
    (same || fresh.querySelector(".app-viewer__sheet"))?.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  }
}

for (const viewer of document.querySelectorAll("[data-viewer]")) prepare(viewer);
