/** Put a text on the clipboard; fails where the browser does not let a page do so. */
export async function copy(text: string): Promise<void> {
  // Over plain HTTP, as inside a company, there is no clipboard API: the old way still works.
  if ("clipboard" in navigator) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("The browser does not let this page copy.");
}
