// Takes over what the service says of the form, around the field where somebody types.
function syncFields(here, there) {
  const wanted = new Set();
  here.querySelectorAll(":scope > :not([data-field])").forEach((each) => each.remove());
  let last = null;
  for (const next of there.children) {
    const name = next.dataset.field;
    const known = name ? here.querySelector(`:scope > [data-field="${name}"]`) : null;
    const isInUse = known && known.contains(document.activeElement);
    const node = isInUse ? known : document.importNode(next, true);
    if (known && !isInUse) known.replaceWith(node);
    else if (!known && last) last.after(node);
    else if (!known) here.prepend(node);
    wanted.add(node);
    last = node;
  }
  [...here.children].filter((each) => !wanted.has(each)).forEach((each) => each.remove());
}

function syncGroups(here, there) {
  const wanted = new Set();
  let last = null;
  for (const next of there.querySelectorAll("[data-group]")) {
    const known = here.querySelector(`[data-group="${next.dataset.group}"]`);
    const node = known || document.importNode(next, true);
    if (known) syncFields(known, next);
    else if (last) last.after(node);
    else here.append(node);
    wanted.add(node);
    last = node;
  }
  here.querySelectorAll("[data-group]").forEach((each) => wanted.has(each) || each.remove());
}

export function show(page, { isWhole = false } = {}) {
  if (isWhole && document.activeElement) document.activeElement.blur();
  for (const next of page.querySelectorAll("[data-swap]")) {
    if (next.dataset.swap === "summary" && !isWhole) continue;
    const here = document.querySelector(`[data-swap="${next.dataset.swap}"]`);
    here?.replaceChildren(...document.importNode(next, true).childNodes);
  }
  const columns = [...document.querySelectorAll("#filing .desk-column")];
  [...page.querySelectorAll("#filing .desk-column")].forEach((next, place) => {
    if (columns[place]) syncGroups(columns[place], next);
  });
  const key = page.querySelector("#filing [name=key]");
  const own = document.querySelector("#filing [name=key]");
  if (isWhole && key && own) own.value = key.value;
  if (isWhole) document.title = page.title;
  const focus = page.querySelector("[data-focus]")?.dataset.focus;
  const place = focus && document.getElementById(focus);
  return place && (place.querySelector("input, select, textarea") || place);
}

export function focusFirstMistake() {
  const mistake = document.querySelector(
    "#filing .govuk-form-group--error :is(input:not([type=hidden]), select, textarea)",
  );
  const place = mistake || document.querySelector("[data-desk-summary]");
  place?.focus();
  place?.scrollIntoView({ block: "nearest" });
}
