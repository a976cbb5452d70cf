// Procedures found while one types, without diacritics; Enter opens the first.
function folded(words) {
  return words
    .replace(/đ/gi, "d")
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

export function findAsTyped() {
  const list = document.querySelector("[data-desk-choices]");
  const field = document.querySelector("[data-desk-search]");
  if (!list || !field) return;
  const items = [...list.children];
  const words = new Map(items.map((each) => [each, folded(each.textContent)]));
  const fits = () => items.filter((each) => !each.hidden);

  field.addEventListener("input", () => {
    const wanted = folded(field.value).split(/\s+/).filter(Boolean);
    for (const each of items) {
      each.hidden = !wanted.every((word) => words.get(each).includes(word));
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !field.list) {
      event.preventDefault();
      fits()[0]?.querySelector("a").focus();
    }
    const isSure = list.dataset.deskChoices === "whole" && fits().length > 0;
    if (event.key !== "Enter" || !field.value.trim() || !isSure) return;
    event.preventDefault();
    location.assign(fits()[0].querySelector("a").href);
  });
}
