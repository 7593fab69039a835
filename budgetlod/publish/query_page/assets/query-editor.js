"use strict";
// The editor: yasqe without anything that would ask other sites, completing from our own terms; a plain text field
// where yasqe is missing.
var budgetlodEditor = (settings, parent, { run, changed }) => {
  const plain = () => {
    const field = document.createElement("textarea");
    field.setAttribute("aria-label", settings.words.editor);
    field.spellcheck = false;
    field.addEventListener("input", changed);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
    });
    parent.append(field);
    return { get: () => field.value, set: (text) => { field.value = text; }, mark: () => {}, fault: () => null };
  };
  if (typeof Yasqe === "undefined") return plain();

  const terms = {
    name: "terms",
    bulk: false,
    isValidCompletionPosition: (yasqe) => {
      const { string } = yasqe.getCompleteToken();
      return string.trim().length > 1 && !/^[?$<"'#_\d]/.test(string);
    },
    get: (_, token) => {
      const wanted = token.string.trim().toLowerCase();
      const rank = ([name, , zh, en]) => (name.toLowerCase().startsWith(wanted) ? 0
        : name.split(":")[1].toLowerCase().includes(wanted) ? 1 : `${zh} ${en}`.toLowerCase().includes(wanted) ? 2 : 3);
      return (self.budgetlodTerms || []).map((row) => [rank(row), row[0]]).filter(([place]) => place < 3)
        .sort((a, b) => a[0] - b[0]).slice(0, 60).map(([, name]) => name);
    },
    postprocessHints: (_, hints) => hints.map((hint) => {
      const [, , zh, en] = self.budgetlodTerms.find(([name]) => name === hint.text);
      return { ...hint, displayText: `${hint.text}  ${settings.language === "zh" ? zh : en || zh}` };
    }),
  };
  // Typing a usual prefix declares it.
  const prefixes = {
    ...Yasqe.Autocompleters.prefixes, persistenceId: null,
    get: () => Object.entries(settings.prefixes).map(([prefix, space]) => `${prefix}: <${space}>`),
  };
  Yasqe.Autocompleters = { variables: Yasqe.Autocompleters.variables, prefixes, terms };
  Yasqe.defaults.autocompleters = [];
  const submit = () => { run(); };
  const editor = new Yasqe(parent, {
    value: "", lineNumbers: true, lineWrapping: true, editorHeight: "", resizeable: false, persistenceId: null,
    showQueryButton: false, createShareableLink: null, consumeShareLink: null, collapsePrefixesOnLoad: false,
    autocompleters: ["prefixes", "variables", "terms"], screenReaderLabel: settings.words.editor, viewportMargin: Infinity,
    // Tab moves on to the next control, so that the keyboard can leave the editor.
    extraKeys: { "Ctrl-Enter": submit, "Cmd-Enter": submit, Tab: false, "Shift-Tab": false, "Ctrl-S": false },
  });
  const scroller = editor.getScrollerElement(); // it scrolls, so the keyboard must be able to reach it
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", settings.words.editor);
  editor.query = async () => submit();
  const notify = editor.showNotification.bind(editor);
  editor.showNotification = (key) => notify(key, settings.words.complete);
  let marked = null;
  const clear = () => {
    if (marked) editor.removeLineClass(marked, "background", "fault-line");
    marked = null;
  };
  editor.on("change", () => { clear(); changed(); });
  return {
    get: () => editor.getValue(),
    set: (text) => { editor.setValue(text); editor.collapsePrefixes(true); editor.refresh(); },
    mark: (line, column) => {
      clear();
      if (!line) return;
      const last = editor.lineCount() - 1;
      const at = Math.min(line - 1, last);
      marked = editor.addLineClass(at, "background", "fault-line");
      editor.setCursor({ line: at, ch: Math.max(0, column - 1) }, null, { scroll: false });
    },
    // The first place that the editor's own grammar refuses, and the signs that may stand there.
    fault: () => {
      for (let line = 0; line < editor.lineCount(); line += 1) {
        const token = editor.getLineTokens(line, true).find(({ state }) => state.OK === false);
        if (token) {
          const expected = (token.state.possibleCurrent || []).filter((sign) => /^\W+$/.test(sign)).slice(0, 8);
          return { line: line + 1, column: token.start + 1, expected };
        }
      }
      return null;
    },
  };
};
