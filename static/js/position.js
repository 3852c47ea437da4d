// The phone's place, asked for on a tap alone and shown before it is sent.
const box = document.querySelector("[data-position]");

if (box && "geolocation" in navigator) {
  box.hidden = false;
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-position-take]")) return;
    const say = (text) => {
      document.querySelector("[data-position-state]").textContent = text;
    };
    say("Mencari posisi…");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.querySelector("[name=latitude]").value = coords.latitude.toFixed(5);
        document.querySelector("[name=longitude]").value = coords.longitude.toFixed(5);
        say(`Posisi terisi, ketelitian ${Math.round(coords.accuracy)} m.`);
      },
      () => say("Posisi tidak didapat. Tulis tempatnya saja."),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}
