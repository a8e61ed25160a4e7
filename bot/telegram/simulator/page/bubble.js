// How a message looks. Its HTML was made by the server from entities, so it
// holds nothing but the few tags that Telegram knows.
import { el, clock, bytes } from './dom.js';

const source = (f) => '/simulator/files/' + encodeURIComponent(f.id);

// group makes the node of a message, or of an album's messages.
export function group(messages, act) {
  const first = messages[0];
  const spoken = messages.find((m) => m.html) || first;
  const pictures = messages.flatMap((m) => m.files || []).filter((f) => f.kind === 'photo' || f.kind === 'video');
  const bubble = el('div', { class: 'bubble' + (pictures.length && !spoken.html && !first.quote ? ' bare' : '') },
    first.forwarded && el('div', { class: 'forwarded' }, 'Chuyển tiếp'),
    first.reply_to && quote(first, act),
    pictures.length > 0 && grid(messages),
    ...messages.flatMap(others),
    spoken.html && el('div', { class: 'text', html: spoken.html }),
    reactions(messages),
    meta(messages.at(-1), messages.some((m) => m.edited)));
  const rows = first.buttons && el('div', { class: 'inline' }, ...first.buttons.map((row) => buttonRow(first, row, act)));
  const node = el('article', {
    class: 'message ' + (first.from_bot ? 'in' : 'out'), 'data-message-id': first.id, 'data-from': first.from_bot ? 'bot' : 'user',
  }, el('div', { class: 'stack' }, bubble, rows));
  node.querySelectorAll('blockquote[expandable]').forEach((q) => q.addEventListener('click', () => q.toggleAttribute('open')));
  node.querySelectorAll('tg-spoiler').forEach((s) => s.addEventListener('click', () => s.toggleAttribute('open')));
  return node;
}

function quote(m, act) {
  return el('button', { type: 'button', class: 'quote', 'data-reply-to': m.reply_to, onclick: () => act.jump(m.reply_to) },
    el('b', {}, 'Trả lời'), el('span', {}, m.quote || 'Tin nhắn'));
}

function grid(messages) {
  const tiles = messages.flatMap((m) => (m.files || []).map((f) => [m, f])).filter(([, f]) => f.kind === 'photo' || f.kind === 'video');
  return el('div', { class: 'grid n' + Math.min(tiles.length, 4) }, ...tiles.map(([m, f]) => f.kind === 'photo'
    ? el('a', { href: source(f), target: '_blank', 'data-photo': m.id }, el('img', {
      src: source(f), alt: 'Ảnh', width: f.width || undefined, height: f.height || undefined }))
    : el('video', { src: source(f), controls: true, preload: 'metadata' })));
}

function others(m) {
  const parts = (m.files || []).map((f) => {
    if (f.kind === 'document') {
      return el('a', { class: 'file', href: source(f), download: f.name || 'tep' },
        el('span', { class: 'icon' }, extension(f.name)),
        el('span', {}, el('b', {}, f.name || 'Tệp'), el('small', {}, bytes(f.size))));
    }
    if (f.kind === 'voice') {
      return el('div', { class: 'voice' }, el('audio', { src: source(f), controls: true, preload: 'metadata' }));
    }
    return null;
  });
  if (m.location) parts.push(place(m.location));
  if (m.contact) parts.push(card(m.contact));
  return parts.filter(Boolean);
}

const extension = (name = '') => (name.includes('.') ? name.split('.').pop().slice(0, 4) : 'tệp').toUpperCase();

function place(at) {
  return el('div', { class: 'place' }, el('div', { class: 'map' }, '📍'),
    el('small', {}, `${at.latitude.toFixed(4)}, ${at.longitude.toFixed(4)}`));
}

function card(c) {
  return el('div', { class: 'file card' }, el('span', { class: 'icon' }, '👤'),
    el('span', {}, el('b', {}, c.first_name), el('small', {}, c.phone_number)));
}

function reactions(messages) {
  const all = messages.flatMap((m) => m.reactions || []);
  return all.length > 0 && el('div', { class: 'reactions' }, ...all.map((r) => el('span', {}, r)));
}

function meta(m, edited) {
  return el('div', { class: 'meta' }, m.protected && '🔒 ', edited && el('span', { class: 'edited' }, 'đã sửa '),
    el('time', { datetime: m.date }, clock(m.date)), !m.from_bot && el('span', { class: 'ticks' }, ' ✓✓'));
}

function buttonRow(m, row, act) {
  return el('div', {}, ...row.map((b) => el('button', {
    type: 'button', 'data-button': b.text, 'data-kind': b.url ? 'link' : 'press', class: b.style || '',
    onclick: () => act.press(m, b),
  }, b.text)));
}
