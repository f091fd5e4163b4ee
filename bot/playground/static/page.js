"use strict";
// Small comforts only: the page works by its forms and htmx.
const bottom = () => {
  for (const id of ["stream", "thread"]) {
    const box = document.getElementById(id);
    if (box && !box.querySelector(".home, .mail")) box.scrollTop = box.scrollHeight;
  }
};
let near = true;
let spoke = false; // what one says oneself is followed to its answer
document.addEventListener("DOMContentLoaded", () => {
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
  else bottom();
});
const onStream = (event) => event.target?.id === "stream" || event.detail?.target?.id === "stream";
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (!onStream(event)) return;
  const box = document.getElementById("stream");
  near = box.scrollHeight - box.scrollTop - box.clientHeight < 160;
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (onStream(event) && (near || spoke)) {
    bottom();
    spoke = false;
  }
  if (event.detail?.target?.id === "modal") {
    const wrong = document.querySelector("#modal .wrong :is(input:not([type=hidden]),select,textarea)");
    (wrong || document.querySelector("#modal .field :is(input:not([type=hidden]),select,textarea)"))?.focus();
  }
});
const menuOf = (line) => line.form.querySelector(".commands");
document.addEventListener("input", (event) => {
  if (!event.target.matches(".composer .line")) return;
  const menu = menuOf(event.target);
  if (!menu) return;
  const typed = event.target.value;
  let any = false;
  for (const button of menu.querySelectorAll("button")) {
    const fits = /^\/\S*$/.test(typed) && button.dataset.command.startsWith(typed);
    button.parentElement.hidden = !fits;
    any = any || fits;
  }
  menu.hidden = !any;
});
document.addEventListener("click", (event) => {
  const command = event.target.closest("[data-command]");
  if (command) {
    const line = command.closest("form").querySelector(".line");
    line.value = `${command.dataset.command} `;
    menuOf(line).hidden = true;
    line.focus();
  }
  if (event.target.closest("[data-toggle]")) document.body.classList.toggle("show-side");
  for (const open of document.querySelectorAll("details.overflow[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
document.addEventListener("submit", (event) => {
  if (event.target.matches?.(".composer")) spoke = true;
  const menu = event.target.querySelector?.(".commands");
  if (menu) menu.hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("#modal .x")?.click();
});
document.addEventListener("htmx:confirm", (event) => {
  const { question, elt, issueRequest } = event.detail;
  if (!question) return;
  event.preventDefault();
  const [title, ...words] = question.split("\n\n");
  const box = document.getElementById("confirm");
  box.querySelector("h1").textContent = title;
  box.querySelector("p").textContent = words.join("\n\n");
  box.querySelector(".yes").textContent = elt.dataset.yes;
  box.querySelector(".no").textContent = elt.dataset.no;
  box.returnValue = "";
  box.onclose = () => box.returnValue === "yes" && issueRequest(true);
  box.showModal();
});
