// The lower edge of the phone: typing, keyboards, attachments.
import { $, el, menu, ask, field } from './dom.js';
import { chat, act } from './chat.js';
import { post } from './net.js';

const text = $('text');
let context = null; // {kind: 'reply' or 'edit', message}
let keysHidden = false;
let toast = () => {};

export function setup(show) { toast = show; }

export function reset() {
  context = null;
  keysHidden = false;
  text.value = '';
  refresh();
}

// refresh shows what the chat's state asks for: START, unblock or the composer.
export function refresh() {
  const v = chat.view;
  if (!v) return;
  const starting = !v.blocked && (!v.started || chat.payload !== null);
  $('start').hidden = !starting;
  $('unblock').hidden = !v.blocked;
  $('composer').hidden = starting || v.blocked;
  $('commands').hidden = chat.commands.length === 0;
  $('keys').hidden = !v.keyboard;
  $('keyboard').hidden = !v.keyboard || keysHidden || $('composer').hidden;
  text.placeholder = v.keyboard?.input_field_placeholder || 'Tin nhắn';
  $('keyboard').replaceChildren(...(v.keyboard?.keyboard || []).map((row) => el('div', {}, ...row.map((b) =>
    el('button', { type: 'button', 'data-button': b.text, 'data-kind': 'key', onclick: () => act('key', { label: b.text }) }, b.text)))));
  showContext();
  grow();
}

function showContext() {
  $('context').hidden = !context;
  if (!context) return;
  $('context').querySelector('b').textContent = context.kind === 'edit' ? 'Sửa tin nhắn' : 'Trả lời';
  $('context').querySelector('span').textContent = context.message.text || 'Tệp đính kèm';
}

$('context').querySelector('button').onclick = () => { if (context.kind === 'edit') text.value = ''; context = null; refresh(); };

export function reply(message) { context = { kind: 'reply', message }; refresh(); text.focus(); }

export function edit(message) { context = { kind: 'edit', message }; text.value = message.text; refresh(); text.focus(); }

function grow() {
  text.style.height = 'auto';
  text.style.height = Math.min(text.scrollHeight, 140) + 'px';
  $('send').classList.toggle('ready', text.value.trim() !== '');
}

text.addEventListener('input', () => { grow(); if (text.value === '/') commandMenu(); });
text.addEventListener('keydown', (e) => {
  if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); submit(); }
});
$('composer').addEventListener('submit', (e) => { e.preventDefault(); submit(); });

async function submit() {
  const value = text.value.trim();
  if (!value) return;
  const was = context;
  context = null;
  text.value = '';
  refresh();
  if (was?.kind === 'edit') await act('edit', { message_id: was.message.id, text: value });
  else await act('send', { text: value, reply_to: was?.message.id });
}

$('start').onclick = () => { const payload = chat.payload || ''; chat.payload = null; act('start', { text: payload }); refresh(); };
$('unblock').onclick = () => act('unblock');
$('keys').onclick = () => { keysHidden = !keysHidden; refresh(); };
$('commands').onclick = commandMenu;

function commandMenu() {
  const r = $('composer').getBoundingClientRect();
  menu(r.left + 8, r.top - 12 - 42 * chat.commands.length, chat.commands.map((c) =>
    [el('span', { class: 'command', 'data-command': c.command }, el('b', {}, '/' + c.command), ' ', el('small', {}, c.description)),
      () => { text.value = ''; grow(); act('send', { text: '/' + c.command }); }]));
}

$('attach').onclick = () => {
  const r = $('attach').getBoundingClientRect();
  menu(r.left - 140, r.top - 350, [
    ['🖼 Ảnh hoặc album', () => pick('photo', 'image/*')],
    ['🎨 Ảnh mẫu', () => sample(1)],
    ['🗂 Album mẫu (3 ảnh)', () => sample(3)],
    ['📄 Tệp', () => pick('document', '')],
    ['🎬 Video', () => pick('video', 'video/*')],
    ['🎤 Lời nói mẫu', voice],
    ['📍 Vị trí', () => act('location')],
    ['👤 Danh thiếp của tôi', () => act('contact', { own: true })],
    ['👥 Danh thiếp người khác', () => act('contact', { own: false })],
  ]);
};

function pick(kind, accept) {
  const input = $('picker');
  input.accept = accept;
  input.dataset.kind = kind;
  input.value = '';
  input.click();
}

$('picker').onchange = async () => {
  const list = [...$('picker').files].slice(0, 10);
  if (!list.length) return;
  const names = el('p', { class: 'names' }, list.map((f) => f.name).join(', '));
  const got = await ask(`Gửi ${list.length} tệp`, [names, field('Chú thích', { name: 'caption', maxlength: 1024 })], 'Gửi');
  if (got) upload($('picker').dataset.kind, list, got.caption);
};

text.addEventListener('paste', (e) => {
  const images = [...e.clipboardData.files].filter((f) => f.type.startsWith('image/'));
  if (images.length) { e.preventDefault(); upload('photo', images, ''); }
});

async function upload(kind, list, caption) {
  const form = new FormData();
  form.set('kind', kind);
  form.set('caption', caption);
  if (context?.kind === 'reply') form.set('reply_to', context.message.id);
  context = null;
  refresh();
  for (const f of list) form.append('file', f, f.name);
  try { await post(`people/${chat.id}/files`, form); } catch (e) { toast(e.message); }
}

async function voice() {
  const data = await (await fetch('voice.ogg')).blob();
  upload('voice', [new File([data], 'voice.ogg', { type: 'audio/ogg' })], '');
}

// sample draws photos, so that a demo needs none at hand.
async function sample(count) {
  const list = [];
  for (let i = 0; i < count; i++) {
    const canvas = el('canvas', { width: 800, height: 600 });
    const c = canvas.getContext('2d');
    const sky = c.createLinearGradient(0, 0, 0, 600);
    const tone = Math.floor(Math.random() * 360);
    sky.addColorStop(0, `hsl(${tone} 60% 75%)`);
    sky.addColorStop(1, `hsl(${tone + 40} 50% 45%)`);
    c.fillStyle = sky;
    c.fillRect(0, 0, 800, 600);
    c.fillStyle = '#0005';
    c.fillRect(0, 420, 800, 180);
    c.fillStyle = '#fff';
    c.font = '600 54px system-ui';
    c.textAlign = 'center';
    c.fillText(`Ảnh mẫu ${i + 1}`, 400, 530);
    const data = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    list.push(new File([data], `anh-mau-${i + 1}.jpg`, { type: 'image/jpeg' }));
  }
  upload('photo', list, '');
}
