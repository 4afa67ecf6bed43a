/* Applies the reader's display settings before the first paint. Written by src/core/display.ts. */
(function () {
  try {
    var saved = JSON.parse(localStorage.getItem('sihao.display') || '{}');
    var root = document.documentElement;
    if (['light', 'dark', 'contrast'].indexOf(saved.theme) >= 0) root.dataset.theme = saved.theme;
    if (['large', 'xlarge'].indexOf(saved.font) >= 0) root.dataset.font = saved.font;
  } catch {
    /* Storage is closed to us or holds rubbish: the defaults in index.html stand. */
  }
})();
