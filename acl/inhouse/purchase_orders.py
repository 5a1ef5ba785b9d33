"""Purchase orders of the in-house system (PEDIDOS beside PEDIDOS_ITENS, one row a line) as PurchaseOrder.

Three columns are in neither table; whoever reads makes them: ``COD`` is the number of the principal that ``COD_FORN``
stands for, ``NUMERO_SEM_PEDIDO`` the number of an order of which only lines stand there, ``NUMERO_SEM_ITENS`` of one
of which only the header does. The last two are null for whole orders.
"""

from acl.codecs.codes import code
from acl.codecs.text import text
from acl.inhouse.codes import CURRENCIES, LINE_STATUSES, PIVOT, PRICED_PER, UNITS
from acl.inhouse.dates import written_day, written_until
from acl.inhouse.keys import LINE_NUMBER, REFERENCED_SUPPLIER
from acl.inhouse.numbers import comma_decimal, comma_money
from acl.inhouse.statuses import order_status
from acl.inhouse.texts import garbled, typed
from acl.mapping import Shape, column, each_row, embedded, mapping, optional, provenance
from domain.dates import Validity
from domain.identifiers import ProductId, PurchaseOrderId
from domain.money import Price
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.quantity import Quantity
from ports.errors import ProblemKind

_CURRENCY = code("MOEDA", CURRENCIES, quirk="INH-CODE-01")
_UNIT = code("UNID", UNITS, kind=ProblemKind.UNIT, quirk="INH-UNIT-01")

PURCHASE_ORDER_LINE = mapping(PurchaseOrderLine, record="PEDIDOS_ITENS", shape=Shape.ROW)(
    number=column(LINE_NUMBER, "SEQ", "NUMERO_SEM_ITENS"),
    product=optional(typed("PRODUTO", into=ProductId)),
    description=garbled("DESCRICAO"),
    ordered=embedded(Quantity)(amount=comma_decimal("QTD", places=3), unit=_UNIT),
    received=embedded(Quantity)(amount=comma_decimal("QTD_REC", places=3), unit=_UNIT),
    invoiced=embedded(Quantity)(amount=comma_decimal("QTD_FAT", places=3), unit=_UNIT),
    price=embedded(Price)(
        currency=_CURRENCY,
        amount=comma_decimal("PRECO", places=4),
        per=embedded(Quantity)(amount=code("FATOR", PRICED_PER, quirk="INH-CODE-01"), unit=_UNIT),
    ),
    amount=comma_money("TOTAL", currency="MOEDA", currencies=CURRENCIES),
    due_on=optional(written_day("DT_ENTREGA", pivot=PIVOT)),
    status=code("SIT", LINE_STATUSES, quirk="INH-CODE-01"),
)

PURCHASE_ORDER = mapping(PurchaseOrder, record="PEDIDOS", shape=Shape.ROW_SET)(
    id=text("NUMERO", into=PurchaseOrderId),
    supplier=column(REFERENCED_SUPPLIER, "COD_FORN", "COD"),
    ordered_on=written_day("DT_EMISSAO", pivot=PIVOT, absent=(None,)),
    currency=_CURRENCY,
    reference=optional(typed("REF")),
    validity=optional(
        embedded(Validity)(
            starts=optional(written_day("DT_INI", pivot=PIVOT)),
            ends=optional(written_until("DT_FIM", pivot=PIVOT, open_end="06/06/2079")),
        )
    ),
    lines=each_row(PURCHASE_ORDER_LINE, key="number"),
    status=order_status("STATUS", "EXCLUIDO", "NUMERO_SEM_PEDIDO"),
    source=provenance("NUMERO"),
)
