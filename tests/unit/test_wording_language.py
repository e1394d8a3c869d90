"""Languages told from the text, and language tags of RFC 5646."""

# ruff: noqa: E501 (one paragraph a line)
from __future__ import annotations

import pytest

from archiver.wording.language import detect_language, normalise_tag

PARAGRAPHS = {
    "en": "The council said on Friday that the old bridge over the river will be closed until the summer, because it is no longer safe.",
    "de": "Der Rat hat am Freitag mitgeteilt, dass die alte Brücke über den Fluss bis zum Sommer gesperrt wird, weil sie nicht mehr sicher ist.",
    "fr": "Le conseil a annoncé vendredi que le vieux pont sur la rivière sera fermé jusqu'à l'été, parce qu'il n'est plus sûr pour les habitants.",
    "es": "El consejo dijo el viernes que el viejo puente sobre el río estará cerrado hasta el verano porque ya no es seguro para los vecinos.",
    "it": "Il consiglio ha detto venerdì che il vecchio ponte sul fiume sarà chiuso fino all'estate perché non è più sicuro per gli abitanti.",
    "pt": "O conselho disse na sexta-feira que a velha ponte sobre o rio vai ficar fechada até ao verão porque já não é segura para os moradores.",
    "nl": "De raad heeft vrijdag gezegd dat de oude brug over de rivier tot de zomer dicht blijft, omdat die niet meer veilig is voor het verkeer.",
    "pl": "Rada poinformowała w piątek, że stary most na rzece będzie zamknięty do lata, ponieważ nie jest już bezpieczny dla mieszkańców miasta.",
    "tr": "Meclis cuma günü yaptığı açıklamada, nehir üzerindeki eski köprünün artık güvenli olmadığı için yaza kadar kapalı olacağını söyledi ve bir plan sundu.",
    "cs": "Rada v pátek uvedla, že starý most přes řeku bude do léta uzavřen, protože už není bezpečný a jeho oprava se ukázala jako nutná.",
    "sk": "Rada v piatok uviedla, že starý most cez rieku bude do leta uzavretý, pretože už nie je bezpečný a jeho oprava sa ukázala ako nutná.",
    "sv": "Kommunen sade på fredagen att den gamla bron över älven ska vara stängd till sommaren eftersom den inte längre är säker för de boende.",
    "no": "Kommunen sa fredag at den gamle broen over elven skal være stengt til sommeren fordi den ikke lenger er trygg, og at det blir bygget en ny nå.",
    "da": "Kommunen sagde fredag, at den gamle bro over åen skal være lukket til sommeren, fordi den ikke længere er sikker, og der bliver bygget en ny nu.",
    "fi": "Kaupunki kertoi perjantaina, että joen ylittävä vanha silta on suljettu kesään asti, koska se ei ole enää turvallinen, mutta uusi on jo tulossa.",
    "hu": "A tanács pénteken azt mondta, hogy a folyó feletti régi híd nyárig zárva lesz, mert már nem biztonságos, és egy új hidat is kell építeni.",
    "ro": "Consiliul a anunțat vineri că podul vechi de peste râu va fi închis până la vară, pentru că nu mai este sigur, iar un pod nou va fi construit.",
    "hr": "Vijeće je u petak priopćilo da će stari most preko rijeke biti zatvoren do ljeta jer više nije siguran, a novi će se graditi nakon toga.",
    "sl": "Svet je v petek sporočil, da bo stari most čez reko zaprt do poletja, ker ni več varen, in da bodo zgradili tudi novega.",
    "lt": "Taryba penktadienį pranešė, kad senasis tiltas per upę bus uždarytas iki vasaros, nes jis jau nėra saugus, o naujas dar tik planuojamas.",
    "lv": "Dome piektdien paziņoja, ka vecais tilts pār upi būs slēgts līdz vasarai, jo tas vairs nav drošs, un ka jaunais vēl tikai tiek plānots.",
    "et": "Volikogu teatas reedel, et vana sild üle jõe on suveni suletud, sest see ei ole enam ohutu, ja et uus sild on juba kavas.",
    "id": "Dewan kota mengatakan pada hari Jumat bahwa jembatan tua di atas sungai akan ditutup karena tidak aman lagi dan warga bisa memakai jalan lain.",
    "ms": "Majlis bandar berkata pada hari Jumaat bahawa jambatan lama di atas sungai akan ditutup kerana tidak selamat lagi dan penduduk boleh guna jalan lain, iaitu lebuh raya.",
    "vi": "Hội đồng thành phố cho biết hôm thứ Sáu rằng cây cầu cũ qua sông sẽ đóng cửa cho đến mùa hè vì không còn an toàn cho người dân.",
    "ca": "El consell va dir divendres que el vell pont sobre el riu estarà tancat fins a l'estiu perquè ja no és segur, i que aquest any també se'n farà un de nou amb els veïns.",
    "eu": "Udalak ostiralean esan du ibaiaren gaineko zubi zaharra itxita egongo dela uda arte, eta ez dela segurua, baina beste bat egin dute.",
    "ga": "Dúirt an chomhairle Dé hAoine go mbeidh an seandroichead ar an abhainn dúnta go dtí an samhradh mar nach bhfuil sé slán do na daoine agus tá droichead nua ag teastáil.",
    "is": "Bæjarráð sagði á föstudag að gamla brúin yfir ána verði lokuð til sumars því að hún er ekki lengur örugg og það verður byggð ný brú.",
    "sq": "Këshilli tha të premten se ura e vjetër mbi lumë do të jetë e mbyllur deri në verë, sepse nuk është më e sigurt për banorët dhe një tjetër po ndërtohet.",
    "sw": "Baraza lilisema siku ya Ijumaa kwamba daraja la zamani juu ya mto litafungwa hadi majira ya joto kwa kuwa si salama tena, na watu wa mji huo ni wengi.",
    "af": "Die raad het Vrydag gesê dat die ou brug oor die rivier tot die somer gesluit sal wees omdat dit nie meer veilig is nie, en hulle wil 'n nuwe een bou.",
    "tl": "Sinabi ng konseho noong Biyernes na ang lumang tulay sa ilog ay isasara hanggang tag-araw dahil hindi na ito ligtas para sa mga tao.",
    "ru": "Совет сообщил в пятницу, что старый мост через реку будет закрыт до лета, потому что он уже не безопасен для жителей.",
    "uk": "Рада повідомила у п'ятницю, що старий міст через річку буде закритий до літа, бо він уже не є безпечним для мешканців.",
    "bg": "Съветът съобщи в петък, че старият мост над реката ще бъде затворен до лятото, защото вече не е безопасен за хората и ще се строи нов.",
    "sr": "Савет је у петак саопштио да ће стари мост преко реке бити затворен до лета, јер више није безбедан, и да ће се градити нови.",
    "el": "Το συμβούλιο ανακοίνωσε την Παρασκευή ότι η παλιά γέφυρα θα παραμείνει κλειστή μέχρι το καλοκαίρι.",
    "he": "המועצה הודיעה ביום שישי כי הגשר הישן מעל הנהר יהיה סגור עד הקיץ משום שאינו בטוח.",
    "ar": "قال المجلس يوم الجمعة إن الجسر القديم على النهر سيظل مغلقا حتى الصيف لأنه لم يعد آمنا للسكان في المدينة.",
    "fa": "شورا روز جمعه گفت که پل قدیمی روی رودخانه تا تابستان بسته خواهد بود، زیرا دیگر برای مردم ایمن نیست و این کار را لازم دانست.",
    "ur": "کونسل نے جمعہ کو کہا کہ دریا پر پرانا پل گرمیوں تک بند رہے گا کیونکہ یہ اب لوگوں کے لیے محفوظ نہیں ہے۔",
    "hi": "परिषद ने शुक्रवार को कहा कि नदी पर बना पुराना पुल गर्मियों तक बंद रहेगा, क्योंकि यह अब लोगों के लिए सुरक्षित नहीं है।",
    "mr": "परिषदेने शुक्रवारी सांगितले की नदीवरील जुना पूल उन्हाळ्यापर्यंत बंद राहणार आहे आणि तो आता लोकांसाठी सुरक्षित नाही.",
    "th": "สภาเมืองกล่าวเมื่อวันศุกร์ว่าสะพานเก่าข้ามแม่น้ำจะปิดจนถึงฤดูร้อนเพราะไม่ปลอดภัยอีกต่อไป",
    "zh": "市议会星期五表示，河上的旧桥将关闭到夏天，因为它对居民来说已经不再安全，新桥的建设计划也正在讨论之中。",
    "ja": "市議会は金曜日、川にかかる古い橋を夏まで閉鎖すると発表した。住民にとって安全ではなくなったためである。",
    "ko": "시의회는 금요일 강을 가로지르는 오래된 다리가 더 이상 안전하지 않아 여름까지 폐쇄된다고 밝혔다.",
}  # fmt: skip


