// Files from the scanner's folder go to the paper that was chosen last, or to the first.
import { canWatch, watchFolder } from "./folder.js";

export function takeScans() {
  const place = document.querySelector("[data-desk-folder]");
  const fields = [...document.querySelectorAll("[data-desk-scan]")];
  if (!place || !fields.length || !canWatch()) return;
  let chosen = fields[0];
  const says = place.querySelector("[data-watching]");
  for (const each of fields) each.addEventListener("focus", () => (chosen = each));

  function take(file) {
    const files = new DataTransfer();
    for (const each of [...chosen.files, file]) files.items.add(each);
    chosen.files = files.files;
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
  }

  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    try {
      const folder = await watchFolder(take);
      says.textContent = says.dataset.watching.replace("{name}", folder.name);
    } catch {
      says.textContent = ""; // nobody chose a folder
    }
  });
}
