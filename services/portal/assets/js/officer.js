// What officers' pages run in addition: choosing many rows of a table, sorting it.
import { MultiSelect, SortableTable } from "@ministryofjustice/frontend";
import { createAll } from "govuk-frontend";

createAll(MultiSelect);
createAll(SortableTable);
