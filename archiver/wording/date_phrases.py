"""What sites print around a date: labels, connectors, halves of the day. By language, ``|`` parts phrases."""

from __future__ import annotations

from collections.abc import Mapping

PUBLISHED: Mapping[str, str] = {
    "en": "published|published on|published at|published date|date published|publication date|publish date|"
    "first published|first published on|originally published|originally published on|posted|posted on|"
    "posted at|post date|date|date posted|dated|created|created on|created at|released|release date|issued|"
    "pub|pub date|this article was published on|this article was first published on|"
    "this story was published on|article published|story published|filed|uploaded|uploaded on",
    "de": "veröffentlicht|veröffentlicht am|veröffentlichung|publiziert|publiziert am|erschienen|erschienen am|"
    "erstellt|erstellt am|erstveröffentlichung|datum|stand vom|online seit|zuerst veröffentlicht",
    "fr": "publié|publié le|publiée le|publication|date de publication|mis en ligne|mis en ligne le|posté le|"
    "paru le|créé le|date|rédigé le",
    "es": "publicado|publicado el|publicada el|publicación|fecha de publicación|fecha|creado el|fecha publicación|"
    "primera publicación",
    "it": "pubblicato|pubblicato il|pubblicata il|pubblicazione|data di pubblicazione|data|creato il|"
    "prima pubblicazione",
    "pt": "publicado|publicado em|publicada em|publicado a|publicação|data de publicação|data|criado em|postado em",
    "nl": "gepubliceerd|gepubliceerd op|geplaatst|geplaatst op|publicatiedatum|datum|gemaakt op|verschenen op",
    "pl": "opublikowano|opublikowany|opublikowane|data publikacji|publikacja|data|dodano|data dodania|utworzono|"
    "pierwsza publikacja",
    "ru": "опубликовано|опубликована|дата публикации|дата|создано|размещено|публикация",
    "ar": "نشر|نشر في|نشر بتاريخ|تاريخ النشر|تم النشر|تم النشر في|تاريخ|بتاريخ|أضيف في|نشرت في|منشور في",
    "tr": "yayınlanma|yayınlanma tarihi|yayınlandı|yayımlanma|yayın tarihi|yayımlanma tarihi|giriş|giriş tarihi|"
    "oluşturulma tarihi|oluşturulma|eklenme|eklenme tarihi|tarih|haber giriş",
    "zh": "发布时间|发布日期|发布于|发布|发表于|发表时间|发表日期|发布在|日期|时间|發佈時間|發布時間|發表時間|發佈日期|"
    "發布日期|發佈於|發布於|刊登日期|刊登|上架时间|更新发布",
    "ja": "公開日時|公開日|公開|掲載日|掲載|配信日時|配信|投稿日|発表日|発行日|発信日|日付",
    "ko": "입력|입력일|등록|등록일|게시일|게재|발행일|기사입력|작성일|송고시간",
    "cs": "publikováno|zveřejněno|vydáno|vloženo|datum|datum vydání|vytvořeno",
    "sk": "publikované|zverejnené|vydané|dátum",
    "sv": "publicerad|publicerat|publicerades|publicerad den|datum|först publicerad",
    "no": "publisert|publisert den|lagt ut|først publisert|dato",
    "da": "publiceret|udgivet|offentliggjort|oprettet|dato",
    "fi": "julkaistu|julkaisupäivä|luotu",
    "ro": "publicat|publicat la|publicat pe|publicat în|data publicării|data",
    "hu": "megjelent|közzétéve|publikálva|létrehozva|dátum|megjelenés",
    "uk": "опубліковано|дата публікації|дата|створено|розміщено",
    "bg": "публикувано|публикувана|публикувано на|дата",
    "el": "δημοσίευση|δημοσιεύτηκε|δημοσιεύθηκε|ημερομηνία|ημερομηνία δημοσίευσης|δημοσιεύτηκε στις",
    "hi": "प्रकाशित|प्रकाशन तिथि|पोस्ट किया गया|तारीख",
    "id": "diterbitkan|dipublikasikan|diposting|tanggal|terbit|dibuat",
    "ca": "publicat|publicat el|publicada el|data",
    "he": "פורסם|פורסם ב|פורסם בתאריך|תאריך",
}

