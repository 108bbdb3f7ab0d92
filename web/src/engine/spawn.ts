// Starts a module worker that lies beside this script. A worker's script must be of the page's
// origin; where the element is served from another one, a blob of the page's origin imports it.

export function spawnWorker(file: string): Worker {
  const url = new URL(file, import.meta.url);
  if (url.origin === self.location.origin) return new Worker(url, { type: 'module' });
  const source = `import ${JSON.stringify(url.href)};`;
  const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(blob, { type: 'module' });
  const release = () => URL.revokeObjectURL(blob);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}
