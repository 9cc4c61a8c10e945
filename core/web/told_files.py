"""Which files a message to a page names, by the fields that Streamlit's page reads and nothing else.

A text that a page shows may contain anything, also the address of somebody else's file.
"""

from __future__ import annotations

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

#: Messages that name files are small; a larger one is a table or a picture of its own.
_LARGEST = 64 * 1024


def list_told_files(content: bytes) -> list[str]:
    """Addresses of files (``/media/…``) and names of files to be made, empty for a message that names none."""
    if len(content) > _LARGEST:
        return []
    message = ForwardMsg()
    message.ParseFromString(content)
    match message.WhichOneof("type"):
        case "delta" if message.delta.HasField("new_element"):
            named = _of_element(message.delta.new_element)
        case "page_config_changed":
            named = [message.page_config_changed.favicon]
        case "logo":
            named = [message.logo.image, message.logo.icon_image]
        case "backend_operation_response":
            named = [message.backend_operation_response.deferred_file.url]
        case _:
            named = []
    return [name.split("?")[0] for name in named if name]


def _of_element(element: Element) -> list[str]:
    match element.WhichOneof("type"):
        case "download_button":
            return [element.download_button.url, element.download_button.deferred_file_id]
        case "imgs":
            return [image.url for image in element.imgs.imgs]
        case "audio" | "video" as kind:
            return [getattr(element, kind).url]
        case "favicon":
            return [element.favicon.url]
        case _:
            return []
