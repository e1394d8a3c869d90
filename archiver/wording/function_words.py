"""The commonest small words of languages in Latin and Cyrillic script, and their telling letters.

A list holds articles, prepositions, conjunctions, pronouns and auxiliary verbs: the words that make
up a third of any prose whatever it is about.
"""

from __future__ import annotations

from collections.abc import Mapping

LATIN: Mapping[str, str] = {
    "af": "die het nie van en is dat vir met wat op om te sy hulle ook deur aan ná sê kan word 'n was by maar hy gaan "
    "ons",
    "ca": "el la els les i de del dels que en per amb una un és no al als seva seu com més però va ha aquest aquesta "
    "són han també dels ens entre pels sobre des",
    "cs": "a se na v že je s z do o to by který která které jako ale pro po jsou byl bylo také podle už jen ve při "
    "jeho jsem má aby nebo když ze až",
    "cy": "y yn i a o ar yr ei mae wedi am fod bod gan oedd sydd eu ac hefyd nid dros hyn i'r o'r mwy ond",
    "da": "og i at det er en den til på af med de for ikke der som et har var han fra vil sig efter også kan være "
    "blev om hvor siger nu mere hun skal ved bliver jeg",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis "
    "mehr durch",
    "en": "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they "
    "which one you were all her she there would their we him been has when who will no more if out so said what "
    "about",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin "
    "sobre este ya entre cuando todo esta ser son también fue había muy hasta desde",
    "et": "ja on ei et ka oli see kui ta mis oma aga ning või veel siis selle mida seda kes nad välja pärast tema "
    "saab olnud kuid üle juba peab",
    "eu": "eta da ez du bat dira ere izan zuen dute baina egin hori den bere beste dela gehiago duen zen dituzte",
    "fi": "ja on ei että se oli hän mutta ovat myös kun niin ole kuin mukaan jotka joka hänen sen tai voi olla sekä "
    "ovat vain vielä jo mitä tämä",
    "fr": "de la le et les des en un une du que est dans qui pour au il par sur pas plus ce avec ne se sont son aux "
    "ou a cette mais ont être été leur comme fait elle nous ces sa deux entre après",
    "ga": "an na agus ar is i go le a ag tá sé bhí atá do don chuid nach leis sin seo ó mar bhfuil siad sí chun",
    "hr": "i u je na se da su za od s koji koje kao a iz nije će bi ne o što ali po to ili samo bio kako još biti "
    "nakon te prema također gdje tko sve",
    "hu": "a az és hogy nem is egy van meg ez volt csak de ha már el még mint azt lesz kell minden vagy amely után "
    "akkor szerint ki nagyon lehet",
    "id": "yang dan di dari untuk dengan ini itu pada tidak dalam akan adalah ke juga oleh mereka bahwa kata telah "
    "bisa karena ada lebih dia saat tersebut sudah atau seperti",
    "is": "og að í á er sem það við um en ekki til með var hann af fyrir hefur eru hún þá þetta því eftir frá sé verið",
    "it": "di e che la il in un a per non è una le del si con i da della sono alla dei al come ha più lo nel gli ma "
    "anche delle dal o se dalla nella questo ai su hanno stato dopo essere suo degli",
    "lt": "ir į kad yra iš su tai ne o buvo bet kaip už nuo dėl jau apie jis po taip pat tik per savo kurie šis prie "
    "dar jų arba pagal",
    "lv": "un ir ka no ar uz par bet kas tas arī tika kā pie nav bija vai pēc to tiek savu gan līdz vēl jau viņš lai "
    "šo ko",
    "ms": "yang dan di untuk dengan ini itu pada tidak dalam akan adalah ke juga oleh mereka bahawa kata telah boleh "
    "kerana ada lebih beliau iaitu daripada kepada tersebut bagi turut",
    "nl": "de het een van en in is dat op te zijn voor met die niet aan er om ook als door naar bij dan wordt maar "
    "uit heeft tot nog over werd deze hij ze worden meer zich kan was of hebben na",
    "no": "og i det er en på til av som å for med ikke at har de den et var han fra vil seg etter også kan være ble "
    "om hvor sier nå mer hun skal ved blir jeg men mot opp noe",
    "pl": "i w na z się nie do że to jest o jak po ale od za co przez tym są dla był który która które oraz także już "
    "ich tego jego może przed tylko ze podczas",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao das foi à ele tem seu "
    "sua ou quando muito nos já também só pelo pela até isso ela entre era depois ser são",
    "ro": "și de în a la cu că pe nu este o din care un să pentru mai sunt fost au s-a prin după dar ce va lui sau al "
    "ale fi această fără între",
    "sk": "a sa na v že je s z do o to by ktorý ktorá ktoré ako ale pre po sú bol bolo aj podľa už len vo pri jeho "
    "som má aby alebo keď zo až tiež",
    "sl": "je in na v se da za so ki pa po z s ne tudi kot bi bo o iz pri že od do ni še lahko ali kar bil bila "
    "zaradi med samo ter",
    "sq": "të e në dhe i për me që një nga se është ka do u nuk janë si më ne kjo ky janë por duke kanë edhe pas",
    "sv": "och i att det som en på är av för med den till inte om ett har de från var han men så kan sig vid också "
    "efter eller när under ut skulle hade nu än hon vi bli här ska där sin säger",
    "sw": "ya na wa kwa ni katika za la kuwa hiyo cha kama alisema hii huo hilo yake wake baada zaidi lakini pia watu "
    "ambao hivyo hata",
    "tl": "ang ng sa na mga ay at para si ito hindi kung ni may nang mula kay siya isang kanyang rin nito din sila ko "
    "pa dahil kanilang",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne ki en kadar sonra var ama o ise göre oldu değil her "
    "tarafından olduğunu nin ya şekilde etti dedi",
    "vi": "và của là có các được trong cho người không với một những này đã để khi đến về từ ở năm nhiều sẽ cũng vào "
    "ra tại ông",
}