MODIFIED: Mapping[str, str] = {
    "en": "updated|updated on|updated at|update|last updated|last updated on|last updated at|last update|modified|"
    "modified on|last modified|last modified on|date modified|date updated|edited|last edited|last edited on|"
    "revised|revised on|last revised|amended|last reviewed|this article was last updated on|"
    "this article was updated on|this story was updated on|upd|modified date|updated date|latest update",
    "de": "aktualisiert|aktualisiert am|zuletzt aktualisiert|zuletzt aktualisiert am|letzte aktualisierung|"
    "letzte änderung|geändert|geändert am|zuletzt geändert|zuletzt geändert am|stand|update|letztes update|"
    "überarbeitet am|aktualisierung|zuletzt bearbeitet",
    "fr": "mis à jour|mis à jour le|mise à jour|mise à jour le|modifié|modifié le|modifiée le|dernière mise à jour|"
    "dernière mise à jour le|dernière modification|dernière modification le|actualisé le|màj|maj",
    "es": "actualizado|actualizado el|actualizada el|última actualización|actualización|modificado|modificado el|"
    "última modificación|fecha de actualización",
    "it": "aggiornato|aggiornato il|aggiornato al|ultimo aggiornamento|aggiornamento|modificato|modificato il|"
    "ultima modifica|aggiornata il",
    "pt": "atualizado|atualizado em|atualizada em|atualizado a|última atualização|última atualização em|actualizado|"
    "actualizado em|modificado em|última modificação|atualização",
    "nl": "bijgewerkt|bijgewerkt op|laatst bijgewerkt|laatst bijgewerkt op|laatste update|gewijzigd|gewijzigd op|"
    "laatst gewijzigd|laatst gewijzigd op|aangepast|aangepast op|update",
    "pl": "aktualizacja|zaktualizowano|ostatnia aktualizacja|zmodyfikowano|ostatnia modyfikacja|data aktualizacji|"
    "aktualizowano|data modyfikacji",
    "ru": "обновлено|обновлена|последнее обновление|изменено|дата обновления|отредактировано|обновление",
    "ar": "تحديث|آخر تحديث|آخر تحديث في|حدث في|تم التحديث|تم التحديث في|تاريخ التحديث|عدل في|آخر تعديل|تاريخ التعديل",
    "tr": "güncelleme|güncellenme|güncellendi|son güncelleme|güncelleme tarihi|güncellenme tarihi|"
    "son güncelleme tarihi|son güncellenme|değiştirilme",
    "zh": "更新时间|更新日期|更新于|更新|最后更新|最后更新于|最近更新|修改时间|更新時間|更新於|最後更新|最後更新於|"
    "最新更新",
    "ja": "更新日時|更新日|更新|最終更新|最終更新日|最終更新日時|修正日",
    "ko": "수정|수정일|최종수정|업데이트|갱신|최종 수정|기사수정",
    "cs": "aktualizováno|aktualizace|upraveno|poslední aktualizace|poslední úprava|změněno",
    "sk": "aktualizované|upravené|posledná aktualizácia",
    "sv": "uppdaterad|uppdaterat|uppdaterades|senast uppdaterad|senast uppdaterad den|ändrad|senast ändrad|"
    "senaste uppdatering",
    "no": "oppdatert|sist oppdatert|sist endret|endret|sist oppdatert den",
    "da": "opdateret|sidst opdateret|senest opdateret|ændret|redigeret|opdateret den",
    "fi": "päivitetty|muokattu|viimeksi päivitetty|viimeksi muokattu",
    "ro": "actualizat|actualizat la|actualizat pe|ultima actualizare|modificat|ultima modificare",
    "hu": "frissítve|módosítva|utolsó frissítés|utoljára frissítve|frissült",
    "uk": "оновлено|останнє оновлення|змінено|дата оновлення",
    "bg": "обновено|обновена|последна актуализация|актуализирано",
    "el": "ενημέρωση|ενημερώθηκε|τελευταία ενημέρωση|τροποποίηση|τελευταία τροποποίηση",
    "hi": "अपडेटेड|अपडेट|अंतिम अपडेट|अद्यतन|संशोधित",
    "id": "diperbarui|diperbaharui|pembaruan terakhir|terakhir diperbarui|diubah",
    "ca": "actualitzat|actualitzat el|actualitzada el|darrera actualització|modificat",
    "he": "עודכן|עודכן ב|עדכון אחרון|עודכן לאחרונה",
}

