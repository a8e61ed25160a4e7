// The page: a list of people, the phone of the chosen one, the faults.
import { $, el, initials, hue, clock, menu, ask, field } from './dom.js';
import { load, post, listen } from './net.js';
import * as chat from './chat.js';
import * as compose from './compose.js';
import * as faults from './faults.js';

let bot = { name: '', username: '', description: '' };
const people = new Map();

chat.setup({
  changed, toast, reply: compose.reply, edit: compose.edit,
  username: () => bot.username, description: () => bot.description,
});
compose.setup(toast);

async function reload() {
  const got = await load('state');
  bot = got;
  people.clear();
  for (const p of got.people || []) people.set(p.id, p);
  $('bot-name').textContent = bot.name;
  $('bot-avatar').textContent = initials(bot.name);
  list();
  route();
  faults.refresh();
}

function list() {
  const roles = Map.groupBy([...people.values()], (p) => p.role || 'Khác');
  $('people').replaceChildren(...[...roles].flatMap(([role, members]) =>
    [el('h2', {}, role), ...members.map(person)]));
}

function person(p) {
  return el('a', {
    href: '#' + p.id, 'data-person': p.id, class: 'person', 'aria-current': p.id === chat.chat.id ? 'true' : undefined,
  },
  el('span', { class: 'avatar ' + hue(p.id) }, initials(p.name)),
  el('span', { class: 'lines' }, el('b', {}, p.name),
    el('span', {}, p.blocked ? '🚫 Đã chặn bot' : p.typing ? 'bot đang nhập…' : p.preview || 'Chưa bắt đầu')),
  el('span', { class: 'side' }, el('time', {}, p.preview ? clock(p.at) : ''),
    p.unread > 0 && p.id !== chat.chat.id && el('b', { class: 'badge', 'data-unread': p.unread }, String(p.unread))));
}

async function route() {
  const id = Number(location.hash.slice(1));
  document.body.classList.toggle('open', people.has(id));
  $('phone').hidden = !people.has(id);
  $('empty').hidden = people.has(id);
  if (!people.has(id)) { chat.chat.id = 0; list(); return; }
  await chat.open(id);
  compose.reset();
  read();
  list();
}

function read() {
  if (chat.chat.id && document.visibilityState === 'visible' && people.get(chat.chat.id)?.unread) chat.act('read');
}

function changed() {
  const v = chat.chat.view;
  if (!v) return;
  $('owner').textContent = v.name;
  $('status').textContent = v.blocked ? 'đã bị chặn' : v.typing ? 'đang nhập…' : 'bot';
  $('status').classList.toggle('typing', v.typing);
  compose.refresh();
}

let typing;
listen((e) => {
  if (e.bot) return reload();
  if (e.chat) people.set(e.person, e.chat);
  if (e.person === chat.chat.id) {
    if (e.chat) {
      chat.chat.view = e.chat;
      clearTimeout(typing);
      if (e.chat.typing) typing = setTimeout(() => { chat.chat.view.typing = false; changed(); }, 5000);
      changed();
    }
    if (e.messages) chat.receive(e.messages);
    if (e.removed) chat.drop(e.removed);
    if (e.answer) answer(e.answer);
    read();
  }
  list();
}, reload);

function answer(a) {
  if (a.url) chat.follow(a.url);
  else if (a.alert && a.text) ask(a.text, []);
  else if (a.text) toast(a.text);
}

let toasting;
function toast(words) {
  $('toast').textContent = words;
  $('toast').hidden = false;
  clearTimeout(toasting);
  toasting = setTimeout(() => { $('toast').hidden = true; }, 3500);
}

$('back').onclick = () => { location.hash = ''; };
$('more').onclick = () => {
  const r = $('more').getBoundingClientRect();
  const v = chat.chat.view;
  menu(r.left - 180, r.bottom + 4, [
    ['🔗 Mở bằng liên kết…', deepLink],
    v.blocked ? ['✅ Bỏ chặn bot', () => chat.act('unblock')] : ['🚫 Chặn bot', () => chat.act('block')],
  ]);
};

async function deepLink() {
  const got = await ask('Mở bot bằng liên kết', [
    el('p', {}, `https://t.me/${bot.username}?start=…`),
    field('Liên kết hoặc mã sau start=', { name: 'start', required: true })], 'Mở');
  if (!got) return;
  const code = got.start.trim().replace(/^.*[?&]start=/, '');
  chat.follow(`https://t.me/${bot.username}?start=${encodeURIComponent(code)}`);
}

$('add').onclick = async () => {
  const got = await ask('Thêm người', [
    field('Tên', { name: 'name', required: true, maxlength: 64, placeholder: 'Người Dân Mẫu' }),
    field('Số điện thoại', { name: 'phone', placeholder: 'để trống: số mẫu' }),
    el('label', {}, 'Ngôn ngữ của máy', el('select', { name: 'lang' },
      el('option', { value: 'vi' }, 'Tiếng Việt'), el('option', { value: 'en' }, 'English'), el('option', { value: '' }, 'Không rõ')))], 'Thêm');
  if (!got) return;
  const p = await post('people', { ...got, role: 'Tự thêm' });
  people.set(p.id, p);
  location.hash = p.id;
};

addEventListener('hashchange', route);
document.addEventListener('visibilitychange', read);
reload();
