// What is being written as an answer is kept while somebody types. Without this a
// button keeps it.
"use strict";

(function () {
  var typed = null;
  function keep(form) {
    var said = form.querySelector("[data-draft-said]");
    var data = new FormData(form);
    data.delete("files");
    if (form.dataset.keeping) { form.dataset.again = "1"; return; }
    form.dataset.keeping = "1";
    fetch(form.dataset.draft, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(data) }).then(function (res) {
      return res.json().then(function (kept) {
        if (said) said.textContent = kept.said || "";
        if (!res.ok) return;
        form.elements.draft.value = kept.draft;
        form.elements.draft_version.value = kept.version;
      });
    }).catch(function () { if (said) said.textContent = said.dataset.failed; }).finally(function () {
      delete form.dataset.keeping;
      if (form.dataset.again) { delete form.dataset.again; keep(form); }
    });
  }
  document.addEventListener("input", function (e) {
    var form = e.target.closest("form[data-draft]");
    if (!form) return;
    clearTimeout(typed);
    typed = setTimeout(function () { if (!form.dataset.sent) keep(form); }, 800);
  });
  // A template that was put in is as good as typed; with none chosen, nothing is asked for.
  document.addEventListener("htmx:beforeRequest", function (e) {
    var row = e.target.closest(".insert-row");
    var choice = row && row.querySelector("select");
    if (choice && !choice.value) { e.preventDefault(); choice.focus(); }
  });
  // The templates for the chosen result come first, those for another one go.
  document.addEventListener("change", function (e) {
    if (e.target.name !== "result") return;
    var list = e.target.form.querySelector(".insert-row select");
    if (!list) return;
    var result = e.target.value;
    function rank(o) {
      if (!o.value) return -1;
      if (result && o.dataset.result === result) return 0;
      return 1;
    }
    Array.from(list.options).sort(function (a, b) { return rank(a) - rank(b) || a.dataset.place - b.dataset.place; }).forEach(function (o) {
      o.hidden = o.disabled = Boolean(result && o.dataset.result && o.dataset.result !== result);
      if (o.disabled && o.selected) list.value = "";
      list.append(o);
    });
  });
  document.addEventListener("htmx:afterSettle", function (e) {
    if (!e.target.matches("form[data-draft] textarea")) return;
    e.target.focus();
    e.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
