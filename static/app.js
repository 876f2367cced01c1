// Comfort only: every page is complete without it.
"use strict";

// A form that was typed before its session ended is opened again; it is never sent by itself.
const resume = document.querySelector("form[data-resume]");
if (resume) resume.submit();

// On a phone the menu is one line: where one is stands in sight.
const here = document.querySelector(".menu [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 16;

// A form that is being sent is not sent twice.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// A file that is too large is told of before it is sent.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file" || !field.dataset.most) return;
  const large = [...field.files].some((file) => file.size > Number(field.dataset.most));
  field.setCustomValidity(large ? field.dataset.tooLarge : "");
  field.reportValidity();
});
