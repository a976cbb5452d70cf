// <span data-select-all="Choose all" data-name="item"></span> becomes a box for all of them.
export function selectAll(place) {
  const boxes = [
    ...document.querySelectorAll(`input[type=checkbox][name="${place.dataset.name}"]`),
  ];
  if (boxes.length === 0) return;
  const label = document.createElement("label");
  const all = document.createElement("input");
  const text = document.createElement("span");
  all.type = "checkbox";
  text.className = "govuk-visually-hidden";
  text.textContent = place.dataset.selectAll;
  label.append(all, text);
  place.append(label);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) {
      box.checked = all.checked;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
