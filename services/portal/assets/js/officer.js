// What officers' pages run in addition: choosing all rows of a table, sorting it.
import { SortableTable } from "@ministryofjustice/frontend";
import { createAll } from "govuk-frontend";
import { selectAll } from "./parts/select_all.js";

const SORTED = {
  vi: ["Sắp xếp theo %heading% (%direction%)", "tăng dần", "giảm dần"],
  en: ["Sorted by %heading% (%direction%)", "ascending", "descending"],
  fr: ["Trié par %heading% (%direction%)", "croissant", "décroissant"],
};
const [statusMessage, ascendingText, descendingText] =
  SORTED[document.documentElement.lang] ?? SORTED.vi;

createAll(SortableTable, { statusMessage, ascendingText, descendingText });
for (const place of document.querySelectorAll("[data-select-all]")) selectAll(place);
