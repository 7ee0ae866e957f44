// Follows a job; the page is loaded anew when it ends.
(() => {
  const job = document.getElementById("job");
  if (!job || job.dataset.state !== "running") return;
  const bar = document.getElementById("progress"), step = document.getElementById("step");
  const events = new EventSource(job.dataset.events);
  events.addEventListener("job", event => {
    const told = JSON.parse(event.data);
    if (told.percent != null) bar.value = told.percent;
    if (told.step) step.textContent = told.step;
    if (told.state !== "running") {
      events.close();
      location.reload();
    }
  });
})();
