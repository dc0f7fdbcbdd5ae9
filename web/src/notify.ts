import type { Words } from './language/words.ts';

/** Tells of a new message outside the page, where the browser was allowed to and nobody looks at the page. What is told holds no text: it may be a code. */
export function notify(data: string, t: Words): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (document.visibilityState === 'visible') return;
  const { id, peer, contact }: { id?: unknown; peer?: unknown; contact?: unknown } = JSON.parse(data);
  const who = typeof contact === 'string' ? contact : String(peer);
  const shown = new Notification(who, {
    body: t.home.unread(1, (_, forms) => forms.one),
    tag: String(id),
    icon: '/icon.svg',
  });
  shown.addEventListener('click', () => window.focus());
}
