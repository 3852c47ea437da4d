"""Invented names of many origins, and ways in which people misspell them.

Surnames repeat as they do in life: some are had by many, most by few. Everything is put
together from the lists below; nobody's name is looked up anywhere.
"""

import random
from collections.abc import Callable
from itertools import accumulate

Pick = Callable[[], str]


def words(text: str) -> list[str]:
    return text.split()


class Pool:
    """Words of which the first are frequent; ``steep`` says how much more."""

    def __init__(self, names: list[str], steep: float = 1.0, least: float = 8) -> None:
        self.names = names
        weights = [1 / (rank + least) ** steep for rank in range(len(names))]
        self.cumulated = list(accumulate(weights))

    def one(self, chance: random.Random) -> str:
        return chance.choices(self.names, cum_weights=self.cumulated)[0]


def joined(*parts: str, chance: random.Random, most: int) -> list[str]:
    """Words put together from syllables, each part a list of them; in a fixed order."""
    lists = [words(part) for part in parts]
    made: dict[str, None] = {}
    while len(made) < most:
        made["".join(chance.choice(syllables) for syllables in lists)] = None
    return list(made)


SEED = random.Random(9303)  # noqa: S311 -- invented names, no secrets

KOREAN = Pool(
    words(
        "KIM LEE PARK CHOI JUNG KANG CHO YOON JANG LIM HAN OH SEO SHIN KWON HWANG AHN "
        "SONG RYU HONG JEON KO MOON SON YANG BAE BAEK HEO NAM SIM NOH HA KWAK SUNG CHA "
        "JOO WOO KOO MIN NA JIN JI UM BYUN CHAE WON BANG CHEON KONG HYUN"
    ),
    1.1,
    1.5,
)
KOREAN_FIRST = Pool(
    words(
        "MIN JI SEO HYUN YOUNG SUNG JUN JAE SANG DONG KYUNG EUN HYE YU CHANG TAE SEUNG "
        "JIN IN HO WON KI BYUNG JONG YOON HEE KWANG SU DO GYU CHUL MYUNG AH NA BO SO JU "
        "GA DA HA RA SE WOO YE"
    )
)
KOREAN_LAST = Pool(
    words(
        "HO JUN MIN WOO HYUN YOUNG SOO JIN HEE SUK KYU HOON SIK AH YEON JUNG EUN RIM MI "
        "SUNG CHUL KYUNG HWAN BIN YOUL KI WON GYEONG NA JOO HEON BEOM SEOK YUN IL TAE "
        "RAN OK SUN JA HEUM RYONG GIL MAN BAE"
    )
)
CHINESE = Pool(
    words(
        "WANG LI ZHANG LIU CHEN YANG HUANG ZHAO WU ZHOU XU SUN MA ZHU HU GUO HE GAO LIN "
        "LUO ZHENG LIANG XIE SONG TANG XIAO DENG HAN FENG CAO PENG ZENG DONG YUAN PAN YU "
        "JIANG CAI DU YE CHENG SU WEI LU DING REN SHEN YAO ZHONG CUI TAN FAN JIN SHI LIAO "
        "JIA XIA FU FANG BAI ZOU MENG XIONG QIN QIU HOU GU DUAN LEI QIAN TIAN"
    ),
    1.0,
    5,
)
PINYIN = Pool(
    words(
        "WEI MING HUA JUN YING XIN YAN LI JIE TAO FANG LEI CHAO XIAO HONG YU PING BO HAO "
        "QIANG MIN YANG JING BIN LONG FEI GANG JIAN KAI LIN NA PENG QIN RUI SHAN TING WEN "
        "XIA XUE YI YONG YUAN ZHI ZHEN ZI CHUN DAN DONG FENG GUANG GUO HAI HE HUI JIA JUAN "
        "KUN LAN LIANG MEI NING QI QING RONG SEN SHENG SHU SI TIAN XIANG XING XIU YA YE "
        "ZE ZHONG AN BAO CHENG DE FU GUI HENG JI"
    )
)
JAPANESE = Pool(
    joined(
        "TANA YAMA SUZU TAKA NAKA KOBA MATSU INO KIMU SAI ABE HAYASHI SHIMI MORI IKE HASHI "
        "YOSHI OKA OGA MURA ISHI MAE FUJI GOTO KON SAKA END AOKI NISHI FUKU OTA MIYA HARA "
        "TAKE UEDA KAWA ONO KUDO SHIBA OHNO",
        "KA MOTO GUCHI MURA DA SHITA HASHI YAMA NO SAKI WA KI TA ZAWA BE I HARA GAWA SHIMA "
        "UCHI NISHI MATSU DO KURA NAGA",
        chance=SEED,
        most=600,
    ),
    0.9,
    6,
)
JAPANESE_GIVEN = Pool(
    joined(
        "HIRO TAKA YOSHI KAZU MASA NORI TOSHI AKI HARU KEI YUU SHIN KEN DAI RYO NAO MI SA "
        "YUKI TOMO MAYU A KAO RI E ERI",
        "SHI KI TO YA SUKE TA MI KO KA NA RO HIKO NOBU O MA I NO RI",
        chance=SEED,
        most=260,
    )
)
INDIAN = Pool(
    words(
        "KUMAR SINGH SHARMA PATEL GUPTA DAS KHAN REDDY RAO YADAV VERMA JHA MISHRA NAIR IYER "
        "MEHTA SHAH JOSHI KAUR DEVI PILLAI MENON CHATTERJEE BANERJEE MUKHERJEE BOSE GHOSH "
        "DESAI PATIL KULKARNI NAIDU CHOUDHARY THAKUR PANDEY TIWARI SAXENA AGARWAL BHAT "
        "HEGDE SHETTY PRASAD SINHA MALHOTRA KAPOOR CHOPRA ARORA SETHI BHATIA RATHORE SOLANKI"
    ),
    1.0,
    3,
)
INDIAN_GIVEN = Pool(
    words(
        "RAJESH SANJAY AMIT SUNIL RAVI VIJAY ANIL SURESH RAMESH MANOJ DEEPAK ASHOK VINOD "
        "RAKESH MUKESH RAHUL ROHIT VIKAS NITIN SANDEEP PRAKASH DINESH GANESH MAHESH NAVEEN "
        "KIRAN SRINIVAS VENKATESH KARTHIK ARJUN ADITYA NIKHIL VARUN HARISH GOPAL MOHAN "
        "PRIYA ANITA SUNITA KAVITA POOJA NEHA RITU SEEMA REKHA MEENA LAKSHMI GEETA RADHA "
        "DIVYA SWATI SHWETA ANJALI NISHA JYOTI SHANTI VIDYA PADMA USHA LATA ASHA INDIRA"
    )
)
MUSLIM = Pool(
    words(
        "MUHAMMAD AHMED ALI MOHAMMED HUSSAIN ABDUL HASSAN OMAR IBRAHIM YUSUF KHALID MUSTAFA "
        "MAHMOUD SAEED RASHID HAMZA BILAL TARIQ IMRAN ASIF NAVEED KAMRAN FAISAL SALMAN "
        "USMAN ZAHID SHAHID WASEEM NADEEM ARSHAD IQBAL RAFIQ JAMAL KARIM RAHIM SALIM AMIN "
        "FATIMA AISHA MARYAM KHADIJA ZAINAB AMINA SANA HINA NOOR LAILA SAMIRA RANIA HUDA "
        "YASMIN NADIA FARAH SAIRA RUKHSANA NASREEN SHAMIM"
    ),
    1.0,
    4,
)
MUSLIM_FAMILY = Pool(
    words("KHAN MALIK SHEIKH QURESHI SIDDIQUI BUTT CHAUDHRY MIRZA BAIG ANSARI RAHMAN ISLAM HOSSAIN UDDIN MIAH SARKAR ALAM HAQUE MOLLAH TALUKDER BHUIYAN")  # fmt: skip
    + joined("AL EL", "HA SA RA MA ZA QA BA KA TA SHA NA GHA JA DA WA FA", "RIRI DDADI BASHI HMADI SSANI MRANI LLAMI ZZAWI BOURI YYAT TTAR DRI NNOUNI LIFI JJAR SMI",
             chance=SEED, most=300),
    0.8,
    4,
)  # fmt: skip
FILIPINO = Pool(
    words(
        "SANTOS REYES CRUZ BAUTISTA OCAMPO GARCIA MENDOZA TORRES FLORES GONZALES RAMOS "
        "AQUINO VILLANUEVA CASTILLO RIVERA NAVARRO DOMINGO SALAZAR MERCADO DELA_CRUZ TOLENTINO "
        "PASCUAL SORIANO AGUILAR VALDEZ MANALO DIMACULANGAN PANGANIBAN MAGSAYSAY LACSON "
        "CORPUZ ESPIRITU EVANGELISTA FAJARDO GUEVARRA IGNACIO JAVIER LORENZO MALABANAN"
    ),
    0.8,
    3,
)
LATIN_GIVEN = Pool(
    words(
        "JOSE JUAN MARIA ANTONIO CARLOS LUIS MIGUEL RAFAEL RICARDO EDUARDO FERNANDO ROBERTO "
        "ROSE ANN GRACE JOY CRISTINA ANGELICA MARK JOHN PAUL ANGELO CHRISTIAN JEROME RYAN "
        "PEDRO DIEGO ANDRES PABLO JORGE SERGIO LUCIA CARMEN ELENA BEATRIZ ISABEL TERESA"
    )
)
VIETNAMESE = Pool(
    words(
        "NGUYEN TRAN LE PHAM HOANG PHAN VU DANG BUI DO HO NGO DUONG LY DINH TRUONG MAI DAO VO LAM"
    ),  # fmt: skip
    1.3,
    1,
)
VIETNAMESE_MIDDLE = Pool(words("VAN THI DUC HUU MINH QUOC THANH NGOC XUAN HONG THU KIM ANH DINH TUAN"))  # fmt: skip
VIETNAMESE_GIVEN = Pool(
    words(
        "ANH HUNG DUNG TUAN LINH HOA LAN HUONG NAM SON HAI LONG PHUONG MAI THAO TRANG QUAN "
        "KHANH DAT BINH CUONG THANG HIEU TUNG KIEN PHONG VINH TAM NGA YEN HANH NHUNG VY"
    )
)
THAI = joined(
    "SUK WONG CHAI SOM PRA SIRI THONG KAEW BOON RAT PHAN KIT NARO WATTANA CHAROEN PONG",
    "SA WAT PHA THA RI CHA NA KHO MO TI",
    "WONG SUK DEE CHAI PORN RAK SIN KUN SRI THORN PHAN SAKUL WET NGAM",
    chance=SEED,
    most=1500,
)
THAI_FAMILY = Pool(THAI, 0.5, 20)
THAI_GIVEN = Pool(
    words(
        "SOMCHAI SOMSAK PRASERT WICHAI SURACHAI ANAN NARONG PREECHA SOMPORN MALEE SUDA "
        "WANDEE KANYA NITAYA RATANA SIRIPORN PIMCHANOK THANAWAT KITTISAK NATTAPONG CHAIYA "
        "ARTHIT PAKORN WORAWUT SUPATRA JINTANA ORAWAN PORNTHIP"
    )
)
RUSSIAN = Pool(
    joined(
        "IVAN SMIRN KUZNETS POP VASIL PETR SOKOL MIKHAIL NOVIK FYODOR MOROZ VOLK ALEKSE LEBED "
        "SEMYON YEGOR PAVL KOZL STEPAN NIKOLA ORL ANDRE MAKAR NIKIT ZAKHAR ZAYTS SOLOVY "
        "BORIS YAKOVL GRIGOR ROMAN VOROB SERGE KUZMIN FROL BELY TARAS BELIK GERASIM",
        "OV EV IN SKY ENKO CHUK KIN YEV",
        chance=SEED,
        most=240,
    ),
    0.8,
    4,
)
RUSSIAN_GIVEN = Pool(
    words(
        "ALEKSANDR SERGEY DMITRY ANDREY ALEKSEY IVAN MIKHAIL NIKOLAY VLADIMIR YEVGENY PAVEL "
        "VIKTOR IGOR OLEG YURY MAKSIM ANTON KONSTANTIN YEKATERINA OLGA TATYANA NATALYA "
        "ANNA MARINA SVETLANA YULIYA IRINA DARYA ANASTASIYA KSENIYA"
    )
)
WESTERN = Pool(
    words(
        "SMITH JONES MUELLER SCHMIDT BROWN WILLIAMS TAYLOR MEYER WEBER FISCHER WILSON JOHNSON DAVIES EVANS WALKER WRIGHT DE_JONG VAN_DIJK JANSSEN"
    )  # fmt: skip
    + joined(
        "HART WIN BRAD STAN ASH BUCK CAL DUN EDG FAIR GREN HAM KIRK LANG MARL NEW PRES RAD "
        "SHEL THORN WAL WHIT ROSEN KAUF ZIMMER BAU HOFF KLEIN STEIN BERG VOGEL",
        "TON FORD LEY WOOD BURY HAM WELL FIELD MAN MANN BERG STEIN ER BACH DORF STROM SON",
        chance=SEED,
        most=480,
    ),
    0.7,
    4,
)
WESTERN_GIVEN = Pool(
    words(
        "JAMES JOHN MICHAEL DAVID ROBERT THOMAS PETER ANDREW MARK PAUL STEPHEN CHRISTOPHER "
        "DANIEL MATTHEW SIMON RICHARD MARTIN STEFAN JUERGEN WOLFGANG KLAUS HANS PIETER "
        "WILLEM SARAH EMMA LAURA JULIA ANNA KATHERINE ELIZABETH SUSAN HELEN CLAIRE NICOLE "
        "SABINE PETRA MONIKA CHARLOTTE SOPHIE LOUISE MARGARET PATRICIA JENNIFER"
    )
)
AFRICAN = Pool(
    joined(
        "OKA ADE OLU CHI NWA EZE IFE OBI MEN KWA AFO YAW OSEI BOA ANSA DIA TRA KEI",
        "FOR BA YE NU DI KO WA MI SHI RO",
        "MOLA LE JO DE KU NNA SAH TENG FO RE MA CHI",
        chance=SEED,
        most=500,
    ),
    0.7,
)


