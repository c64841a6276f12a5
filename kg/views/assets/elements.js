// Elements made from names and text. Text from the graph only ever becomes a text node here.
const Elements = (() => {
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") element.addEventListener("click", value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
    }
    for (const child of children.flat()) if (child !== null && child !== undefined && child !== "") element.append(child);
    return element;
  }
  const isWeb = (url) => { try { return ["http:", "https:"].includes(new URL(url).protocol); } catch { return false; } };
  // A link that leaves the page, or the bare text where the address is not one of the web.
  function link(url, text) {
    if (!isWeb(url)) return document.createTextNode(text ?? url);
    return make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text ?? nameOf(url));
  }
  function nameOf(url) {
    const { hostname, pathname } = new URL(url);
    const last = decodeSafely(pathname.split("/").filter(Boolean).pop() ?? "").replace(/\.html?$/, "");
    return hostname.replace(/^(www|zoek)\./, "") + (last ? ": " + last.slice(0, 60) : "");
  }
  function decodeSafely(text) { try { return decodeURIComponent(text); } catch { return text; } }
  // Text in its own direction, whatever stands around it.
  const plain = (text, name = "bdi") => make(name, {}, text);
  return { make, link, plain, isWeb };
})();
