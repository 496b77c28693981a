// Turns an answer as it is shown back into the Markdown it was made from: code with its fences, names in their words.
// What is emphasised becomes _ and __, so that a path such as __init__.py is whole again.
(root) => {
  const SKIPPED = "button, [role=button], svg, style, script, noscript, template, [aria-hidden=true]";
  const ticks = (text, least) => {
    const runs = (text.match(/`+/g) || []).map((run) => run.length);
    return "`".repeat(Math.max(least, ...runs.map((run) => run + 1)));
  };
  const tag = (node) => node.tagName.toLowerCase();
  const shown = (node) => !node.matches(SKIPPED) && node.checkVisibility();
  const marks = { b: "__", strong: "__", i: "_", em: "_", del: "~~", s: "~~" };

  const inline = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[ \t\r\n]+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || !shown(node)) return "";
    if (tag(node) === "br") return "\n";
    if (tag(node) === "code") {
      const fence = ticks(node.textContent, 1);
      return fence + node.textContent + fence;
    }
    const text = [...node.childNodes].map(inline).join("");
    const mark = marks[tag(node)];
    return mark && text.trim() ? mark + text + mark : text;
  };

  const fenced = (node) => {
    const code = node.querySelector("code") || node;
    const named = `${node.className} ${code.className}`.match(/(?:language|lang)-([\w+#.-]+)/);
    const text = code.innerText.replace(/\n$/, "");
    const fence = ticks(text, 3);
    return `${fence}${named ? named[1] : ""}\n${text}\n${fence}`;
  };

  const indented = (text, mark) => mark + text.split("\n").join("\n" + " ".repeat(mark.length)).replace(/[ ]+$/gm, "");

  const listed = (node) => {
    let number = Number(node.getAttribute("start") || 1);
    const items = [...node.children].filter((child) => tag(child) === "li" && shown(child));
    return items.map((item) => indented(blocks(item), tag(node) === "ol" ? `${number++}. ` : "- ")).join("\n");
  };

  const table = (node) => {
    const cells = (row) => [...row.cells].map((cell) => inline(cell).trim().replace(/\|/g, "\\|"));
    const rows = [...node.rows].map((row) => `| ${cells(row).join(" | ")} |`);
    if (rows.length) rows.splice(1, 0, `|${" --- |".repeat(node.rows[0].cells.length)}`);
    return rows.join("\n");
  };

  const BLOCKS = "address, article, blockquote, div, dl, fieldset, figure, h1, h2, h3, h4, h5, h6, hr, ol, p, pre, section, table, ul";
  const isBlock = (node) =>
    node.nodeType === Node.ELEMENT_NODE && (node.matches(BLOCKS) || node.querySelector("pre, p, ul, ol, table") !== null);

  const block = (node) => {
    if (!shown(node)) return "";
    const name = tag(node);
    if (name === "pre") return fenced(node);
    if (name === "ul" || name === "ol") return listed(node);
    if (name === "table") return table(node);
    if (name === "hr") return "---";
    if (name === "blockquote") return blocks(node).replace(/^/gm, "> ");
    if (/^h[1-6]$/.test(name)) return `${"#".repeat(Number(name[1]))} ${inline(node).trim()}`;
    return blocks(node);
  };

  const blocks = (node) => {
    const found = [];
    let line = "";
    const end = () => {
      if (line.trim()) found.push(line.replace(/ *\n */g, "\n").trim());
      line = "";
    };
    for (const child of node.childNodes) {
      if (isBlock(child)) {
        end();
        found.push(block(child));
      } else {
        line += inline(child);
      }
    }
    end();
    return found.filter((text) => text).join("\n\n");
  };

  return block(root);
}
