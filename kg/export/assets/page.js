// Opens what is closed around the part that the address asks for.
const openTarget = () => {
  const part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = part && part.closest('details');
  if (closed && !closed.open) { closed.open = true; part.scrollIntoView(); }
};
addEventListener('hashchange', openTarget);
openTarget();
performance.mark('kg-ready');
