"""Charts as PowerPoint keeps them, in DrawingML: elements in the order that ECMA-376 asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dashboard.identity import ARMS, BLUE, GRID, INK, PAPER, QUIET
from dashboard.slides.axis import Axis
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


def spot(target: str, left: float, top: float, width: float = 0, height: float = 0) -> str:
    """A place in parts of the whole chart."""
    inner = f'<c:layoutTarget val="{target}"/>' if target else ""
    size = f'<c:w val="{width:.3f}"/><c:h val="{height:.3f}"/>' if width else ""
    return (
        f'<c:manualLayout>{inner}<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{left:.3f}"/>'
        f'<c:y val="{top:.3f}"/>{size}</c:manualLayout>'
    )


def form_of(axis: Axis) -> str:
    """How a spreadsheet writes the values of an axis."""
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


def value_axis(axis: Axis, own: int, other: int, place: str, grid: bool | None = None, between: bool = False) -> str:
    """An axis with its title, its numbers (or none, where names stand in their place) and its grid.

    `between` puts it between the names of the other axis, as bars need it.
    """
    lines = f'<c:majorGridlines><c:spPr><a:ln w="9525">{fill(GRID)}</a:ln></c:spPr></c:majorGridlines>'
    grid = (place == "l" and not axis.names) if grid is None else grid
    moved = spot("", 0.45, 0.93) if axis.ticks and place == "b" else ""
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high!r}"/><c:min val="{axis.low!r}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{place}"/>{lines if grid else ""}{axis_title(axis.title, place, moved)}'
        f'<c:numFmt formatCode="{form_of(axis) if axis.dates else "#,##0.##"}" sourceLinked="0"/>'
        f'<c:majorTickMark val="{"none" if axis.ticks else "out"}"/>'
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
