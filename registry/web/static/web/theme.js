// Light or dark, as the person's system is set. Read before the page is drawn, so that nothing flashes.
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => {
  document.documentElement.dataset.bsTheme = dark.matches ? "dark" : "light";
};
paint();
dark.addEventListener("change", paint);
