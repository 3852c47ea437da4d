"""Forty invented foreigners: their names say that they are nobody, their passports are of
an impossible series, their firms do not exist (domain 10.4)."""

import datetime as dt
from dataclasses import dataclass

DISTRICT_VILLAGES = {
    "Ciwandan": ("36.72.04.1003", "36.72.04.1004", "36.72.04.1005"),
    "Citangkil": ("36.72.08.1001", "36.72.08.1006", "36.72.08.1007"),
    "Cibeber": ("36.72.01.1001", "36.72.01.1002"),
    "Gerogol": ("36.72.06.1001", "36.72.06.1002"),
    "Pulomerak": ("36.72.03.1001", "36.72.03.1004"),
    "Purwakarta": ("36.72.07.1001", "36.72.07.1003"),
    "Jombang": ("36.72.05.1001",),
    "Cilegon": ("36.72.02.1005",),
}

FIRMS = {
    "baja": ("PT Baja Contoh Cilegon", "24101"),
    "petro": ("PT Petrokimia Fiktif Merak", "20117"),
    "epc": ("PT Rekayasa Demo Konstruksi", "42919"),
    "kapal": ("PT Keagenan Kapal Contoh", "52291"),
    "mesin": ("PT Jasa Teknik Fiktif", "71101"),
    "resto": ("PT Rumah Makan Demo Seoul", "56101"),
    "bahasa": ("PT Kursus Bahasa Contoh", "85493"),
    "pelabuhan": ("PT Pelabuhan Demo Ciwandan", "52221"),
    "investasi": ("PT Investasi Fiktif Nusantara", "64200"),
}


@dataclass(frozen=True)
class Person:
    """``permit`` is kind and index; ``ends_in`` the days from today to its last day."""

    key: str
    name: str
    sex: str
    nationality: str
    birth: tuple[int, int | None, int | None]
    district: str
    permit: tuple[str, str]
    ends_in: int
    guarantor: str = ""
    other_name: str = ""


def day_in(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days=days)


