// Talking to the simulator's control endpoints.

export async function load(path) {
  const r = await fetch('/simulator/' + path);
  if (!r.ok) throw new Error(await r.text());
  return r.json();
}

export async function post(path, body = {}) {
  const form = body instanceof FormData;
  const r = await fetch('/simulator/' + path, {
    method: 'POST',
    headers: form ? {} : { 'Content-Type': 'application/json' },
    body: form ? body : JSON.stringify(body),
  });
  if (!r.ok) throw new Error((await r.text()).trim());
  return r.status === 204 ? null : r.json();
}

export async function remove(path) {
  await fetch('/simulator/' + path, { method: 'DELETE' });
}

export function listen(onEvent, onReturn) {
  const stream = new EventSource('/simulator/events');
  let before = false;
  stream.onopen = () => { if (before) onReturn(); before = true; };
  stream.onmessage = (e) => onEvent(JSON.parse(e.data));
}
