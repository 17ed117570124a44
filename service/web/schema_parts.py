"""What the schemas are put together from: kinds of text, and objects that are strict or open."""

from typing import Any

Node = dict[str, Any]

REFERENCE = "#/components/schemas/"

TEXT: Node = {"type": "string", "pattern": r"\S"}
FLAG: Node = {"type": "boolean"}
LINE: Node = {"type": "string", "pattern": r"^[^\r\n]*[^\s][^\r\n]*$"}
URL: Node = {"type": "string", "pattern": r"^https?://[^\s/][^\s]*$"}
UUID: Node = {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "maxLength": 36}
CODE: Node = {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,100}$"}
OBJECT: Node = {"type": "object", "minProperties": 1}
RESOURCE: Node = {"type": "object", "required": ["resourceType"], "properties": {"resourceType": {"type": "string"}}}
EXTENSION: Node = OBJECT | {
    "propertyNames": {"pattern": r"^[a-z][a-z0-9-]*(\.[A-Za-z0-9-]+)+$"},
    "additionalProperties": {"$ref": f"{REFERENCE}Value"},
}
MOMENT: Node = {"type": "string", "format": "date-time"}


def reference(name: str) -> Node:
    """Return the reference to a schema."""
    return {"$ref": REFERENCE + name}


def strict(required: tuple[str, ...], /, **properties: Node) -> Node:
    """Return what we send: an object with these members, an extension, and no other."""
    return taken(required, **properties, extension=EXTENSION)


def taken(required: tuple[str, ...], /, **properties: Node) -> Node:
    """Return an object with these members and no other."""
    return open_object(required, **properties) | {"additionalProperties": False}


def open_object(required: tuple[str, ...], /, **properties: Node) -> Node:
    """Return an object with these members, and any other."""
    return {"type": "object", "required": [*required], "properties": properties}


def list_of(name: str) -> Node:
    """Return a list of the schema with this name, not empty."""
    return {"type": "array", "minItems": 1, "items": reference(name)}


def any_number_of(name: str) -> Node:
    """Return a list of the schema with this name, which may be empty."""
    return {"type": "array", "items": reference(name)}


def or_null(node: Node) -> Node:
    """Return what may also be null."""
    return {"anyOf": [node, {"type": "null"}]}


def together(*names: str) -> Node:
    """Return the rule that these members come together or not at all."""
    return {"dependentRequired": {name: [other for other in names if other != name] for name in names}}