# Days to the end of the permit: six within thirty days, six are over, the rest later.
PEOPLE = (
    Person("a", "KIM CONTOH MINSU", "L", "KOR", (1979, 3, 14), "Ciwandan", ("ITAS", "E28A"), 210, "investasi", "김예시"),
    Person("b", "PARK DEMO JIHOON", "L", "KOR", (1984, 11, 2), "Citangkil", ("ITK", "C20"), 24, "epc"),
    Person("c", "SATO FIKTIF KENJI", "L", "JPN", (1975, 6, 30), "Ciwandan", ("ITK", "C2"), 18, "mesin"),
    Person("d", "LEE CONTOH DONGHYUN", "L", "KOR", (1988, 1, 9), "Cibeber", ("ITK", "B1"), -145, "baja"),
    Person("o1", "WANG DEMO WEI", "L", "CHN", (1990, 5, 21), "Citangkil", ("ITK", "C20"), -152, "epc", "王示例"),
    Person("o2", "CHOI FIKTIF SEOJUN", "L", "KOR", (1982, 8, 17), "Ciwandan", ("ITAS", "E23"), -190, "petro"),
    Person("o3", "SINGH CONTOH ARJUN", "L", "IND", (1986, 12, 5), "Pulomerak", ("ITK", "C2"), -220, "kapal"),
    Person("o4", "JUNG DEMO HAEUN", "P", "KOR", (1993, 2, 11), "Gerogol", ("ITK", "C19"), -245, "mesin"),
    Person("o5", "TANAKA FIKTIF HIROSHI", "L", "JPN", (1970, 9, 3), "Cibeber", ("ITAS", "E23"), -270, "baja"),
    Person("p", "RAHMAN CONTOH ABDUL", "L", "BGD", (1995, None, None), "Jombang", ("UNHCR", ""), 365),
    Person("k01", "KIM DEMO YEJIN", "P", "KOR", (1991, 4, 4), "Cibeber", ("ITAS", "E31A"), 320, "pasangan-1"),
    Person("k02", "KIM FIKTIF TAEHYUN", "L", "KOR", (1977, 7, 7), "Ciwandan", ("ITAS", "E23"), 260, "petro"),
    Person("k03", "LEE DEMO SUNGMIN", "L", "KOR", (1980, 10, 10), "Ciwandan", ("ITAS", "E23"), 190, "petro"),
    Person("k04", "LEE FIKTIF JAEWON", "L", "KOR", (1983, 2, 25), "Citangkil", ("ITAS", "E23"), 150, "petro"),
    Person("k05", "PARK CONTOH SANGWOO", "L", "KOR", (1972, 12, 19), "Citangkil", ("ITAP", ""), 540, "baja"),
    Person("k06", "PARK FIKTIF EUNJI", "P", "KOR", (1989, 6, 1), "Purwakarta", ("ITAS", "E31A"), 400, "pasangan-2"),
    Person("k07", "CHOI CONTOH WOOJIN", "L", "KOR", (1985, 5, 15), "Ciwandan", ("ITAS", "E23"), 75, "epc"),
    Person("k08", "CHOI DEMO KYUNGHO", "L", "KOR", (1981, 1, 31), "Cibeber", ("ITAS", "E23"), 90, "epc"),
    Person("k09", "JUNG CONTOH MINHO", "L", "KOR", (1987, 9, 23), "Gerogol", ("ITAS", "E23"), 120, "baja"),
    Person("k10", "JUNG FIKTIF INSEONG", "L", "KOR", (1976, 3, 3), "Cibeber", ("ITAS", "E23"), 280, "baja"),
    Person("k11", "YOON CONTOH SEUNGHO", "L", "KOR", (1992, 8, 8), "Citangkil", ("ITAS", "E23"), 330, "mesin"),
    Person("k12", "HAN DEMO DAEUN", "P", "KOR", (2012, 4, 20), "Purwakarta", ("ITAS", "E31A"), 400, "pasangan-3"),
    Person("k13", "OH FIKTIF GYUTAE", "L", "KOR", (1969, 11, 11), "Pulomerak", ("ITAP", ""), 500, "petro"),
    Person("j1", "SUZUKI CONTOH TARO", "L", "JPN", (1978, 2, 2), "Ciwandan", ("ITAS", "E23"), 230, "petro"),
    Person("j2", "SUZUKI CONTO TARO", "L", "JPN", (1978, 2, 2), "Ciwandan", ("ITAS", "E23"), 230, "petro"),
    Person("j3", "YAMADA DEMO AIKO", "P", "JPN", (1990, 10, 12), "Cilegon", ("ITAS", "E30"), 170, "bahasa"),
    Person("c1", "LI CONTOH NA", "P", "CHN", (1994, 7, 1), "Citangkil", ("ITK", "C20"), 27, "epc"),
    Person("c2", "ZHANG FIKTIF LEI", "L", "CHN", (1983, 3, 22), "Gerogol", ("ITAS", "E23"), 140, "baja"),
    Person("c3", "CHEN DEMO GUANG", "L", "CHN", (1979, 5, 5), "Pulomerak", ("ITAS", "E23"), 110, "pelabuhan"),
    Person("c4", "LIU FIKTIF MING", "L", "CHN", (1986, 1, 17), "Citangkil", ("ITAS", "E28A"), 365, "investasi"),
    Person("i1", "KUMAR FIKTIF RAVI", "L", "IND", (1981, 6, 6), "Ciwandan", ("ITAS", "E23"), 200, "petro"),
    Person("i2", "PATEL DEMO SANJAY", "L", "IND", (1974, 12, 1), "Citangkil", ("ITAS", "E23"), 12, "baja"),
    Person("t1", "SOMCHAI CONTOH", "L", "THA", (1985, None, None), "Pulomerak", ("BVK", "A36"), 30, "kapal"),
    Person("t2", "SOMSAK DEMO", "L", "THA", (1988, 4, 9), "Ciwandan", ("BVK", "A36"), 45, "kapal"),
    Person("f1", "SANTOS FIKTIF JUAN", "L", "PHL", (1984, 9, 28), "Gerogol", ("BVK", "A37"), 40, "kapal"),
    Person("f2", "REYES CONTOH MARIO", "L", "PHL", (1987, 10, 30), "Purwakarta", ("ITK", "C2"), 20, "pelabuhan"),
    Person("m1", "TAN DEMO BOON", "L", "MYS", (1976, 8, 14), "Cilegon", ("ITAS", "E23"), 155, "pelabuhan"),
    Person("w1", "LIN FIKTIF CHIA", "P", "TWN", (1973, 1, 26), "Cibeber", ("ITK", "C17"), 60, "mesin"),
    Person("g1", "MUELLER CONTOH HANS", "L", "D", (1968, 5, 18), "Gerogol", ("ITAS", "E23"), 310, "petro"),
    Person("au", "SMITH DEMO OLIVER", "L", "AUS", (1991, 11, 6), "Jombang", ("ITK", "B1"), 55),
)  # fmt: skip
SPOUSES = {
    "pasangan-1": "Contoh Pasangan Satu",
    "pasangan-2": "Contoh Pasangan Dua",
    "pasangan-3": "Contoh Orang Tua Tiga",
}
# Where Disdukcapil and the police know another address than immigration does.
ADDRESS_CONFLICTS = (
    ("k07", "36.72.08.1007"),
    ("k10", "36.72.01.1005"),
    ("c3", "36.72.03.1002"),
)