def korean(chance: random.Random) -> str:
    given = [KOREAN_FIRST.one(chance), KOREAN_LAST.one(chance)]
    between = chance.choices([" ", "", "-"], [45, 40, 15])[0]
    return f"{KOREAN.one(chance)} {between.join(given)}"


def chinese(chance: random.Random) -> str:
    given = PINYIN.one(chance) + (PINYIN.one(chance) if chance.random() < 0.8 else "")
    return f"{CHINESE.one(chance)} {given}"


def muslim(chance: random.Random) -> str:
    given = [
        MUSLIM.one(chance) for _ in range(chance.choices([1, 2, 3], [25, 50, 25])[0])
    ]
    return " ".join([*dict.fromkeys(given), MUSLIM_FAMILY.one(chance)])


def of(given: Pool, family: Pool, second: float) -> Callable[[random.Random], str]:
    """Given names before the surname; ``second`` is how often there is another one."""

    def make(chance: random.Random) -> str:
        names = [given.one(chance)]
        if chance.random() < second:
            names.append(given.one(chance))
        return " ".join([*dict.fromkeys(names), family.one(chance)]).replace("_", " ")

    return make


def vietnamese(chance: random.Random) -> str:
    return f"{VIETNAMESE.one(chance)} {VIETNAMESE_MIDDLE.one(chance)} {VIETNAMESE_GIVEN.one(chance)}"