#: Words that carry no date information of their own but stand between those that do.
CONNECTORS: Mapping[str, str] = {
    "en": "on|at|of|the|st|nd|rd|th|date and time|time|and|local time",
    "de": "am|um|den|der|vom|im|gegen|und",
    "fr": "le|à|a|er|et|du|ème|l|d",
    "es": "el|de|del|a|a las|a la|las|la|las|y|º|o",
    "it": "il|alle|alle ore|ore|ora|del|dell|l|al|e|º|o",
    "pt": "de|do|em|às|as|a|à|e|º|o|dia|pelas",
    "nl": "op|om|de|van|en",
    "pl": "o|godz|godzina|godzinie|o godz|o godzinie|r|roku|dnia|w dniu|w|z dnia|z|g",
    "ru": "в|г|года|год|от|и|го",
    "ar": "في|الساعة|على الساعة|عند الساعة|يوم|م|و|على|من|ه|الموافق|بتوقيت غرينتش",
    "tr": "saat|saati|tarihinde|günü|da|de|ve",
    "zh": "于|在|於|时|時|分|点|點|秒|上",
    "ja": "時|分|秒|付|付け|に",
    "ko": "시|분|초|에|년",
    "cs": "v|ve|dne|a",
    "sk": "o|dňa|v|a",
    "sv": "kl|klockan|den|och|och tid",
    "no": "kl|klokken|den|og|i",
    "da": "kl|klokken|den|d|og|i",
    "fi": "klo|kello|ja",
    "ro": "la|ora|orele|în|pe|din|și",
    "hu": "án|én|i|ai|ei|kor|és|a|az",
    "uk": "о|об|в|року|р|від|та|й|і",
    "bg": "в|г|година|от|на",
    "el": "στις|ώρα|του|της|στη|η",
    "hi": "को|पर|और|की|के|में|पूर्वाह्न",
    "id": "pukul|jam|pada|tanggal|dan",
    "ca": "a les|de|del|d|el|i|a",
    "he": "בשעה|ב|ה|יום|של",
}

#: First and second half of the day.
AM: Mapping[str, str] = {
    "en": "am|a m",
    "es": "am|a m",
    "ar": "ص|صباحا|صباحًا",
    "zh": "上午|凌晨|早上",
    "ja": "午前",
    "ko": "오전",
    "tr": "öö",
    "el": "πμ|π μ",
    "hu": "de",
    "sv": "fm",
}
PM: Mapping[str, str] = {
    "en": "pm|p m",
    "es": "pm|p m",
    "ar": "م|مساء|مساءً",
    "zh": "下午|晚上",
    "ja": "午後",
    "ko": "오후",
    "tr": "ös",
    "el": "μμ|μ μ",
    "hu": "du",
    "sv": "em",
}

#: Words for "o'clock" behind an hour or a time.
HOURS: Mapping[str, str] = {
    "en": "hrs|hours|h|hr",
    "de": "uhr|h",
    "fr": "h|heures|heure",
    "es": "h|hs|hrs|horas",
    "it": "h|ore",
    "pt": "h|hs|horas|hrs",
    "nl": "uur|u",
    "cs": "hod|hodin|h",
    "sk": "hod|hodín|h",
    "ru": "ч|часов|часа",
    "hu": "óra|órakor",
    "bg": "ч|часа",
    "hi": "बजे",
    "ca": "h|hores",
    "zh": "时|時",
    "ja": "時",
}
