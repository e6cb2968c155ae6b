"""Charts as PowerPoint keeps them, in DrawingML: elements in the order that ECMA-376 asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from xml.sax.saxutils import escape

from dashboard.identity import ARMS, BLUE, GRID, INK, PAPER, QUIET
from dashboard.slides.axis import Axis
from dashboard.slides.plot import Look, Plot, Series
from dashboard.slides.sheet import Column, cells_at, heading_at

TEXT, SMALL = 1400, 1200
"""Sizes of the text of a chart, in hundredths of a point; the small one is for names of more than a FEW rows."""

FEW = 7

NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

SLOTS = {
    INK: "tx1",
    PAPER: "bg1",
    ARMS["early"].colour: "accent1",
    ARMS["following"].colour: "accent2",
    ARMS["mixed"].colour: "accent3",
    ARMS[""].colour: "accent4",
    BLUE: "accent5",
}
"""Colours that are those of the theme, so that an organisation's own template recolours them."""

DASHES = {"solid": "solid", "dash": "dash", "dot": "sysDot", "dashdot": "dashDot", "longdash": "lgDash"}

SYMBOLS = {
    "circle": "circle",
    "diamond": "diamond",
    "square": "square",
    "triangle-up": "triangle",
    "triangle-down": "triangle",
    "x": "x",
    "x-thin": "x",
    "cross": "plus",
    "line-ns": "plus",
    "star": "star",
}
"""Markers of the screen and those of PowerPoint; one that it lacks becomes a circle. Open ones are filled:
LibreOffice draws no edge, so that they would be lost."""

X_AXIS, Y_AXIS = 111111111, 222222222


def chart_space(plots: str, axes: str, legend: str, layout: str = "<c:layout/>") -> bytes:
    """The part of a chart: what is drawn, its axes and its legend."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea>{layout}{plots}{axes}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{TEXT}"><a:solidFill><a:schemeClr val="tx1"/>'
        '</a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr></c:chartSpace>'
    ).encode()


@dataclass(frozen=True)
class Drawn:
    """A chart's part, and the columns of the workbook in it."""

    xml: bytes
    columns: Sequence[Column]


def scatter(plot: Plot) -> Drawn:
    """A chart of lines and markers."""
    series = [*plot.series, *_tick_series(plot)]
    columns, starts = _columns(series, plot)
    drawn = "".join(_series(at, one, starts[at], columns, plot) for at, one in enumerate(series))
    plots = (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{drawn}'
        f'<c:axId val="{X_AXIS}"/><c:axId val="{Y_AXIS}"/></c:scatterChart>'
    )
    axes = value_axis(plot.x, X_AXIS, Y_AXIS, "b", grid=bool(plot.y.names)) + value_axis(plot.y, Y_AXIS, X_AXIS, "l")
    return Drawn(chart_space(plots, axes, legend([one.in_legend for one in series]), _layout(plot)), columns)


def _columns(series: Sequence[Series], plot: Plot) -> tuple[Sequence[Column], Sequence[int]]:
    """Positions in one column, under which all series share rows or have their own; and where each series begins.

    Every column is as long as all others: LibreOffice loses series that are shorter.
    """
    starts: dict[tuple[float | None, ...], int] = {}
    feet: list[float | None] = []
    for one in series:
        if tuple(one.x) not in starts:
            starts[tuple(one.x)] = len(feet)
            feet += one.x
    begins = [starts[tuple(one.x)] for one in series]
    columns = [Column(_heading(plot.x), feet, _form(plot.x))]
    for one, start in zip(series, begins, strict=True):
        after = len(feet) - start - len(one.y)
        columns.append(Column(one.name or "Value", [*[None] * start, *one.y, *[None] * after], _form(plot.y)))
    return columns, begins