# Code of the nationality, share among a hundred, how its names are made.
ORIGINS: list[tuple[str, int, Callable[[random.Random], str]]] = [
    ("KOR", 28, korean),
    ("CHN", 17, chinese),
    ("JPN", 9, of(JAPANESE_GIVEN, JAPANESE, 0)),
    ("IND", 10, of(INDIAN_GIVEN, INDIAN, 0.3)),
    ("PAK", 4, muslim),
    ("BGD", 4, muslim),
    ("YEM", 3, muslim),
    ("PHL", 6, of(LATIN_GIVEN, FILIPINO, 0.7)),
    ("VNM", 4, vietnamese),
    ("THA", 4, of(THAI_GIVEN, THAI_FAMILY, 0)),
    ("RUS", 3, of(RUSSIAN_GIVEN, RUSSIAN, 0)),
    ("D", 2, of(WESTERN_GIVEN, WESTERN, 0.3)),
    ("AUS", 3, of(WESTERN_GIVEN, WESTERN, 0.5)),
    ("NGA", 3, of(AFRICAN, AFRICAN, 0.6)),
]
SHARES = list(accumulate(share for _code, share, _make in ORIGINS))


def person(chance: random.Random) -> tuple[str, str, int]:
    """Nationality, name and birth year; most people are of working age."""
    code, _share, make = chance.choices(ORIGINS, cum_weights=SHARES)[0]
    year = int(min(max(chance.gauss(1982, 13), 1935), 2022))
    return code, make(chance), year


