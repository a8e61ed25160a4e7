// The chat on the phone: its messages in order, kept in step with the server.
import { $, el, day, menu, ask } from './dom.js';
import { group } from './bubble.js';
import { load, post } from './net.js';
import { toStart } from './links.js';

export const chat = { id: 0, view: null, commands: [], groups: new Map(), messages: new Map(), payload: null };

const box = $('messages');
const keyOf = (m) => m.album || String(m.id);
let hooks = {};

export function setup(h) { hooks = h; }

export async function open(id) {
  chat.id = id;
  const got = await load('people/' + id);
  if (chat.id !== id) return;
  Object.assign(chat, { view: got.chat, commands: got.commands, payload: null });
  chat.groups.clear();
  chat.messages.clear();
  box.replaceChildren();
  for (const m of got.messages || []) put(m);
  if (!chat.messages.size) box.append(welcome());
  hooks.changed();
  toEnd();
}

function welcome() {
  return el('div', { class: 'welcome' }, el('b', {}, 'Bot này làm được gì?'),
    el('p', {}, hooks.description() || 'Bấm BẮT ĐẦU để trò chuyện với bot.'));
}

// put shows a new message, or a changed one in its place.
export function put(m) {
  const fresh = !chat.messages.has(m.id);
  chat.messages.set(m.id, m);
  box.querySelector('.welcome')?.remove();
  const key = keyOf(m);
  const had = chat.groups.get(key);
  const ids = had ? had.ids : [];
  if (!ids.includes(m.id)) ids.push(m.id);
  const node = group(ids.map((id) => chat.messages.get(id)), actions);
  attend(node, m);
  if (had) had.node.replaceWith(node);
  else append(node, m);
  chat.groups.set(key, { ids, node });
  return fresh;
}

function append(node, m) {
  const date = day(m.date);
  if (box.dataset.day !== date || !box.querySelector('.day')) {
    box.append(el('div', { class: 'day' }, el('span', {}, date)));
    box.dataset.day = date;
  }
  box.append(node);
}

export function drop(id) {
  const m = chat.messages.get(id);
  if (!m) return;
  chat.messages.delete(id);
  const had = chat.groups.get(keyOf(m));
  had.ids.splice(had.ids.indexOf(id), 1);
  if (had.ids.length === 0) {
    had.node.remove();
    chat.groups.delete(keyOf(m));
  } else put(chat.messages.get(had.ids[0]));
}

const nearEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < 160;

export function receive(messages) {
  const follow = nearEnd() || messages.some((m) => !m.from_bot);
  messages.forEach(put);
  if (follow) toEnd();
}

export function toEnd() { atEnd = true; box.scrollTo({ top: box.scrollHeight, behavior: 'instant' }); }

// A chat that shows its end goes on showing it when pictures load or a keyboard comes up.
let atEnd = true;
box.addEventListener('scroll', () => { atEnd = nearEnd(); $('down').hidden = atEnd; });
box.addEventListener('load', () => { if (atEnd) toEnd(); }, true);
new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(box);
$('down').onclick = toEnd;

const actions = {
  async press(m, b) {
    if (b.url) return follow(b.url);
    if (b.copy_text) return navigator.clipboard?.writeText(b.copy_text.text);
    if (b.web_app) return follow(b.web_app.url);
    await act('press', { message_id: m.id, label: b.text });
  },
  jump(id) {
    const node = [...chat.groups.values()].find((g) => g.ids.includes(id))?.node;
    node?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    node?.classList.add('flash');
    setTimeout(() => node?.classList.remove('flash'), 1200);
  },
};

export async function act(name, body = {}) {
  try {
    await post(`people/${chat.id}/${name}`, body);
  } catch (e) {
    hooks.toast(e.message);
  }
}

// follow goes where a link leads: a link to the bot opens its START here.
export function follow(href) {
  const payload = toStart(href, hooks.username());
  if (payload === null) {
    window.open(href, '_blank', 'noopener');
    return;
  }
  chat.payload = payload;
  hooks.changed();
}

box.addEventListener('click', (e) => {
  const link = e.target.closest('.text a');
  if (!link) return;
  e.preventDefault();
  if (link.classList.contains('command')) act('send', { text: link.textContent });
  else follow(link.href);
});

// attend lets a message be replied to, edited or reacted to.
function attend(node, m) {
  const show = (x, y) => menu(x, y, [
    ['↩ Trả lời', () => hooks.reply(chat.messages.get(m.id) || m)],
    !m.from_bot && m.text && ['✎ Sửa', () => hooks.edit(chat.messages.get(m.id) || m)],
    ['👍 Thả cảm xúc', () => act('react', { message_id: m.id, text: m.reactions?.includes('👍') ? '' : '👍' })],
    m.text && ['📋 Sao chép', () => navigator.clipboard?.writeText(m.text)],
    ['🔎 Chi tiết', () => ask(`Tin nhắn #${m.id}`, [el('pre', {}, JSON.stringify(m, null, 1))])],
  ]);
  node.addEventListener('contextmenu', (e) => { e.preventDefault(); show(e.clientX, e.clientY); });
  let held;
  const release = () => clearTimeout(held);
  node.addEventListener('pointerdown', (e) => {
    if (e.pointerType === 'mouse' || e.target.closest('button')) return;
    held = setTimeout(() => show(e.clientX, e.clientY), 500);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointermove']) node.addEventListener(end, release);
  node.querySelector('.bubble').addEventListener('dblclick', () => hooks.reply(chat.messages.get(m.id) || m));
  node.querySelector('.stack').append(el('button', {
    type: 'button', class: 'dots', 'aria-label': 'Tùy chọn tin nhắn',
    onclick: (e) => {
      const r = e.currentTarget.getBoundingClientRect(); // a key has no place of its own
      show(e.clientX || r.left, e.clientY || r.bottom);
    },
  }, '⋯'));
}