def _tick_series(plot: Plot) -> Sequence[Series]:
    """Names along an axis that counts: a series without marks whose labels they are."""
    found = []
    none = Look()
    if plot.x.ticks:
        at, said = [at for at, _ in plot.x.ticks], [text for _, text in plot.x.ticks]
        found.append(Series("Names along the foot", at, [plot.y.low] * len(at), none, said, in_legend=False))
    if plot.y.ticks:
        at, said = [at for at, _ in plot.y.ticks], [text.replace("<br>", " ") for _, text in plot.y.ticks]
        found.append(Series("Names along the side", [plot.x.low] * len(at), at, none, said, in_legend=False))
    return found


def _layout(plot: Plot) -> str:
    """Room for names beside and below the plot and for the legend, which PowerPoint does not know to keep."""
    if not plot.x.ticks and not plot.y.ticks:
        return "<c:layout/>"
    letters = sum(len(one.name) + 8 for one in plot.series if one.in_legend)
    longest = max((len(text) for _, text in plot.y.ticks), default=0)
    left, top = max(0.08, 0.03 + 0.0074 * longest), 0.04 + 0.08 * ceil(letters / 80)
    two_lines = any("<br>" in text for _, text in plot.x.ticks)
    foot = 0.09 + 0.07 * bool(plot.x.title) + 0.06 * two_lines
    return f"<c:layout>{_spot('inner', left, top, 1 - left - 0.04, 1 - top - foot)}</c:layout>"


def _spot(target: str, left: float, top: float, width: float = 0, height: float = 0) -> str:
    inner = f'<c:layoutTarget val="{target}"/>' if target else ""
    size = f'<c:w val="{width:.3f}"/><c:h val="{height:.3f}"/>' if width else ""
    return (
        f'<c:manualLayout>{inner}<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{left:.3f}"/>'
        f'<c:y val="{top:.3f}"/>{size}</c:manualLayout>'
    )


def _series(at: int, one: Series, start: int, columns: Sequence[Column], plot: Plot) -> str:
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/>{series_name(columns, at + 1)}'
        f"<c:spPr>{_line(one.look)}</c:spPr>{_marker(one.look)}{_labels(one, start, plot)}"
        f"<c:xVal>{numbers(columns, 0)}</c:xVal><c:yVal>{numbers(columns, at + 1)}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _heading(axis: Axis) -> str:
    return axis.title or ("Date" if axis.dates else "Position")


def _form(axis: Axis) -> str:
    return "mmm\\ yyyy" if axis.dates else "General"


def series_name(columns: Sequence[Column], at: int) -> str:
    """Where the heading of a column stands in the sheet, and what it says."""
    said = escape(columns[at].heading)
    return (
        f'<c:tx><c:strRef><c:f>{heading_at(at)}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{said}</c:v>'
        "</c:pt></c:strCache></c:strRef></c:tx>"
    )


def numbers(columns: Sequence[Column], at: int) -> str:
    """Where the numbers of a column stand in the sheet, and what they are."""
    cells, form = columns[at].cells, columns[at].form
    points = "".join(
        f'<c:pt idx="{row}"><c:v>{cell!r}</c:v></c:pt>' for row, cell in enumerate(cells) if cell is not None
    )
    return (
        f"<c:numRef><c:f>{cells_at(at, len(cells))}</c:f><c:numCache><c:formatCode>{form}</c:formatCode>"
        f'<c:ptCount val="{len(cells)}"/>{points}</c:numCache></c:numRef>'
    )


def fill(colour: str) -> str:
    """A solid fill, by the slot of the theme where the colour has one."""
    kind, value = ("schemeClr", SLOTS[colour]) if colour in SLOTS else ("srgbClr", colour.removeprefix("#"))
    return f'<a:solidFill><a:{kind} val="{value}"/></a:solidFill>'


def _line(look: Look) -> str:
    if not look.width:
        return "<a:ln><a:noFill/></a:ln>"
    return (
        f'<a:ln w="{round(look.width * 12700)}" cap="rnd">{fill(look.colour)}<a:prstDash val="{DASHES[look.dash]}"/>'
        "<a:round/></a:ln>"
    )


