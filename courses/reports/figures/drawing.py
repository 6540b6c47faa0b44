"""The parts of a unit's page of which there are as many as units, drawn at once: a template asks for each name and
number anew, which for a hundred units cost more than counting them. What is no number and no word of ours is escaped.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.reports.query.wording import UnitRow


def tiles(lines: Iterable[dict]) -> SafeString:
    """List items, one for each unit."""
    return SafeString("\n".join(_tile(line["row"], escape(line["address"])) for line in lines))


def _tile(row: UnitRow, address: str) -> str:
    done, required = row.figures["completed"], row.figures["required"]
    if not row.is_told:
        inside = f"<span>{_('không nêu')}</span>"
    elif not required:
        inside = f"<span>{row.emptiness}</span>"
    else:
        mark = " ✓" if row.is_full else ""
        inside = f"<b>{done}/{required}{mark}</b>{_bar(done, required)}"
    name = f'<span class="name">{escape(row.name)}</span>'
    return f'<li><a class="tile c{row.level}" href="{address}">{name}{inside}</a></li>'


def _bar(done: int, required: int) -> str:
    return f'<progress max="{required}" value="{done}" aria-hidden="true"></progress>'


def unit_rows(lines: Iterable[dict], labels: Sequence[str]) -> SafeString:
    """Rows of the table; `labels` are those of its columns, which a phone shows before each value."""
    labels = [escape(label) for label in labels]
    return SafeString("\n".join(f'<tr role="row">{_cells(line, labels)}</tr>' for line in lines))


def _cells(line: dict, labels: Sequence[str]) -> str:
    row: UnitRow = line["row"]
    name = _linked(line["address"], row.name)
    empty = row.emptiness
    done = f'<span class="tag">{empty}</span>' if empty else _completed(row)
    numbers = row.learning, row.late, row.figures["excused"], row.figures["unconfirmed_units"]
    return "".join(
        [
            f'<th scope="row" role="rowheader">{name}</th>',
            _cell(labels[1], " zero", 0 if empty else row.figures["required"]),
            _cell(labels[2], " full", done),
            *(
                _cell(label, "" if number else " zero", "–" if number is None else number)
                for label, number in zip(labels[3:], numbers, strict=True)
            ),
        ]
    )


def _linked(address: str, name: str) -> str:
    return f'<a href="{escape(address)}">{escape(name)}</a>' if address else escape(name)


def _cell(label: str, css: str, value: str | int) -> str:
    return f'<td role="cell" data-label="{label}" class="n{css}">{value}</td>'


def _completed(row: UnitRow) -> str:
    if not row.is_told:
        return _("không nêu")
    figures = row.figures
    done, required = figures["completed"], figures["required"]
    words = [f"{done}/{required}", row.percent]
    if figures["unapproved"]:
        words.append(_("%(n)s chưa duyệt") % {"n": figures["unapproved"]})
    if figures["still_knows"] or figures["to_review"]:
        params = {"a": figures["still_knows"], "b": figures["to_review"]}
        words.append(_("%(a)s còn nắm vững, %(b)s cần ôn") % params)
    return f'<span class="cellbar">{_bar(done, required)}<span class="num">{" · ".join(words)}</span></span>'


def unconfirmed_names(lines: Iterable[dict], unit: str) -> SafeString:
    """List items of the units below that have not confirmed their roster, with how many where there are several; that
    without an address are the people at `unit` itself.
    """
    own = _("%(unit)s: cán bộ trực thuộc") % {"unit": unit}
    items = []
    for line in lines:
        row, number = line["row"], line["row"].figures["unconfirmed_units"]
        several = f" ({number})" if number > 1 else ""
        items.append(f"<li>{_linked(line['address'], row.name if line['address'] else own)}{several}</li>")
    return SafeString("".join(items))