CYRILLIC: Mapping[str, str] = {
    "ru": "и в не на что с он как это по но они к у из за от был было были для его она так же мы или также который "
    "которые после об только при уже до",
    "uk": "і в не на що з він як це та у за від був було були для його вона ми або також який які після про тільки "
    "при вже до й але їх є під",
    "bg": "и на да се не от за че с е са по в ще това до като той как но или беше също която които след са има със "
    "към само при вече",
    "sr": "и у је на се да су за од са који које као а из није ће би не о што али по то или само био како још после "
    "такође према када",
    "mk": "и на да се не од за дека со е во ќе тоа до како тој но или беше исто која кои по има кон само при веќе ги "
    "го сите беа",
    "be": "і ў не на што з ён як гэта па але яны у за ад быў было былі для яго яна так мы або таксама які якія пасля "
    "пра толькі пры ўжо да",
    "kk": "және бұл мен да де үшін деп бір бар болып ол осы туралы кейін болды еді екен бойынша",
}

#: Letters that few languages use, with the points one occurrence gives.
LETTERS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "ß": (("de", 60),), "ñ": (("es", 50), ("tl", 4)), "ã": (("pt", 40), ("vi", 6)), "õ": (("pt", 25), ("et", 30)),
    "ł": (("pl", 60),), "ą": (("pl", 30), ("lt", 30)), "ę": (("pl", 30), ("lt", 30)), "ż": (("pl", 50),),
    "ś": (("pl", 50),), "ź": (("pl", 50),), "ğ": (("tr", 60),), "ı": (("tr", 40),), "ş": (("tr", 30), ("ro", 10)),
    "ř": (("cs", 60),), "ě": (("cs", 60),), "ů": (("cs", 60),), "ľ": (("sk", 60),), "ĺ": (("sk", 60),),
    "ŕ": (("sk", 60),), "ô": (("sk", 12), ("fr", 10), ("vi", 6)), "å": (("sv", 12), ("no", 20), ("da", 20)),
    "ø": (("no", 30), ("da", 30)), "æ": (("no", 15), ("da", 25), ("is", 15)), "ő": (("hu", 60),), "ű": (("hu", 60),),
    "ț": (("ro", 60),), "ţ": (("ro", 60),), "ș": (("ro", 60),), "ă": (("ro", 40), ("vi", 10)),
    "đ": (("vi", 25), ("hr", 30)), "ņ": (("lv", 60),), "ģ": (("lv", 60),), "ķ": (("lv", 60),), "ļ": (("lv", 60),),
    "ā": (("lv", 40),), "ī": (("lv", 40),), "ē": (("lv", 40),), "ė": (("lt", 60),), "ų": (("lt", 60),),
    "į": (("lt", 60),), "ū": (("lt", 25), ("lv", 25)), "ŵ": (("cy", 60),), "ŷ": (("cy", 60),), "ð": (("is", 60),),
    "þ": (("is", 60),), "ë": (("sq", 30), ("nl", 6), ("af", 6)), "ơ": (("vi", 60),), "ư": (("vi", 60),),
    "ạ": (("vi", 60),), "ế": (("vi", 60),), "ộ": (("vi", 60),), "ĳ": (("nl", 60),), "œ": (("fr", 30),),
    "ê": (("fr", 15), ("pt", 15), ("af", 10)), "è": (("fr", 12), ("it", 18), ("ca", 15)),
    "ò": (("it", 15), ("ca", 15)), "ä": (("de", 8), ("fi", 20), ("sv", 10), ("et", 15)),
    "ć": (("hr", 30), ("pl", 15)), "č": (("cs", 12), ("sk", 12), ("hr", 12), ("sl", 15), ("lt", 8)),
    "ї": (("uk", 60),), "є": (("uk", 60),), "ґ": (("uk", 60),), "і": (("uk", 20), ("be", 20), ("kk", 10)),
    "ў": (("be", 60),), "ы": (("ru", 30), ("be", 20), ("kk", 10)), "э": (("ru", 15), ("be", 15)),
    "ъ": (("bg", 25), ("ru", 2)), "ј": (("sr", 25), ("mk", 25)), "ђ": (("sr", 60),), "ћ": (("sr", 60),),
    "џ": (("sr", 15), ("mk", 15)), "љ": (("sr", 25), ("mk", 15)), "ќ": (("mk", 60),), "ѓ": (("mk", 60),),
    "ѕ": (("mk", 60),), "қ": (("kk", 60),), "ң": (("kk", 60),), "ғ": (("kk", 60),), "ә": (("kk", 60),),
    "ұ": (("kk", 60),),
}  # fmt: skip

#: Words that part close neighbours: present in the one, absent from the other.
TELLING: Mapping[str, str] = {
    "da": "af hvad nogle blevet efter siden mellem mod uden går lige bliver blev mere meget noget sagde havde også på",
    "no": "av hva noen blitt etter siden mellom mot uten går blir ble mer mye noe sa hadde nå opp både måtte året",
    "af": "nie dit sal wees hulle 'n vir ook deur ou wil gesê sê hy is",
    "ms": "bahawa daripada iaitu beliau kerana boleh kepada turut manakala sebanyak berkata",
    "id": "bahwa bisa karena dari kepada tersebut saat namun mengatakan seorang sejumlah menurut usai",
    "hr": "tko također tijekom vijeće tjedan gdje prije",
    "ca": "amb és aquest aquesta els pels dels seva més també ha fet",
    "pt": "não são uma também é até",
}
