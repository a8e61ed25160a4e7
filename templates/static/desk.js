// The desk's memory. What is typed into an entry is kept in this browser from the
// first letter, and stays until the server has said that it stands in the book: a
// network that fails, a page that is loaded anew, a sign-in that ended lose nothing.
// A denouncer's entry is kept without what names them.
"use strict";

(function () {
  var PREFIX = "tiepdan-entry-";
  var NAMING = ["name", "id_number", "phone", "address", "id_seen", "representatives", "respondent", "respondent_address"];
  var notice = document.getElementById("kept");
  var form = document.getElementById("entry");
  var who = notice ? notice.dataset.who : "";

  function clock(at) {
    return new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  }
  function all() {
    var items = [];
    try {
      for (var i = 0; i < localStorage.length; i++) {
        var key = localStorage.key(i);
        if (key.indexOf(PREFIX) !== 0) continue;
        try { items.push(JSON.parse(localStorage.getItem(key))); } catch (e) { localStorage.removeItem(key); }
      }
    } catch (e) { /* a browser that keeps nothing */ }
    return items.filter(function (it) { return it && it.who === who; });
  }
  function keep(item) {
    try { localStorage.setItem(PREFIX + item.ref, JSON.stringify(item)); return true; } catch (e) { return false; }
  }
  function forget(ref) {
    try { localStorage.removeItem(PREFIX + ref); } catch (e) { /* nothing was kept */ }
  }

  // send posts an item and says what came of it: the server's word, or that there
  // is none yet. Whatever isn't the server's own answer is tried again.
  function send(item) {
    var stop = new AbortController();
    var timer = setTimeout(function () { stop.abort(); }, 20000);
    return fetch(item.path, { method: "POST", body: new URLSearchParams(item.fields), signal: stop.signal,
      headers: { Accept: "application/json" } }).then(function (res) {
      if (res.redirected) return { out: true };
      if (res.status >= 500 || res.status === 429) return { later: true };
      if ((res.headers.get("Content-Type") || "").indexOf("application/json") !== 0) return { later: true };
      return res.json().then(function (v) { return res.ok ? { where: v.where, at: v.at } : { said: v.said }; });
    }).catch(function () { return { later: true }; }).finally(function () { clearTimeout(timer); });
  }

  // insist sends until the server answers; each wait is longer than the last, and
  // a network that comes back ends it.
  function insist(item, tell) {
    return new Promise(function (done) {
      var wait = 1000, timer = 0, busy = false;
      function again() {
        clearTimeout(timer);
        if (busy) return;
        busy = true;
        send(item).then(function (v) {
          busy = false;
          if (!v.later && !v.out) {
            window.removeEventListener("online", again);
            done(v);
            return;
          }
          tell(v);
          timer = setTimeout(again, wait);
          wait = Math.min(wait * 2, 30000);
        });
      }
      window.addEventListener("online", again);
      again();
    });
  }

  // What isn't this page's form: sent if it was on its way, else shown.
  function others(mine) {
    var left = all().filter(function (it) { return it.slot !== mine; });
    if (!left.length || !notice) return;
    var list = document.createElement("ul");
    function show() {
      notice.replaceChildren();
      if (!list.children.length) { notice.hidden = true; return; }
      var p = document.createElement("p");
      p.textContent = notice.dataset.kept;
      notice.append(p, list);
      notice.hidden = false;
    }
    left.forEach(function (item) {
      var li = document.createElement("li"), said = document.createElement("span");
      said.textContent = [item.title, clock(item.at)].filter(Boolean).join(" · ");
      var open = document.createElement("a"), drop = document.createElement("button");
      open.href = item.page;
      open.textContent = notice.dataset.open;
      drop.type = "button";
      drop.className = "quiet";
      drop.textContent = notice.dataset.drop;
      drop.onclick = function () {
        if (!window.confirm(notice.dataset.sure)) return;
        forget(item.ref);
        li.remove();
        show();
      };
      li.append(said, open, drop);
      list.append(li);
      if (item.sending) insist(item, function () {}).then(function (v) {
        if (!v.where) { item.sending = false; keep(item); return; }
        forget(item.ref);
        drop.remove();
        open.href = v.where;
        said.textContent = notice.dataset.sent + " " + said.textContent;
      });
    });
    show();
  }

  function desk() {
    var line = form.querySelector(".keep"), refused = form.querySelector(".entry-said");
    var ref = form.elements.ref, sending = false;
    function say(words, how) {
      line.textContent = words;
      line.className = "keep" + (how ? " is-" + how : "");
    }
    function secret() {
      var kind = form.querySelector("[name=kind]:checked"), field = form.elements.field.selectedOptions[0];
      return kind && kind.value === "to_cao" || field && field.hasAttribute("data-seals");
    }
    // A denouncer isn't named: what stood there goes from the form, too.
    function seal() {
      var on = secret();
      form.querySelectorAll(".for-named input, .for-named textarea, .for-signed input").forEach(function (e) {
        if (on && e.type === "checkbox") e.checked = false;
        else if (on) e.value = "";
        e.disabled = Boolean(on);
      });
    }
    function group() {
      form.querySelector(".for-group").hidden = Number(form.elements.people.value) < 2;
      form.elements.representatives.disabled = secret() || Number(form.elements.people.value) < 2;
    }
    function item() {
      var fields = [];
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string" && !(secret() && NAMING.indexOf(name) >= 0)) fields.push([name, value]);
      });
      var number = document.querySelector(".received .number");
      return { ref: ref.value, slot: form.dataset.slot, who: who, path: form.getAttribute("action"), page: location.pathname + location.search,
        at: Date.now(), sending: sending, title: number ? number.textContent : "", fields: fields };
    }
    function restore(kept) {
      var names = {};
      kept.fields.forEach(function (f) { (names[f[0]] = names[f[0]] || []).push(f[1]); });
      Array.from(form.elements).forEach(function (e) {
        if (!e.name) return;
        var values = names[e.name] || [];
        if (e.type === "checkbox" || e.type === "radio") e.checked = values.indexOf(e.value) >= 0;
        else if (values.length) e.value = values[0];
        else if (e.type !== "hidden") e.value = "";
        var more = e.closest("details");
        if (more && e.value && e.type !== "checkbox") more.open = true;
      });
      say(form.dataset.restored + " " + clock(kept.at), "held");
    }
    function changed() {
      seal();
      group();
      if (sending) return;
      var it = item();
      say(keep(it) ? form.dataset.kept + " " + clock(it.at) : form.dataset.full);
    }
    function post() {
      if (sending) return;
      sending = true;
      refused.hidden = true;
      var it = item();
      keep(it);
      form.setAttribute("aria-busy", "true");
      say(form.dataset.sending, "held");
      insist(it, function (v) {
        say(v.out ? form.dataset.signedOut : navigator.onLine ? form.dataset.again : form.dataset.offline, "held");
      }).then(function (v) {
        sending = false;
        form.removeAttribute("aria-busy");
        if (v.where) {
          forget(it.ref);
          say(form.dataset.saved + " " + v.at, "saved");
          location.assign(v.where);
          return;
        }
        keep(item());
        say("");
        refused.querySelector("div").innerHTML = v.said; // escaped by the server's own template
        refused.hidden = false;
        refused.scrollIntoView({ block: "center" });
      });
    }

    var kept = all().find(function (it) { return it.slot === form.dataset.slot; });
    if (kept) restore(kept);
    seal();
    group();
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", function (e) { e.preventDefault(); post(); });
    if (kept && kept.sending) post();
    document.addEventListener("keydown", function (e) {
      if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); form.requestSubmit(); }
    });
  }

  if (form) desk();
  others(form ? form.dataset.slot : "");

  // F2: who has come; F4: the next, please.
  document.addEventListener("keydown", function (e) {
    if (e.key !== "F2" && e.key !== "F4" || e.ctrlKey || e.altKey || e.metaKey) return;
    var to = e.key === "F2" ? document.getElementById("check-in") : document.querySelector("[data-key=F4]");
    if (!to) return;
    e.preventDefault();
    if (e.key === "F2") { to.focus(); to.select(); } else to.click();
  });

  // A scanner types on: the field is empty again once what stood there was found.
  document.body.addEventListener("htmx:afterRequest", function (e) {
    var box = document.getElementById("check-in");
    if (!box || e.target !== box.form) return;
    if (e.detail.successful && !document.querySelector("#queue .said")) box.value = "";
    box.focus();
    box.select();
  });
})();
