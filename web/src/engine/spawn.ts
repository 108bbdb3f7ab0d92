// Starts a module worker that lies beside this script. A worker's script must be of the page's
// origin; where the element is served from another one, a blob of the page's origin imports it.

export function spawnWorker(file: string): Worker {
  const url = new URL(file, import.meta.url);
  if (url.origin === self.location.origin) return new Worker(url, { type: 'module' });
  // Chromium asks worker-src about the static imports of a worker, script-src about the others,
  // which is where a strict page names our origin. Messages that come before the script wait.
  const source = `
    const early = [];
    const keep = (event) => early.push(event.data);
    addEventListener('message', keep);
    import(${JSON.stringify(url.href)}).then(() => {
      removeEventListener('message', keep);
      for (const data of early) dispatchEvent(new MessageEvent('message', { data }));
    }, reportError);`;
  const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(blob, { type: 'module' });
  const release = () => URL.revokeObjectURL(blob);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}
