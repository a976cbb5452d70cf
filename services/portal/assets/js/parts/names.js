// Suggests names of a long list while one types; without it the server finds what is meant.
const asked = new Map(); // address: its <datalist>, once it is there

export function suggestNames() {
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.("input[data-names]")) offer(target);
  });
}

async function offer(input) {
  const place = address(input);
  if (!place) return input.removeAttribute("list");
  if (!asked.has(place)) asked.set(place, listed(place));
  const list = await asked.get(place);
  if (list && address(input) === place) input.setAttribute("list", list.id);
}

function address(input) {
  const { names, beside } = input.dataset;
  if (!beside) return names;
  const within = document.getElementById(beside)?.value;
  return within ? `${names}?within=${encodeURIComponent(within)}` : "";
}

async function listed(place) {
  try {
    const answer = await fetch(place, { headers: { Accept: "application/json" } });
    if (!answer.ok) return null;
    const list = document.createElement("datalist");
    list.id = `names-${asked.size}`;
    list.append(...(await answer.json()).map((each) => new Option(each, each)));
    document.body.append(list);
    return list;
  } catch {
    asked.delete(place); // the next time one comes here it is tried again
    return null;
  }
}
