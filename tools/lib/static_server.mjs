// Serves a folder as any static host would: right MIME types, the pre-compressed .br or .gz file
// where there is one. Used by tools/serve and by the browser tests.
//
//   node tools/lib/static_server.mjs FOLDER [--port N] [--host H]

import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';

// Returns { url, close() }. Port 0 takes a free one. `headers` are added to every answer.
export function serveFolder(folder, { port = 0, host = '127.0.0.1', headers = {} } = {}) {
  const files = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    // Looks at the folder at each request, so that a rebuild shows at the next reload.
    dev: true,
    setHeaders(response) {
      // The element is meant to be loaded by pages of other origins.
      response.setHeader('Access-Control-Allow-Origin', '*');
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    },
  });
  const server = createServer((request, response) =>
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('not found\n');
    }),
  );
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host;
      resolve({
        url: `http://${name}:${server.address().port}/`,
        close: () =>
          new Promise((done) => {
            server.close(done);
            server.closeAllConnections();
          }),
      });
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: '127.0.0.1' },
    },
  });
  const port = Number(values.port);
  try {
    const { url } = await serveFolder(positionals[0], { port, host: values.host });
    console.log(`Gradpad is at ${url}`);
  } catch (error) {
    const why =
      error.code === 'EADDRINUSE'
        ? `port ${port} is taken; choose another with --port`
        : error.message;
    console.error(`error: ${why}`);
    process.exit(1);
  }
}
