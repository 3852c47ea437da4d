// In a strip that scrolls, the section one is in comes into sight.
for (const strip of document.querySelectorAll(".menu ul, .tabs ul")) {
  const here = strip.querySelector("[aria-current]");
  if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - 24;
}
