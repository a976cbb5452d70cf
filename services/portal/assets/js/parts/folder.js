// A folder into which a scanner writes: every new file in it is handed over once it is whole.

export const canWatch = () => "showDirectoryPicker" in window;

const EVERY = 2000;

// Asks for a folder; `take(file)` gets each file that comes from now on. Answers how to stop.
export async function watchFolder(take) {
  const folder = await window.showDirectoryPicker({ id: "scanner", mode: "read" });
  const seen = new Map();
  for await (const [name, size] of sizes(folder)) seen.set(name, { size, isDone: true });
  const timer = setInterval(() => look(folder, seen, take), EVERY);
  return { name: folder.name, stop: () => clearInterval(timer) };
}

async function* sizes(folder) {
  for await (const entry of folder.values()) {
    if (entry.kind === "file") yield [entry.name, (await entry.getFile()).size, entry];
  }
}

async function look(folder, seen, take) {
  for await (const [name, size, entry] of sizes(folder)) {
    const before = seen.get(name);
    if (before?.isDone) continue;
    const isWhole = size > 0 && before?.size === size;
    seen.set(name, { size, isDone: isWhole });
    if (isWhole) take(await entry.getFile());
  }
}
