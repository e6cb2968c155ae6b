"""A page worked out with nobody looking: its cards, for any choices that an address can hold.

So a deck is a list of addresses, and a slide says what its page says: there is no second way to make a card.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from threading import Thread, current_thread
from urllib.parse import urlencode
from uuid import uuid4

import streamlit as st
from streamlit import runtime
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, add_script_run_ctx
from streamlit.runtime.state import SafeSessionState, SessionState

from dashboard import cached, handout, sidebar
from dashboard.card import PAGES, Card

Choices = Mapping[str, str | Sequence[str]]
"""What the controls of a page are set to, by their names in the address."""

_SCRIPT = str(Path(__file__).parent / "navigation.py")


def cards_of(page: str, choices: Choices, release: int) -> Sequence[Card]:
    """The cards of a page of a release. Choices that a control does not have are passed over, as in an address.

    Raises KeyError for a page without cards, and what the page raises.
    """
    if page not in PAGES:
        raise KeyError(f"There is no page '{page}' with cards. Known: {', '.join(PAGES)}.")
    return cached.kept(_cards, page, urlencode(choices, doseq=True), release)


def _cards(page: str, query: str, release: int) -> Sequence[Card]:
    found: list[Card] = []
    failed: list[Exception] = []

    def work() -> None:
        try:
            found.extend(_drawn(page, release))
        except StopException:  # a page that has nothing more to say
            pass
        except Exception as error:  # a thread would swallow it
            failed.append(error)

    thread = Thread(target=_with_context, args=(work, query))
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found


def _drawn(page: str, number: int) -> Sequence[Card]:
    """What navigation.py does for a reader, for the cards alone."""
    release, title = cached.engine(number).release, page.capitalize()
    selected = sidebar.chosen(release, title)
    st.session_state.update(release_number=number, selected=selected)
    handout.begin(title, release)
    import_module(f"dashboard.views.{page}").page(number)
    return handout.current().cards


def _with_context(work: Callable[[], None], query: str) -> None:
    """Run as a script of Streamlit with this address, whose messages go nowhere."""
    session = f"unseen-{uuid4().hex}"
    context = ScriptRunContext(
        session_id=session,
        _enqueue=lambda _message: None,
        query_string=query,
        session_state=SafeSessionState(SessionState(), lambda: None),
        uploaded_file_mgr=MemoryUploadedFileManager(""),
        main_script_path=_SCRIPT,
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(_SCRIPT),
    )
    add_script_run_ctx(current_thread(), context)
    context.reset(query_string=query)
    try:
        work()
    finally:
        if runtime.exists():  # files offered for download would be kept for a reader who never comes
            runtime.get_instance().media_file_mgr.clear_session_refs(session)
            runtime.get_instance().media_file_mgr.remove_orphaned_files()
