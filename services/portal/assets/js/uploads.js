// Documents and photos: everything here also goes without this script.
import { documents } from "./parts/documents.js";
import { photos } from "./parts/photos.js";

for (const page of document.querySelectorAll("[data-documents]")) documents(page);
for (const form of document.querySelectorAll("[data-photos]")) photos(form);
