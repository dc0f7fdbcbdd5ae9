/* Keeps the page itself on the device, so that it opens and says what is wrong when the gateway is away. What the gateway answers is never kept. */
const shelf = 'simloft-page';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shelf)
      .then((cache) => cache.add('/'))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && !/^\/(?:docs|v1|health)/.test(pathname)) event.respondWith(fresh(request));
  else if (pathname.startsWith('/assets/') || pathname === '/icon.svg') event.respondWith(kept(request));
});

/** The page as it is now; the last one that was seen where the gateway does not answer. */
async function fresh(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(shelf)).put('/', answer.clone());
    return answer;
  } catch (error) {
    const last = await caches.match('/');
    if (last === undefined) throw error;
    return last;
  }
}

/** Files whose names tell what is in them. */
async function kept(request) {
  const known = await caches.match(request);
  if (known !== undefined) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(shelf)).put(request, answer.clone());
  return answer;
}
