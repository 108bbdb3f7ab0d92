// Servers beside the site's own: pages of someone else's, and a proxy that counts bytes.

import { createServer } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';

/** A server for pages of the tests' own, on another origin than the site. */
export async function servePages(pages, headers = {}) {
  const server = createServer((request, response) => {
    const body = pages[new URL(request.url, 'http://localhost').pathname];
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'text/html', ...headers });
    response.end(body ?? '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((done) => server.close(done) && server.closeAllConnections()),
  };
}

/** A proxy before the site that counts every byte sent to the browser, headers and all. */
export async function countingProxy(target) {
  const { port, hostname } = new URL(target);
  let sent = 0;
  const sockets = new Set();
  const server = createTcpServer((client) => {
    const upstream = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream);
    upstream.on('data', (data) => {
      sent += data.length;
    });
    upstream.pipe(client);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    get sent() {
      return sent;
    },
    close: () =>
      new Promise((done) => {
        server.close(done);
        for (const socket of sockets) socket.destroy();
      }),
  };
}
