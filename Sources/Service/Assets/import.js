// Hands packages in, one after the other, and goes on to what is in them.
(() => {
  const form = document.getElementById("upload"), field = document.getElementById("files");
  const list = document.getElementById("uploads"), next = form.querySelector("button.primary");
  const api = document.querySelector("meta[name=api]").content;
  const token = document.querySelector("meta[name=form-token]").content;
  const taken = [];
  let waiting = Promise.resolve(), running = 0;

  function send(file) {
    const item = document.createElement("li"), bar = document.createElement("progress");
    const words = document.createElement("span");
    words.textContent = file.name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    item.append(words, bar);
    list.append(item);
    return new Promise(done => {
      const request = new XMLHttpRequest();
      request.open("POST", api + "/packages?file=" + encodeURIComponent(file.name));
      request.setRequestHeader("X-Strata-Form-Token", token);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.addEventListener("progress", event => {
        if (event.lengthComputable) bar.value = 100 * event.loaded / event.total;
      });
      const end = (text, isError) => {
        bar.remove();
        words.textContent = text;
        item.className = isError ? "note error" : "note ok";
        if (isError) item.setAttribute("role", "alert");
        done();
      };
      request.addEventListener("load", () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* told below */ }
        if (request.status !== 201) return end(file.name + ": " + (answer.message ?? "was not taken"), true);
        taken.push({ sha256: answer.package.sha256, file: answer.package.file });
        end(file.name + ": " + answer.solution.uniqueName + " " + answer.solution.version, false);
      });
      request.addEventListener("error", () => end(file.name + ": the service does not answer", true));
      request.send(file);
    });
  }

  function take(files) {
    for (const file of files) {
      running++;
      waiting = waiting.then(() => send(file)).then(() => {
        running--;
        next.disabled = running > 0 || taken.length === 0;
      });
    }
    next.disabled = true;
  }

  field.addEventListener("change", () => take(field.files));
  for (const name of ["dragover", "dragenter"]) form.addEventListener(name, event => {
    event.preventDefault();
    form.classList.add("over");
  });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, event => {
    event.preventDefault();
    form.classList.remove("over");
  });
  form.addEventListener("drop", event => take(event.dataTransfer.files));
  form.addEventListener("submit", event => {
    event.preventDefault();
    const query = taken.map(p => "package=" + p.sha256 + "&file=" + encodeURIComponent(p.file)).join("&");
    location.assign(form.dataset.next + "?" + query);
  });
})();
