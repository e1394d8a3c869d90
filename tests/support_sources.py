"""Invented sources: about thirty articles each, with furniture that recurs and bodies that do not."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Planted:
    """A source with what was put into it."""

    name: str
    articles: dict[str, str]
    """File name to content."""
    furniture: frozenset[str]
    """Lines that a rule should be proposed for; a line whose part varies stands here in all its forms."""
    bodies: frozenset[str]
    """Every line that is text of one article, headlines and headings too."""
    traps: frozenset[str] = field(default=frozenset())
    """Lines that recur and must not be proposed: bylines, dates, credits."""

    def write(self, folder: Path) -> Path:
        """Write the articles into a folder of the source's name."""
        place = folder / self.name
        place.mkdir(parents=True, exist_ok=True)
        for name, text in self.articles.items():
            (place / name).write_text(text, "utf-8")
        return place


_EN = {
    "who": "The council;A fisherman;The new headmaster;A retired engine driver;The choir;Her brother;"
    "The keeper of the lock;A team of divers;The parish clerk;The youngest of the apprentices".split(";"),
    "did": "found;repaired;counted;carried away;painted;measured;lost;sold;hid;photographed".split(";"),
    "what": "the bell of the old ferry;forty baskets of plums;a map of the drains;the weathercock;three stone steps;"
    "the ledger of the mill;a brass compass;the last of the hurdles;two wooden oars;the key of the pump".split(";"),
    "where": "behind the school;near the north quay;in the cellar of the inn;under the railway arch;by the weir;"
    "on the common;at the foot of the tower;in a barn on the hill;beside the allotments;in the reading room".split(";"),
    "then": "and nobody has claimed it since;which surprised the whole street;before the rain came;"
    "although the gate had been locked;and the cost is not yet known;while the band was playing;"
    "as the tide went out;so the fair was moved by a week;but the lamp stayed lit;and a second vote will follow".split(
        ";"
    ),
}
_DE = {
    "who": "Der Gemeinderat;Eine Försterin;Der neue Kantor;Ein früherer Lokführer;Die Feuerwehr;Ihr Nachbar;"
    "Die Wirtin vom Anger;Ein Trupp Taucher;Der Küster;Die jüngste Gesellin".split(";"),
    "did": "fand;reparierte;zählte;verkaufte;bemalte;vermaß;verlor;entdeckte;versteckte;fotografierte".split(";"),
    "what": "die Glocke der alten Fähre;vierzig Körbe Pflaumen;einen Plan der Kanäle;den Wetterhahn;drei Steinstufen;"
    "das Kassenbuch der Mühle;einen Kompass;die letzten Hürden;zwei Ruder;den Schlüssel zur Pumpe".split(";"),
    "where": "hinter der Schule;am nördlichen Kai;im Keller des Gasthofs;unter der Eisenbahnbrücke;am Wehr;"
    "auf der Wiese;am Fuß des Turms;in einer Scheune am Hang;neben den Kleingärten;im Lesesaal".split(";"),
    "then": "und niemand hat sich seither gemeldet;was die ganze Straße überraschte;bevor der Regen kam;"
    "obwohl das Tor verschlossen war;und die Kosten sind noch offen;während die Kapelle spielte;"
    "als das Wasser fiel;weshalb das Fest um eine Woche verschoben wird;aber die Lampe brannte weiter;"
    "und eine zweite Abstimmung soll folgen".split(";"),
}
_ZH = {
    "who": "镇议会;一位渔民;新任校长;退休的火车司机;合唱团;她的哥哥;水闸管理员;一队潜水员;教区书记;最年轻的学徒".split(
        ";"
    ),
    "did": "发现了;修好了;清点了;搬走了;粉刷了;丈量了;弄丢了;卖掉了;藏起了;拍摄了".split(";"),
    "what": "旧渡船的铜钟;四十筐李子;一张下水道地图;屋顶的风向标;三级石阶;磨坊的账本;一只黄铜罗盘;"
    "最后几个跨栏;两支木桨;水泵的钥匙".split(";"),
    "where": "在学校后面;在北码头附近;在客栈的地窖里;在铁路桥洞下;在水坝旁边;在公共草地上;在塔楼脚下;"
    "在山上的谷仓里;在菜园旁边;在阅览室里".split(";"),
    "then": "至今无人认领;整条街都感到惊讶;那时雨还没有下;虽然大门早已上锁;费用目前尚不清楚;当时乐队正在演奏;"
    "潮水也正在退去;因此集市推迟了一周;不过那盏灯一直亮着;随后还将举行第二次投票".split(";"),
}


def _sentence(chance: random.Random, words: dict[str, list[str]]) -> str:
    who, did, what, where, then = (chance.choice(words[part]) for part in ("who", "did", "what", "where", "then"))
    if words is _ZH:
        return f"{who}{where}{did}{what}，{then}。"
    if words is _DE:
        return f"{who} {did} {where} {what}, {then}."
    return f"{who} {did} {what} {where}, {then}."


def _paragraphs(chance: random.Random, words: dict[str, list[str]], number: int) -> list[str]:
    gap = "" if words is _ZH else " "
    counted = {id(_ZH): "第{}份记录。", id(_DE): "Das steht in Akte {}.", id(_EN): "That is note {} of the clerk."}
    paragraphs = [gap.join(_sentence(chance, words) for _ in range(chance.randint(2, 4))) for _ in range(5)]
    paragraphs[2] += gap + counted[id(words)].format(1000 + number * 7)
    return paragraphs


