// What stands behind an earlier address goes along to the new one; where no script runs, the page itself leads on without it.
const link = document.querySelector("a[data-moved]");
if (link && location.search + location.hash) location.replace(link.href + location.search + location.hash);
