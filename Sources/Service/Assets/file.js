// Hands a form's file in, and sends the form with its digest.
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const field = form.querySelector("input[type=file]"), place = form.querySelector(".upload");
  const button = form.querySelector("button.primary");
  const api = document.querySelector("meta[name=api]").content;
  const token = document.querySelector("meta[name=form-token]").content;

  function tell(text, isError) {
    place.textContent = text;
    place.className = isError ? "upload note error" : "upload";
    button.disabled = false;
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    const file = field.files[0];
    if (!file) return;
    button.disabled = true;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    place.replaceChildren(bar);
    const request = new XMLHttpRequest();
    request.open("POST", api + "/files?file=" + encodeURIComponent(file.name));
    request.setRequestHeader("X-Strata-Form-Token", token);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", event => {
      if (event.lengthComputable) bar.value = 100 * event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* told below */ }
      if (request.status !== 201) return tell(answer.message ?? "The file was not taken.", true);
      form.elements.sha256.value = answer.sha256;
      form.elements.namedItem("file").value = answer.file;
      form.submit();
    });
    request.addEventListener("error", () => tell("The service does not answer.", true));
    request.send(file);
  });
})();
