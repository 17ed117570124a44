"""Schemas of the answer to a call, in CDS Hooks 2.0.1 and in 1.0."""

from service.web.schema_parts import (
    FLAG,
    LINE,
    TEXT,
    URL,
    UUID,
    Node,
    any_number_of,
    list_of,
    open_object,
    reference,
    strict,
    together,
)

WHOLE: Node = {"minLength": 1, "minItems": 1, "minProperties": 1}
ANY = ["string", "number", "boolean", "array", "object"]


def cards() -> dict[str, Node]:
    """Return what CDS Hooks 2.0.1 knows, by name."""
    return {
        "Cards": strict(("cards",), cards=any_number_of("Card"), systemActions=list_of("Action")),
        "Card": strict(
            ("summary", "indicator", "source"),
            **_card_members(),
            uuid=UUID,
            suggestions=list_of("Suggestion"),
            selectionBehavior={"enum": ["at-most-one", "any"]},
            overrideReasons=list_of("OfferedReason"),
            links=list_of("Link"),
        )
        | _choosing(),
        "Source": strict(("label",), label=TEXT, url=URL, icon=URL, topic=reference("Coding")),
        "Coding": strict(("code", "system"), code=TEXT, system=TEXT, display=TEXT),
        "OfferedReason": strict(("code", "system", "display"), code=TEXT, system=TEXT, display=TEXT),
        "Link": _link(autolaunchable=FLAG),
        "Suggestion": _suggestion(),
        "Action": {
            "oneOf": [_change(), _deletion(resourceId={"type": "string", "pattern": r"^[A-Z][A-Za-z]+/[^/\s]+$"})]
        },
    }


def _suggestion() -> Node:
    return strict(
        ("label",),
        label=TEXT,
        uuid=UUID,
        isRecommended=FLAG,
        actions=list_of("Action"),
        actionSelectionBehavior={"enum": ["all", "any", "at-most-one"]},
    )


def values() -> dict[str, Node]:
    """Values without null and without what is empty; in the lists of FHIR JSON a null keeps a place."""
    value = {"type": ANY, **WHOLE, "items": reference("Value"), "additionalProperties": reference("Value")}
    element = {"type": ANY, **WHOLE, "items": reference("Item"), "additionalProperties": reference("Element")}
    kind = {"resourceType": {"type": "string", "pattern": "^[A-Z][A-Za-z]+$"}}
    return {
        "Value": value,
        "Element": element,
        "Item": element | {"type": [*ANY, "null"]},
        "Resource": open_object(("resourceType",), **kind) | {"additionalProperties": reference("Element")},
    }


def cards_1_0() -> dict[str, Node]:
    """What CDS Hooks 1.0 knows: no uuid on a card, no reasons, no topic, and a deletion names by ``resource``."""
    return {
        "Cards10": strict(("cards",), cards=any_number_of("Card10")),
        "Card10": strict(
            ("summary", "indicator", "source"),
            **_card_members("Source10"),
            suggestions=list_of("Suggestion10"),
            selectionBehavior={"const": "at-most-one"},
            links=list_of("Link10"),
        )
        | together("suggestions", "selectionBehavior"),
        "Source10": strict(("label",), label=TEXT, url=URL, icon=URL),
        "Link10": _link(),
        "Suggestion10": strict(("label",), label=TEXT, uuid=UUID, actions=list_of("Action10")),
        "Action10": {"oneOf": [_change(), _deletion(resource=TEXT)]},
    }


def _card_members(source: str = "Source") -> dict[str, Node]:
    return {
        "summary": LINE | {"maxLength": 139},
        "detail": TEXT,
        "indicator": {"enum": ["info", "warning", "critical"]},
        "source": reference(source),
    }


def _choosing() -> Node:
    """Where at most one may be chosen, at most one is recommended."""
    recommended = {"properties": {"isRecommended": {"const": True}}, "required": ["isRecommended"]}
    one = {"properties": {"selectionBehavior": {"const": "at-most-one"}}, "required": ["selectionBehavior"]}
    then = {"properties": {"suggestions": {"contains": recommended, "minContains": 0, "maxContains": 1}}}
    return together("suggestions", "selectionBehavior") | {"if": one, "then": then}


def _link(**others: Node) -> Node:
    kind: Node = {"enum": ["absolute", "smart"]}
    link = strict(("label", "url", "type"), label=TEXT, url=URL, type=kind, appContext=TEXT, **others)
    smart = {"properties": {"type": {"const": "smart"}}}
    return link | {"if": {"required": ["appContext"]}, "then": smart}


def _change() -> Node:
    """A resource that is updated is one that is there: it has its id."""
    made = strict(
        ("type", "description", "resource"),
        type={"enum": ["create", "update"]},
        description=TEXT,
        resource=reference("Resource"),
    )
    update = {"properties": {"type": {"const": "update"}}, "required": ["type"]}
    return made | {"if": update, "then": {"properties": {"resource": {"required": ["id"]}}}}


def _deletion(**what: Node) -> Node:
    return strict(("type", "description", *what), type={"const": "delete"}, description=TEXT, **what)