def _marker(look: Look) -> str:
    if look.marker is None:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    symbol = SYMBOLS.get(look.marker.removesuffix("-open"), "circle")
    inside, edge = fill(look.colour), f'<a:ln w="19050">{fill(look.colour)}</a:ln>'
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{round(look.size)}"/>'
        f"<c:spPr>{inside}{edge}</c:spPr></c:marker>"
    )


def _labels(one: Series, start: int, plot: Plot) -> str:
    if not one.labels:
        return ""
    place = {"Names along the foot": "b", "Names along the side": "l"}.get(one.name, "r")
    size = SMALL if plot.y.names and len(plot.y.names) > FEW else TEXT
    each = "".join(_label(at, text, place, size) for at, text in enumerate(one.labels, start))
    shown = "".join(
        f'<c:{what} val="0"/>'
        for what in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    return f"<c:dLbls>{each}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{shown}</c:dLbls>"


def _label(at: int, text: str, place: str, size: int) -> str:
    paragraphs = "".join(
        f'<a:p><a:r><a:rPr lang="en-GB" sz="{size}"/><a:t>{escape(line)}</a:t></a:r></a:p>'
        for line in text.split("<br>")
    )
    return (
        f'<c:dLbl><c:idx val="{at}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{paragraphs}</c:rich></c:tx>'
        f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
    )


def value_axis(axis: Axis, own: int, other: int, place: str, grid: bool | None = None, between: bool = False) -> str:
    """An axis with its title, its numbers (or none, where names stand in their place) and its grid.

    `between` puts it between the names of the other axis, as bars need it.
    """
    lines = f'<c:majorGridlines><c:spPr><a:ln w="9525">{fill(GRID)}</a:ln></c:spPr></c:majorGridlines>'
    grid = (place == "l" and not axis.names) if grid is None else grid
    moved = _spot("", 0.45, 0.93) if axis.ticks and place == "b" else ""
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high!r}"/><c:min val="{axis.low!r}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place}"/>{lines if grid else ""}{axis_title(axis.title, place, moved)}'
        f'<c:numFmt formatCode="{_form(axis) if axis.dates else "#,##0.##"}" sourceLinked="0"/>'
        f'<c:majorTickMark val="{"none" if axis.names else "out"}"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{"none" if axis.ticks else "nextTo" if between else "low"}"/>'
        f'<c:spPr><a:ln w="9525">{fill(QUIET)}</a:ln></c:spPr><c:crossAx val="{other}"/>'
        f'<c:crosses val="{"max" if between and place == "b" else "min"}"/>'
        f'<c:crossBetween val="{"between" if between else "midCat"}"/><c:majorUnit val="{axis.step!r}"/></c:valAx>'
    )


def axis_title(text: str, place: str, moved: str = "") -> str:
    """The title of an axis, turned beside an upright one; nothing without words."""
    if not text:
        return ""
    turned = ' rot="-5400000" vert="horz"' if place == "l" else ""
    layout = f"<c:layout>{moved}</c:layout>" if moved else ""
    return (
        f'<c:title><c:tx><c:rich><a:bodyPr{turned}/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{TEXT}" b="0"/></a:pPr>'
        f'<a:r><a:rPr lang="en-GB" sz="{TEXT}" b="0"/><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>'
        f'{layout}<c:overlay val="0"/></c:title>'
    )


def legend(shown: Sequence[bool]) -> str:
    """The legend above the plot, without the series that are not to be named; none for one series alone."""
    if sum(shown) < 2:
        return ""
    without = "".join(
        f'<c:legendEntry><c:idx val="{at}"/><c:delete val="1"/></c:legendEntry>'
        for at, one in enumerate(shown)
        if not one
    )
    return f'<c:legend><c:legendPos val="t"/>{without}<c:overlay val="0"/></c:legend>'