def courier(count: int = 30) -> Planted:
    """English texts: section bar, sharing, a reading time, a signature line with a name, a long disclaimer."""
    chance = random.Random(11)
    people = [f"{first} {last}" for first in "Ada Bert Cleo Dora".split() for last in "Finch Gale Holt Innes".split()]
    fixed = [
        "Courier Live | Tides | Crossword | Notices",
        "Hear this story in the Courier Wireless Room",
        "Become a Friend of the Courier for a shilling a week",
        "The Courier corrects its errors within a day; write to the Readers' Desk at the Old Custom House.",
        "Puzzles Corner",
    ]
    articles, furniture, bodies, traps = {}, set(fixed), set(), {"Photo: Courier archive"}
    for number in range(count):
        body = _paragraphs(chance, _EN, number)
        headline = (
            f"{chance.choice(_EN['who'])} {chance.choice(_EN['did'])} {chance.choice(_EN['what'])}, file {number}"
        )
        person = people[number % len(people)]
        reading = f"Reading time about {2 + number % 7} minutes"
        letters = f"Send {person} a letter by the morning ferry"
        date = f"{1 + number % 28} March 2021"
        lines = [fixed[0], headline, f"By {person}", date, reading, fixed[1], *body[:2]]
        # A heading that several articles have is theirs.
        lines += (["What happened next"] if number % 5 == 0 else []) + ["Photo: Courier archive"]
        lines += [*body[2:], letters, fixed[2], fixed[3], fixed[4]]
        articles[f"story-{number:02d}.txt"] = "\n\n".join(lines) + "\n"
        furniture |= {reading, letters}
        bodies |= {headline, *body, "What happened next"}
        traps |= {f"By {person}", date}
    return Planted("courier", articles, frozenset(furniture), frozenset(bodies), frozenset(traps))


def bote(count: int = 30) -> Planted:
    """German texts: a bar above, a line with section and number, a notice of the agency below, a line in the body."""
    chance = random.Random(12)
    sections = ["Stadt", "Land", "Kultur", "Sport", "Markt", "Wissen"]
    fixed = [
        "Heidebote am Morgen: Jetzt das Blatt zum Frühstück holen",
        "Dieser Beitrag entstand mit dem Lokaldienst Heide und wurde von der Redaktion nicht in allen Teilen geprüft.",
        "Leserpost an den Heideboten",
        "Weiterblättern im Heideboten von heute",
    ]
    articles, furniture, bodies = {}, set(fixed), set()
    for number in range(count):
        body = _paragraphs(chance, _DE, number)
        headline = f"{chance.choice(_DE['who'])} {chance.choice(_DE['did'])} {chance.choice(_DE['what'])} ({number})"
        ledger = f"Ablage Heidebote, Ressort {sections[number % 6]}, Blatt {number * 3 + 1}"
        lines = [fixed[0], headline, f"{1 + number % 28}. Mai 2020", *body, fixed[1], ledger]
        lines += [fixed[2]] + ([fixed[3]] if number % 10 else [])
        articles[f"beitrag-{number:02d}.txt"] = "\n".join(lines) + "\n"
        furniture.add(ledger)
        bodies |= {headline, *body}
    return Planted("bote", articles, frozenset(furniture), frozenset(bodies))


def chinese(count: int = 30) -> Planted:
    """Chinese texts: a number and a name without spaces around them, a slogan, a long notice."""
    chance = random.Random(13)
    people = ["李明远", "王芳", "赵小川", "陈立", "周文博", "孙晓", "吴敏", "郑海"]
    fixed = [
        "云溪晚报读者俱乐部周末茶会报名处",
        "扫一扫关注云溪晚报小信使",
        "本报提醒读者核对渡船时刻，以码头告示牌公布的内容为准。",
    ]
    articles, furniture, bodies = {}, set(fixed), set()
    for number in range(count):
        body = _paragraphs(chance, _ZH, number)
        headline = f"{chance.choice(_ZH['who'])}{chance.choice(_ZH['did'])}{chance.choice(_ZH['what'])}之{number}"
        desk = f"值班校对员{people[number % 8]}云溪晚报夜班组"
        lines = [fixed[0], headline, f"2020年5月{1 + number % 28}日", *body, desk, fixed[1], fixed[2]]
        articles[f"wen-{number:02d}.txt"] = "\n\n".join(lines) + "\n"
        furniture.add(desk)
        bodies |= {headline, *body}
    return Planted("yunxi", articles, frozenset(furniture), frozenset(bodies))


def pages(count: int = 30) -> Planted:
    """English pages of one host, whose furniture stands in the same kind of element as the text."""
    chance = random.Random(14)
    fixed = [
        "Harbour Wire readers get the tide tables first",
        "Tell the night desk what you saw from your window",
        "Story from the Harbour Wire mutual, owned by its readers since the great storm.",
    ]
    articles, furniture, bodies = {}, set(fixed), set()
    for number in range(count):
        body = _paragraphs(chance, _EN, number)
        headline = (
            f"{chance.choice(_EN['who'])} {chance.choice(_EN['did'])} {chance.choice(_EN['what'])}, sheet {number}"
        )
        lines = [fixed[0], *body, fixed[1], fixed[2]]
        text = "".join(f"<p>{line}</p>" for line in lines)
        url = f"https://www.harbour-wire.example/{number}"
        articles[f"page-{number:02d}.html"] = (
            f'<!doctype html><html lang="en"><head><title>{headline}</title><link rel="canonical" href="{url}"></head>'
            f"<body><article><h1>{headline}</h1>{text}</article></body></html>"
        )
        bodies |= {headline, *body}
    return Planted("pages", articles, frozenset(furniture), frozenset(bodies))


SOURCES: tuple[Callable[[], Planted], ...] = (courier, bote, chinese, pages)
