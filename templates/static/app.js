// What the pages do beyond what they are: everything works without this.
"use strict";

// A page with data-live hears that something changed, and asks for its list anew.
// A second's changes are one; a page that nobody sees waits until it is seen.
(function () {
  var part = document.querySelector("[data-live]");
  if (!part || !window.EventSource) return;
  var due = false;
  function refresh() {
    // Nor one on which cases are being chosen: the choice would be lost.
    if (document.hidden || document.querySelector("input.pick:checked")) { due = true; return; }
    due = false;
    window.htmx.trigger(document.body, "case-changed");
  }
  var source = new EventSource(part.dataset.live);
  source.addEventListener("changed", refresh);
  document.addEventListener("visibilitychange", function () { if (due) refresh(); });
  function show(on) {
    document.querySelectorAll(".live").forEach(function (e) { e.hidden = !on; });
  }
  source.onopen = function () { show(true); };
  source.onerror = function () { show(false); };
  document.body.addEventListener("htmx:afterSwap", function () { show(source.readyState === 1); });
})();

// Tabs that don't fit are pushed along until the one that is open is in sight.
document.querySelectorAll(".tabs [aria-current]").forEach(function (open) {
  var tabs = open.closest(".tabs"), a = open.getBoundingClientRect(), b = tabs.getBoundingClientRect();
  if (a.right > b.right || a.left < b.left) tabs.scrollLeft += a.left - b.left - (b.width - a.width) / 2;
});

// So is the navigation, to the line of this page.
document.querySelectorAll(".side [aria-current]").forEach(function (here) {
  var side = here.closest(".side"), end = side.querySelector(".me");
  var below = here.getBoundingClientRect().bottom - (end ? end.getBoundingClientRect().top : side.clientHeight);
  if (below > 0) side.scrollTop += below + 48;
});

// Keys: / to search, j and k from case to case, Escape leaves a field.
document.addEventListener("keydown", function (e) {
  var typing = e.target.closest("input, textarea, select, [contenteditable]");
  if (e.key === "Escape" && typing) { e.target.blur(); return; }
  if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "/") {
    var box = Array.from(document.querySelectorAll("input[type=search]")).find(function (i) { return i.offsetParent; });
    if (box) { e.preventDefault(); box.focus(); box.select(); }
    return;
  }
  if (e.key !== "j" && e.key !== "k") return;
  var rows = Array.from(document.querySelectorAll("a.row"));
  if (!rows.length) return;
  var at = rows.indexOf(document.activeElement) + (e.key === "j" ? 1 : -1);
  rows[Math.max(0, Math.min(rows.length - 1, at))].focus();
});

// A form is sent once: a second press finds its button asleep. The office's book
// would take it once anyway.
document.addEventListener("submit", function (e) {
  if (e.defaultPrevented || e.target.method !== "post") return;
  if (e.target.dataset.sent) { e.preventDefault(); return; }
  e.target.dataset.sent = "1";
  e.target.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", function () {
  document.querySelectorAll("form[data-sent]").forEach(function (f) {
    delete f.dataset.sent;
    f.removeAttribute("aria-busy");
  });
});

// What a page brings later is made ready like what it came with.
function ready(work) {
  work(document);
  document.addEventListener("htmx:load", function (e) { if (e.target !== document.body) work(e.target); });
}

// Of a unit's officers only are offered those of the unit that is chosen.
ready(function (part) { part.querySelectorAll("select[data-units]").forEach(function (officers) {
  var units = officers.form.querySelector("select[name=unit]");
  if (!units) return;
  function narrow() {
    var chosen = units.selectedOptions[0];
    officers.querySelectorAll("optgroup").forEach(function (g) {
      var ours = !units.value || g.label === chosen.dataset.name;
      g.disabled = !ours;
      g.hidden = !ours;
      if (!ours && g.contains(officers.selectedOptions[0])) officers.value = "";
    });
  }
  units.addEventListener("change", narrow);
  narrow();
}); });

// A ground brings the letter that goes with it, as long as nobody has written one.
ready(function (part) { part.querySelectorAll("select[name=ground]").forEach(function (ground) {
  var reason = ground.form.querySelector("textarea[name=reason]");
  if (!reason) return;
  var brought = ground.selectedOptions[0].dataset.text || reason.defaultValue;
  ground.addEventListener("change", function () {
    var text = ground.selectedOptions[0].dataset.text || "";
    if (text && (!reason.value.trim() || reason.value === brought)) { reason.value = text; brought = text; }
  });
}); });

// What is too big to be sent is said before it is: a form that the server cuts
// off half way loses what was typed.
ready(function (part) { part.querySelectorAll("input[type=file][data-most]").forEach(function (input) {
  input.addEventListener("change", function () {
    var size = 0;
    for (var i = 0; i < input.files.length; i++) size += input.files[i].size;
    input.setCustomValidity(size > Number(input.dataset.most) ? input.dataset.said : "");
    input.reportValidity();
  });
}); });

// A browser cuts what is pasted to a field's length and says nothing: such a paste is
// taken whole, and the form says that it is too long.
document.addEventListener("paste", function (e) {
  var field = e.target, most = field.maxLength;
  if (!(most > 0) || !e.clipboardData) return;
  var stays = field.value.length - (field.selectionEnd - field.selectionStart);
  if (stays + e.clipboardData.getData("text").length > most) field.removeAttribute("maxlength");
});

// Paper has no folds: what is folded away is printed, and folded again afterwards.
(function () {
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll(".rest:not([open]), .unfold:not([open]), .history details:not([open])"));
    opened.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (d) { d.open = false; });
  });
})();

// Many cases at once: how many are chosen, a whole page, a stretch with shift.
(function () {
  var last = null;
  function boxes() { return Array.from(document.querySelectorAll("input.pick")); }
  function tell() {
    var n = boxes().filter(function (b) { return b.checked; }).length;
    document.querySelectorAll("[data-chosen]").forEach(function (e) { e.textContent = n; });
    document.querySelectorAll("form.bulk").forEach(function (f) { f.classList.toggle("bulk-on", n > 0); });
    document.querySelectorAll("[data-all]").forEach(function (e) {
      e.closest("[hidden], label").hidden = false;
      e.checked = n > 0 && n === boxes().length;
    });
  }
  document.addEventListener("click", function (e) {
    if (e.target.dataset.all) boxes().forEach(function (b) { b.checked = e.target.checked; });
    else if (e.target.matches("input.pick")) {
      var all = boxes(), to = all.indexOf(e.target), from = all.indexOf(last);
      if (e.shiftKey && from >= 0) all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (b) { b.checked = e.target.checked; });
      last = e.target;
    } else return;
    tell();
  });
  tell();
})();
