// Shows the fields that the chosen answer asks for; without this all of them stand there.
for (const form of document.querySelectorAll("[data-answer]")) {
  const group = (name) => form.elements[name]?.closest(".mb-3, div[id^=div_id]");
  const show = () => {
    const answer = form.elements.answer.value;
    for (const name of ["person", "person_rank", "person_nip", "person_post"]) {
      group(name).hidden = !["hadir", "diwakilkan"].includes(answer);
    }
    for (const name of ["excuse", "letter"]) group(name).hidden = answer !== "berhalangan";
  };
  form.addEventListener("change", show);
  show();
}
