"""How wide a text is and where its lines break, in the metrics of Arial (Liberation Sans, Helvetica).

Word shows the numbers that stand in a document's contents until somebody updates them, so they must be right
when we write them. Arial's widths are public and the same on every office machine; that makes it possible.
"""

from collections.abc import Iterable
from typing import TypeAlias

# Advance widths in thousandths of the font size, by the characters that share them.
_REGULAR = {
    191: "'",
    222: "ijlįĵĺļłſ‘’‚",
    260: "|¦",
    278: " !,./:;I[\\]ft\u00a0·ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧ",
    333: "()-`r¡¨\u00ad²³´¸¹ŕŗř“”„",
    355: '"{}•ºª',
    389: "*°",
    469: "^",
    500: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżž",
    549: "±÷¯¶",
    556: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöøùúûüþāăąđēĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏőũūŭůűų–€µ",
    584: "+<=>~¬×−",
    611: "FTZ¿ßøŢŤŦŹŻŽď",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸ",
    722: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŔŖŘŨŪŬŮŰŲŵ",
    778: "GOQÒÓÔÕÖØĜĞĠĢŌŎŐ®©",
    833: "Mm¼½¾",
    889: "%æ",
    944: "WœŴ",
    1000: "ÆŒ—…→",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl\u00a0·ÌÍÎÏìíîïĨĩĪīĬĭĮįİıĵĺļłſ‘’‚|¦",
    333: "!()-:;[]`ft¡¨\u00ad²³´¸¹ţŧ•ºª",
    389: "*r{}ŕŗř°",
    474: '"^ŀť',
    500: "zźżž“”„",
    556: "#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿāăąćĉċčēĕėęěķĸśŝşšŷ–€±÷¯µ",
    584: "+<=>~¬×−",
    611: "?FLTZbdghnopqu¿ßðñòóôõöøùúûüþđĝğġģĥħĹĻĽĿŁńņňŋōŏőŢŤŦũūŭůűųŹŻŽ",
    667: "EPSVXYÈÉÊËÝÞĒĔĖĘĚŚŜŞŠŶŸ",
    722: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĀĂĄĆĈĊČĎĐĤĦĶŃŅŇŔŖŘŨŪŬŮŰŲď",
    778: "GOQwÒÓÔÕÖØĜĞĠĢŌŎŐŵ®©",
    833: "M¼½¾",
    889: "%mæ",
    944: "WœŴ@",
    1000: "ÆŒ—…→",
}
_OTHER = 1000  # other scripts and pictures: about as wide as high
_WIDTHS = tuple(
    {character: width for width, characters in table.items() for character in characters}
    for table in (_REGULAR, _BOLD)
)

Words: TypeAlias = Iterable[tuple[str, bool]]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in points."""
    widths = _WIDTHS[bold]
    return sum(widths.get(character, _OTHER) for character in text) * size / 1000


def line_count(runs: Words, size: float, room: float) -> int:
    """Return how many lines (text, is bold) runs fill in a column of `room` points; at least 1."""
    lines, used, word = 1, 0.0, 0.0
    for text, bold in runs:
        widths = _WIDTHS[bold]
        for character in text:
            if character == "\n":
                lines, used, word = _placed(lines, used, word, room)
                lines, used, word = lines + 1, 0.0, 0.0
                continue
            word += widths.get(character, _OTHER) * size / 1000
            if character in " \t-\u200b–":
                lines, used, word = _placed(lines, used, word, room, hanging=character == " ")
    return _placed(lines, used, word, room)[0]


def _placed(
    lines: int, used: float, word: float, room: float, *, hanging: bool = False
) -> tuple[int, float, float]:
    """Place a word on the line or on the next; a space may hang over the edge, a longer word is broken."""
    visible = word - (3 if hanging else 0)
    if used and used + visible > room:
        lines, used = lines + 1, 0.0
    over, rest = divmod(used + max(visible, 0.0), room)
    if over:
        return lines + int(over), rest, 0.0
    return lines, used + word, 0.0
