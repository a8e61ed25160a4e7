// The drawer that makes the server misbehave, and shows what it counted.
import { $, el } from './dom.js';
import { load, post, remove } from './net.js';

const kinds = {
  too_many: '429: chờ rồi gọi lại', error: '500 (JSON)', bad_gateway: '502 (HTML)', slow: 'Chậm',
  drop: 'Đứt kết nối trước khi xử lý', lose_answer: 'Mất trả lời sau khi đã gửi',
  duplicate: 'Cập nhật lặp (cùng số)', repeat: 'Cập nhật lặp (số mới)', late: 'Cập nhật đến muộn',
};
const second = 1e9;
const presets = [
  ['429 ba lần', { kind: 'too_many', match: 'send*', count: 3, seconds: 3 }],
  ['Mất một trả lời', { kind: 'lose_answer', match: 'send*', count: 1 }],
  ['Máy chủ lỗi 5 lần', { kind: 'bad_gateway', count: 5 }],
  ['Chậm 2 giây', { kind: 'slow', delay: 2 * second }],
  ['Mọi cập nhật đến hai lần', { kind: 'repeat' }],
  ['Mất mạng', { kind: 'drop', match: '*' }],
];
let timer;

$('presets').append(...presets.map(([label, fault]) => el('button', { type: 'button', class: 'chip', onclick: () => add(fault) }, label)),
  el('button', { type: 'button', class: 'chip calm', onclick: clear }, '✓ Gỡ hết'));
$('fault-form').kind.append(...Object.entries(kinds).map(([value, label]) => el('option', { value }, label)));
$('fault-form').addEventListener('submit', (e) => {
  e.preventDefault();
  const f = e.target;
  const seconds = Number(f.seconds.value) || 0;
  const percent = Number(f.percent.value) || 0;
  add({ kind: f.kind.value, match: f.match.value.trim(), count: Number(f.count.value) || 0, percent: percent === 100 ? 0 : percent,
    seconds: Math.ceil(seconds), delay: Math.round(seconds * second) });
});
$('faults-open').onclick = () => { $('faults').hidden = !$('faults').hidden; watch(); };
$('faults-close').onclick = () => { $('faults').hidden = true; watch(); };

async function add(fault) { await post('faults', fault); refresh(); }
async function clear() { await remove('faults'); refresh(); }

function watch() {
  clearInterval(timer);
  if ($('faults').hidden) return;
  refresh();
  timer = setInterval(refresh, 2000);
}

export async function refresh() {
  const list = await load('faults');
  $('faults-count').hidden = list.length === 0;
  $('faults-count').textContent = list.length;
  $('fault-list').replaceChildren(...list.map(row));
  if (!list.length) $('fault-list').append(el('li', { class: 'none' }, 'Không có; mọi thứ chạy bình thường.'));
  if (!$('faults').hidden) stats(await load('stats'));
}

function row(f) {
  const facts = [f.match, f.count ? `còn ${f.count} lần` : 'đến khi gỡ', f.percent && f.percent + ' %',
    f.kind === 'too_many' && `retry_after ${f.seconds || 1}`, (f.kind === 'slow' || f.kind === 'late') && f.delay / second + ' s'];
  return el('li', { 'data-fault': f.kind }, el('span', {}, el('b', {}, kinds[f.kind]), ' ', facts.filter(Boolean).join(' · ')),
    el('button', { type: 'button', 'aria-label': 'Gỡ', onclick: async () => { await remove('faults/' + f.id); refresh(); } }, '✕'));
}

function stats(s) {
  const calls = Object.values(s.calls || {}).reduce((a, b) => a + b, 0);
  const facts = [['Lời gọi', calls], ['Tin bot đã gửi', s.sent], ['Nhiều nhất trong 1 giây', s.busiest],
    ['Cập nhật đã nhận', s.delivered], ['Cập nhật đang chờ', s.pending], ['Lời gọi bị từ chối', (s.refused || []).length]];
  $('stats').replaceChildren(...facts.flatMap(([k, v]) => [el('dt', {}, k), el('dd', {}, String(v))]));
  $('refused').replaceChildren(...(s.refused || []).slice(-5).reverse().map((r) =>
    el('li', {}, el('code', {}, r.method), ` ${r.code} ${r.description}`)));
}