@pytest.mark.parametrize("tag", sorted(PARAGRAPHS))
def test_the_language_of_a_paragraph_is_told(tag: str) -> None:
    guess = detect_language(PARAGRAPHS[tag] * 2)
    assert guess.tag == tag, guess.evidence
    assert guess.certainty in ("high", "medium")


@pytest.mark.parametrize(
    "text", ["", "   ", "123 456", "Jane Doe", "GX-12 USB 3.0", "Zubrowka Filharmonia Lumen Krater"]
)
def test_thin_evidence_gives_und(text: str) -> None:
    assert detect_language(text).tag == "und"


def test_the_declared_language_does_not_overrule_the_text() -> None:
    guess = detect_language(PARAGRAPHS["de"], declared="en-GB")
    assert (guess.tag, guess.region) == ("de", None)


def test_the_declared_language_decides_where_the_text_tells_nothing() -> None:
    guess = detect_language("Jane Doe", declared="fr-CA")
    assert (guess.tag, guess.certainty, guess.region) == ("fr", "low", "CA")


def test_a_declared_tag_that_agrees_adds_its_region() -> None:
    guess = detect_language(PARAGRAPHS["en"], declared="en_gb")
    assert (guess.tag, guess.region) == ("en", "GB")


def test_a_declared_language_of_another_script_is_not_believed() -> None:
    assert detect_language(PARAGRAPHS["ru"], declared="ar").tag == "ru"
    assert detect_language(PARAGRAPHS["ko"], declared="en").tag == "ko"


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("en_US.UTF-8", "en-US"),
        ("ZH-HANS-cn", "zh-Hans-CN"),
        ("sr-latn-RS", "sr-Latn-RS"),
        ("de-CH-1996", "de-CH-1996"),
        ("es-419", "es-419"),
        ("zh-cmn-Hans", "zh-cmn-Hans"),
        ("en-u-ca-gregory", "en-u-ca-gregory"),
        ("x-Private", "x-private"),
        ("iw", "he"),
        ("i-klingon", "tlh"),
    ],
)
def test_a_well_formed_tag_takes_its_canonical_case(tag: str, canonical: str) -> None:
    assert normalise_tag(tag) == canonical


@pytest.mark.parametrize(
    "tag", ["", "english!", "e", "en-", "-en", "en--GB", "en-GB-GB", "en-a", "de-1996-1996", "en-x", "a-DE", "123"]
)
def test_an_ill_formed_tag_gives_none(tag: str) -> None:
    assert normalise_tag(tag) is None
