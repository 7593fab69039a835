/* A printed table as tab-separated text for a spreadsheet; without a clipboard the CSV file does the same. */
(() => {
  "use strict";
  const en = document.documentElement.lang === "en", file = document.querySelector("p.noprint > .btn");
  if (!file || !navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = en ? "Copy table" : "复制表格";
  const plain = cell => [...cell.childNodes].filter(node => !node.classList || node.tagName === "A" && !node.classList.contains("mk"))
    .map(node => node.textContent).join("").replace(/\s+/g, " ").trim();
  button.onclick = () => {
    const sides = [...document.querySelectorAll("table.printed")];
    const rows = sides.map(side => [...side.tBodies[0].rows].filter(row => !row.classList.contains("page")).map(row => [...row.cells].map(plain)));
    const heads = sides.map(side => [...side.querySelectorAll("thead th[id]")].map(plain));
    const lines = [heads.flat(), ...rows[0].map((_, number) => rows.flatMap(side => side[number]))];
    navigator.clipboard.writeText(lines.map(line => line.join("\t")).join("\n"))
      .then(() => { button.textContent = en ? "Copied" : "已复制"; });
  };
  file.after(" ", button);
})();
