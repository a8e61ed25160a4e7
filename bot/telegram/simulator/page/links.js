// toStart is the payload of a link that starts the bot, or null for any other.
export function toStart(href, username) {
  let url;
  try { url = new URL(href); } catch { return null; }
  const same = (name) => name?.toLowerCase() === username.toLowerCase();
  if (['t.me', 'telegram.me'].includes(url.hostname) && same(url.pathname.slice(1))) return url.searchParams.get('start') || '';
  if (url.protocol === 'tg:' && same(url.searchParams.get('domain'))) return url.searchParams.get('start') || '';
  return null;
}
