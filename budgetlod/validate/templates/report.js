"use strict";
(function () {
  var form = document.getElementById("filters");
  var entries = Array.prototype.slice.call(document.querySelectorAll(".index [data-finding]"));
  var flags = Array.prototype.slice.call(document.querySelectorAll(".flag[data-finding]"));

  // Which boxes of a group are ticked; a group that is not there lets everything through.
  function ticked(name) {
    var boxes = form.querySelectorAll("input[name=" + name + "]"), found = {};
    Array.prototype.forEach.call(boxes, function (box) { found[box.value] = box.checked; });
    return found;
  }

  function off(element, hidden) {
    if (hidden) { element.setAttribute("data-off", ""); } else { element.removeAttribute("data-off"); }
  }

  function apply() {
    var severity = ticked("severity"), family = ticked("family"), accepted = ticked("accepted").accepted !== false;
    var shown = {}, number = 0;
    entries.forEach(function (entry) {
      var show = severity[entry.dataset.severity] !== false && family[entry.dataset.family] !== false &&
        (accepted || !entry.hasAttribute("data-accepted"));
      shown[entry.dataset.finding] = show;
      number += show ? 1 : 0;
      off(entry, !show);
      off(document.getElementById(entry.dataset.finding), !show);
    });
    flags.forEach(function (flag) { off(flag, !shown[flag.dataset.finding]); });
    Array.prototype.forEach.call(document.querySelectorAll(".mark"), function (mark) {
      mark.classList.toggle("quiet", !mark.querySelector(".flag:not([data-off])"));
    });
    Array.prototype.forEach.call(document.querySelectorAll(".also"), function (line) {
      off(line, !line.querySelector(".flag:not([data-off])"));
    });
    document.getElementById("shown-number").textContent = String(number);
  }

  function tick(names, checked) {
    names.forEach(function (name) {
      Array.prototype.forEach.call(form.querySelectorAll("input[name=" + name + "]"), function (box) {
        box.checked = checked;
      });
    });
    apply();
  }

  // A link to a place in a closed part opens the part.
  function open() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (target && target.scrollIntoView) { target.scrollIntoView({block: "center"}); }
  }

  function language() {
    document.documentElement.lang = document.getElementById("language-en").checked ? "en" : "zh-CN";
  }

  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("all").addEventListener("click", function () { tick(["severity", "family", "accepted"], true); });
  document.getElementById("none").addEventListener("click", function () { tick(["family"], false); });
  Array.prototype.forEach.call(document.querySelectorAll("input[name=language]"), function (input) {
    input.addEventListener("change", language);
  });
  window.addEventListener("hashchange", open);
  form.hidden = !entries.length;
  apply();
  open();
})();
