"""All layouts Mantel reads, one module a layout. A new layout is a module and a line here."""

from core.imports.layout import Layout
from core.imports.layouts import assessment, ekinerja, siasn, skp22, templates

LAYOUTS: tuple[Layout, ...] = (siasn.LAYOUT, skp22.LAYOUT, ekinerja.LAYOUT, assessment.LAYOUT, *templates.LAYOUTS)
#: Every field that some column fills.
FIELDS = frozenset(column.field for layout in LAYOUTS for column in layout.columns if not column.field.startswith("_"))
BY_KEY: dict[str, Layout] = {layout.key: layout for layout in LAYOUTS}
