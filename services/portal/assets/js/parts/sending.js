// One file on its way: told as it goes, resumed where it stopped, never silently lost.
import { Upload } from "tus-js-client";

const PIECE = 4 * 1024 * 1024;
const PAUSES = [0, 1000, 2000, 4000, 8000, 15000, 30000];
const SLOWEST = 30000;
const AGAIN = [409, 423, 429]; // it goes on by itself

const KINDS = {
  pdf: "application/pdf",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
};

// Not every scanner and folder says what a file is; then its name does.
export const kindOf = (file) =>
  file.type || KINDS[file.name.split(".").pop().toLowerCase()] || "";

export const key = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

// `about`: dossier, document, file, and the address of what has come of it before.
// `tell`: onProgress(percent), onLost(), onDone(), onRefused(sentence, status).
export function sending(about, tell) {
  const { file } = about;
  const upload = new Upload(file, {
    endpoint: "/uploads",
    uploadUrl: about.address || null,
    chunkSize: PIECE,
    retryDelays: PAUSES,
    storeFingerprintForResuming: false, // the server remembers; a shared machine should not
    headers: { "Accept-Language": document.documentElement.lang },
    metadata: {
      dossier: about.dossier,
      document: about.document,
      name: file.name,
      type: kindOf(file),
      key: key(),
    },
    onShouldRetry: (error) => {
      const status = statusOf(error);
      const isLost = !status || status >= 500 || AGAIN.includes(status);
      if (isLost) tell.onLost();
      return isLost;
    },
    onProgress: (sent, all) => tell.onProgress(Math.floor((100 * sent) / all)),
    onSuccess: () => tell.onDone(),
    onError: (error) => failed(error, upload, tell),
  });
  upload.start();
  return {
    again: () => upload.start(),
    stop: () => upload.abort(Boolean(upload.url)).catch(() => {}),
  };
}

function failed(error, upload, tell) {
  const status = statusOf(error);
  upload.options.uploadUrl = upload.url; // who signs in again goes on where it was
  if (status) {
    tell.onRefused(sentenceOf(error), status);
    return;
  }
  tell.onLost();
  const start = () => {
    clearTimeout(timer);
    window.removeEventListener("online", start);
    upload.start();
  };
  const timer = setTimeout(start, SLOWEST);
  window.addEventListener("online", start);
}

const statusOf = (error) => error.originalResponse?.getStatus() || 0;

function sentenceOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).title || "";
  } catch {
    return "";
  }
}
