"""Words that tell personal names from other words, and the words that stand around names in bylines."""

from __future__ import annotations

#: Lower-case parts within personal names.
PARTICLES = frozenset(
    "van der den de la le du di da dos das do del della dello dell des von zu zur zum vom af av bin ibn bint ben al el "
    "ul ur ter ten te tot op 't y e ap ab abu st saint san santa dal dalla degli".split()
)

#: Forms of address; they are not kept as part of a name.
TITLES = frozenset(
    "dr prof professor sir dame lord lady mr mrs ms miss rev revd fr hon mag ing dipl-ing herr frau mme mlle m sr sra "
    "srta don dott dottor rechtsanwalt rechtsanwältin avv dra drs ir mgr hab inż".split()
)

#: Words that open no personal name and stand in none: a line with one of them is a heading, a place, a unit.
NOT_IN_NAMES = frozenset(
    "the an and of in on at to for from with by as is are was were be been has have had would can could should "
    "how why what when where who which this that these those it its his her their our your you we they he she not no "
    "new old more most all about after before over under up down out off into than then but or if so "
    "news report reports analysis opinion comment comments review interview video watch live update updates breaking "
    "exclusive editorial feature features sport sports world business politics culture society science technology "
    "health travel money weather home menu search share follow subscribe newsletter login register sign more "
    "related topics tags photo photos picture pictures image images gallery advertisement sponsored contact us "
    "terms privacy policy cookies cookie settings copyright rights reserved minister president prime government "
    "state states islamic war wars battle attack attacks police city council street road avenue square "
    "university college school court house party bank group union united nations kingdom republic emirates "
    "north south east northern southern eastern western central middle upper lower great "
    "island islands river lake mountain mountains sea ocean bay coast valley province district county region "
    "europe africa asia america american british french german russian chinese european african asian arab "
    "iran iraq syria turkey egypt yemen libya russia china japan korea india pakistan france germany "
    "spain italy greece poland ukraine canada mexico brazil argentina australia england scotland wales ireland britain "
    "arabia zealand africa lanka york angeles francisco vegas orleans kong delhi aviv jersey dakota "
    "hampshire california texas florida london paris berlin madrid rome moscow beijing tokyo cairo baghdad "
    "monday tuesday wednesday thursday friday saturday sunday january february march june july "
    "september october november december today yesterday tomorrow week month year years days "
    "first second third last next years million billion percent part chapter figure table one two three four five "
    "early late key facts main points background conclusion introduction summary overview infighting internal "
    "external disarray imminent demise growing rising falling final crisis climate change economy market markets "
    "election elections vote votes deal talks plan plans laws rule rules right left centre center "
    "der die den dem des ein eine einer und oder mit für auf bei nach über unter zwischen wie warum was wer "
    "wo wann neue neuer neues neuen mehr alle kein keine zum zur im am vom beim aus nicht ist sind wird werden "
    "weitere weiteren informationen pressemitteilung thema release date find location view select "
    "zurück ihre ihr unsere unser deine dein angaben verwandte artikel zitat "
    "les une et ou avec pour sur dans par qui que quoi comment pourquoi nouveau nouvelle plus "
    "los las una con para sobre por qué cómo cuándo dónde nuevo nueva más "
    "gli uno una con come perché nuovo nuova più che il lo "
    "os as um uma com para sobre como por nova novo mais "
    "het een met voor naar hoe waarom nieuwe meer wat wie "
    "lesen mehr weiterlesen kommentar kommentare teilen anzeige impressum datenschutz archiv startseite "
    "social sharing latest article articles discover buy now expand submenu top stories story classifieds league "
    "untermenü neueste neuester videos mein konto unser unsere gutscheine ansehen ultima última hora noticias "
    "lire aussi partager commentaires leer más compartir comentarios leggi anche condividi leia mais".split()
)

#: Words of job titles; an item behind a name with one of them names the job.
JOB_WORDS = frozenset(
    "editor correspondent reporter writer journalist columnist producer analyst chief staff bureau deputy senior "
    "contributor freelance photographer critic commentator author researcher fellow professor director specialist "
    "redakteur redakteurin korrespondent korrespondentin reporterin autor autorin journalistin volontär "
    "journaliste correspondant correspondante rédacteur rédactrice envoyé envoyée spécial spéciale "
    "corresponsal redactor redactora periodista enviado enviada especial "
    "corrispondente inviato inviata giornalista redattore correspondente repórter jornalista "
    "correspondent redacteur verslaggever journaliste dziennikarz dziennikarka redaktor "
    "корреспондент редактор обозреватель журналист muhabir muhabiri editörü yazar yazarı".split()
)

#: Words in the names of newsrooms and agencies.
ORGANISATION_WORDS = frozenset(
    "news times post press agency herald tribune reuters afp ap bbc cnn dpa efe ansa pap upi tass interfax apa sda "
    "lusa belga anp ntb tt ritzau stt magazine journal daily weekly radio tv television media network gazette mail "
    "observer telegraph express chronicle dispatch bulletin agencies newsroom newsdesk desk staff team wires "
    "bloomberg zeitung rundschau tageblatt presse nachrichten agentur agenturen redaktion redaction rédaction "
    "redacción redazione redação redactie redakcja редакция agencia agencias agence agences agenzia agenzie agências "
    "diario periódico giornale jornal gazeta dziennik krant dagblad газета агентство haber ajansı xinhua anadolu "
    "kyodo jiji yonhap xinhuanet editors correspondents reporters writers company corporation service services "
    "associated foundation institute centre center".split()
)

#: Newsrooms whose names hold none of the words above by themselves.
AGENCIES = frozenset(
    (
        "reuters", "afp", "ap", "dpa", "efe", "ansa", "pap", "upi", "tass", "тасс", "риа новости", "интерфакс",
        "agence france-presse", "associated press", "the associated press", "press association", "pa", "pa media",
        "staff and agencies", "agencies", "staff", "staff reporter", "staff writer", "staff writers", "our staff",
        "news agencies", "agencies and staff", "associated press reporters", "europa press", "新华社", "共同通信",
        "時事通信", "中央社", "中新社", "رويترز", "أ ف ب", "وكالات", "الأناضول", "онлайн-редакция", "redaktion",
        "redacción", "la redazione", "redazione", "la rédaction", "redação", "redactie", "redakcja", "редакция",
        "anadolu ajansı", "anadolu agency", "iha", "dha",
    )
)  # fmt: skip

#: Family names that open most Chinese and Korean names of two to four characters.
HAN_FAMILY_NAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭"
    "吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬"
    "段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
)
