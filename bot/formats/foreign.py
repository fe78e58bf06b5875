"""This room knows the labels of a header in other languages than English."""

MEANINGS = {
    "title": "titel|titre|título|titulo|titolo|название|заголовок",
    "authors": "autor|autorin|autoren|auteur|auteure|autrice|autore|autora|autores|schrijver|författare|автор|авторы"
    "|geschrieben von|verfasst von|écrit par|escrito por|scritto da",
    "series": "serie|série|reihe|серия",
    "rating_raw": "altersfreigabe|alterseinstufung|altersempfehlung|einstufung|classement|clasificación|clasificacion"
    "|classificação|valutazione|рейтинг",
    "description": "inhalt|inhaltsangabe|zusammenfassung|kurzbeschreibung|résumé|resume|resumen|resumo|sinopsis"
    "|sommaire|riassunto|samenvatting|описание|аннотация|саммари",
    "spoilers": "спойлеры|spoileurs",
    "cautions": "warnung|warnungen|avertissement|avertissements|advertencia|advertencias|avvertimenti|avvertenze"
    "|waarschuwing|предупреждение|предупреждения",
    "tags": "kategorie|kategorien|paarung|paarungen|charaktere|figuren|personnages|personnage|personajes|personaggi"
    "|personagens|género|genero|genere|pareja|жанр|жанры|пейринг|персонажи",
    "fandom": "фандом|фэндом",
    "language": "sprache|langue|idioma|lingua|язык",
    "written": "datum|fecha|дата",
    "status": "statut|estado|stato|статус",
    "disclaimer": "haftungsausschluss|rechtliches|droits|descargo|дисклеймер|отказ от прав",
    "note": "anmerkung|anmerkungen|anmerkung der autorin|anmerkung des autors|note de lauteur|notes de lauteur"
    "|note de lauteure|nota del autor|nota de la autora|notas|note dellautore|note dellautrice|примечание|примечания"
    "|от автора|widmung|dédicace|dedicatoria",
    "other": "teil|kapitel|partie|chapitre|parte|capítulo|часть|глава",
}
