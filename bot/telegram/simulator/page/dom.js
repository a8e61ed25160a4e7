// Small helpers to make elements, menus and dialogs.

export const $ = (id) => document.getElementById(id);

export function el(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name === 'html') node.innerHTML = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

export const initials = (name) => {
  const words = name.replace(/[()]/g, '').trim().split(/\s+/);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
};

export const hue = (id) => 'h' + (Number(id) % 7);

export const clock = (date) => new Date(date).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });

export const day = (date) => {
  const d = new Date(date);
  return `${d.getDate()} tháng ${d.getMonth() + 1}, ${d.getFullYear()}`;
};

export const bytes = (n) => n < 1024 ? n + ' B' : n < 1 << 20 ? (n / 1024).toFixed(0) + ' KB' : (n / (1 << 20)).toFixed(1) + ' MB';

// menu shows choices at a point; each is [icon and label, what it does].
export function menu(x, y, choices) {
  const box = $('menu');
  box.replaceChildren(...choices.filter(Boolean).map(([label, act]) =>
    el('button', { type: 'button', onclick: () => { closeMenu(); act(); } }, label)));
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  box.style.left = Math.max(8, Math.min(x, innerWidth - width - 8)) + 'px';
  box.style.top = Math.max(8, Math.min(y, innerHeight - height - 8)) + 'px';
  box.querySelector('button')?.focus({ preventScroll: true });
}

export function closeMenu() { $('menu').hidden = true; }

document.addEventListener('pointerdown', (e) => { if (!$('menu').contains(e.target)) closeMenu(); });
document.addEventListener('keydown', (e) => { if (e.key === 'Escape') closeMenu(); });

// ask opens a dialog with these fields and gives their values, or null.
export function ask(title, fields, ok = 'OK') {
  const box = $('dialog');
  const form = box.querySelector('form');
  const cancel = fields.length > 0 && el('button', { class: 'quiet', value: '', formnovalidate: true }, 'Thôi');
  form.replaceChildren(el('h2', {}, title), ...fields,
    el('div', { class: 'buttons' }, cancel, el('button', { class: 'primary', value: 'ok' }, ok)));
  box.returnValue = '';
  box.showModal();
  return new Promise((done) => {
    box.onclose = () => done(box.returnValue === 'ok' ? Object.fromEntries(new FormData(form)) : null);
  });
}

export const field = (label, attrs) => el('label', {}, label, el('input', attrs));