VARIANTS = [
    ("OO", "U"), ("EE", "I"), ("CH", "J"), ("ZH", "J"), ("PH", "F"), ("KH", "K"),
    ("SH", "SY"), ("OU", "U"), ("MM", "M"), ("SS", "S"), ("LL", "L"), ("TH", "T"),
    ("Y", "I"), ("Q", "K"), ("C", "K"), ("V", "W"), ("W", "V"), ("K", "G"), ("G", "K"),
    ("P", "B"), ("B", "P"), ("D", "T"), ("J", "CH"), ("X", "KS"), ("EU", "U"),
    ("E", "I"), ("O", "U"), ("U", "O"), ("I", "Y"), ("Z", "S"), ("A", "E"), ("T", "D"),
]  # fmt: skip
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def edited(name: str, chance: random.Random) -> str:
    """One letter changed, left out or put in."""
    place = chance.choice([n for n, char in enumerate(name) if char.isalpha()])
    letter = chance.choice(LETTERS)
    return chance.choice(
        [
            name[:place] + letter + name[place + 1 :],
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place:],
        ]
    )


def transposed(name: str, chance: random.Random) -> str:
    """Two neighbouring letters change places."""
    places = [
        n
        for n in range(len(name) - 1)
        if name[n] != name[n + 1] and name[n : n + 2].isalpha()
    ]
    place = chance.choice(places)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def with_other_words(name: str, chance: random.Random) -> str:
    """A word left out of three or more, or one put in."""
    parts = name.replace("-", " ").split()
    if len(parts) > 2 and chance.random() < 0.5:
        parts.pop(chance.randrange(len(parts)))
    else:
        parts.insert(chance.randrange(len(parts) + 1), chance.choice(["BIN", "MARIA", "JR", "AL", "DE", "LEE", "MD", "ANN"]))  # fmt: skip
    return " ".join(parts)


def transliterated(name: str, chance: random.Random) -> str:
    """Another spelling of the same sounds, or the words in another order or grouping."""
    for old, new in chance.sample(VARIANTS, len(VARIANTS)):
        if old in name:
            name = name.replace(old, new, 1)
            break
    parts = name.replace("-", " ").split()
    how = chance.choice(["same", "turned", "closed"])
    if how == "turned":
        parts = parts[1:] + parts[:1]
    if how == "closed" and len(parts) > 2:
        parts[-2:] = ["".join(parts[-2:])]
    return " ".join(parts)


MISSPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "edit": edited,
    "transposition": transposed,
    "word more or less": with_other_words,
    "transliteration": transliterated,
}
